import type { LiveConnection } from "./connection.ts";

/**
 * The connection of a page: none on the server, and none before the browser has begun to connect. It is no React
 * state, so that a page is not rendered again because of it.
 */
export class ConnectionStore {
  #connection: LiveConnection | null = null;
  #isOutdated = false;
  readonly #listeners = new Set<() => void>();

  get = (): LiveConnection | null => this.#connection;

  /** Whether the server speaks a protocol that this page does not, so that it follows nothing any more. */
  isOutdated = (): boolean => this.#isOutdated;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(connection: LiveConnection | null): void {
    this.#connection = connection;
    for (const listener of this.#listeners) listener();
  }

  setOutdated(): void {
    this.#isOutdated = true;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `begin` with the current connection and with each that replaces it. Returns a function that stops it. */
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
