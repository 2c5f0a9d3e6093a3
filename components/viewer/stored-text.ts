/** A text that this browser stores for us, the same in all its tabs; where it stores nothing, it lasts as long as the page. */
export class StoredText {
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #unstored: string | null = null;

  constructor(key: string) {
    this.#key = key;
  }

  set = (text: string): void => {
    try {
      localStorage.setItem(this.#key, text);
      this.#unstored = null;
    } catch {
      this.#unstored = text;
    }
    for (const listener of this.#listeners) listener();
  };

  /** `null` where there is none, or an empty one. */
  get = (): string | null => {
    try {
      return localStorage.getItem(this.#key) || this.#unstored;
    } catch {
      return this.#unstored;
    }
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    window.addEventListener("storage", listener);
    return () => {
      this.#listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  };
}
