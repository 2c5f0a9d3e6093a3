import type { LiveConnection } from "./connection.ts";

/**
 * The connection of a page: none on the server, and until the browser has begun to connect. It is no part of what
 * is drawn, so that a page is not drawn anew because it is there.
 */
export class ConnectionStore {
  #connection: LiveConnection | null = null;
  readonly #listeners = new Set<() => void>();

  get = (): LiveConnection | null => this.#connection;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(connection: LiveConnection | null): void {
    this.#connection = connection;
    for (const listener of this.#listeners) listener();
  }

  /** Begins with the connection there is, and anew with each that takes its place. Returns how to stop. */
  follow(begin: (connection: LiveConnection) => () => void): () => void {
    let end: (() => void) | undefined;
    const change = () => {
      end?.();
      end = this.#connection === null ? undefined : begin(this.#connection);
    };
    change();
    const stop = this.subscribe(change);
    return () => {
      stop();
      end?.();
    };
  }
}
