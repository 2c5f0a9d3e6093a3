import type { Ms } from "#domain/time/ms.ts";

/** How the browser stands with the server. `since` is on the server's clock; what is lost was something `before`. */
export type ConnectionStatus =
  | { state: "connecting" | "live"; since: Ms }
  | { state: "lost"; since: Ms; before: "connecting" | "live" };

/** The state of the link for whoever shows it; tells its listeners only of changes. */
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
