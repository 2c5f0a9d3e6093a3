/** What was pushed whole last, as it came: it is read by what shows it, whose script is loaded later. */
class Heard {
  readonly #field: string;
  #sent: unknown = null;
  readonly #listeners = new Set<() => void>();

  constructor(field: string) {
    this.#field = field;
  }

  hear = (sent: unknown): void => {
    this.#sent = sent;
    for (const listener of this.#listeners) listener();
  };

  get = (): unknown => this.#sent;

  /** Whether there is anything in it. */
  isAny = (): boolean => {
    if (typeof this.#sent !== "object" || this.#sent === null) return false;
    const all: unknown = Reflect.get(this.#sent, this.#field);
    return Array.isArray(all) && all.length > 0;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const alertsHeard = new Heard("alerts");
export const actsHeard = new Heard("acts");
