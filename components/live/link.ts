import type { Ms } from "#domain/event.ts";

/** How the browser stands with the server. `since` is on the server's clock. */
export interface Link {
  state: "connecting" | "live" | "lost";
  since: Ms;
}

/** The state of the link for whoever shows it; tells its listeners only of changes. */
export class LinkStore {
  #link: Link = { state: "connecting", since: 0 };
  readonly #listeners = new Set<() => void>();

  get = (): Link => this.#link;

  set(state: Link["state"], since: Ms): void {
    if (this.#link.state === state) return;
    this.#link = { state, since };
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
