import type { Ms } from "#domain/time/ms.ts";

/** The browser's connection to the server. `since` is on the server's clock; a lost one was in the state `before`. */
export type ConnectionStatus =
  | { state: "connecting" | "live"; since: Ms }
  | { state: "lost"; since: Ms; before: "connecting" | "live" };

/** Stores the connection's status; its listeners are called only on changes. */
export class ConnectionStatusStore {
  #status: ConnectionStatus = { state: "connecting", since: 0 };
  readonly #listeners = new Set<() => void>();

  get = (): ConnectionStatus => this.#status;

  set(state: ConnectionStatus["state"], since: Ms): void {
    const before = this.#status.state;
    if (before === state) return;
    if (state !== "lost") this.#status = { state, since };
    else if (before !== "lost") this.#status = { state, since, before };
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
