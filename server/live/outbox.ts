import type { Ms } from "#domain/time/ms.ts";
import type { LiveSocket } from "./relay.ts";

/** So much that nobody asked for may be on its way to one socket: behind it, it does not read. */
const MOST_BYTES = 8 * 1024 * 1024;
/** An answer is taken within this, and a second for each MiB of it, or the socket reads nothing. */
const TAKEN_WITHIN_MS: Ms = 10_000;
const MIB = 1024 * 1024;

/** What is on its way to one socket. */
export class Outbox {
  readonly #socket: LiveSocket;
  /** Handed to the channel, and not yet to the system. */
  #held = 0;
  /** Of the answer that is on its way. */
  #answer = 0;

  constructor(socket: LiveSocket) {
    this.#socket = socket;
    const { conn } = socket;
    conn.on("packetCreate", ({ data }: { data?: unknown }) => {
      if (this.#bytes() > MOST_BYTES + this.#answer) this.#cut();
      if (typeof data === "string") this.#held += data.length;
    });
    conn.on("flush", () => {
      this.#held = 0;
    });
  }

  /**
   * Sends an answer of so many bytes. Resolves when it has left for the client, or the connection is gone;
   * cuts one that does not read.
   */
  async answer(bytes: number, send: () => Promise<void>): Promise<void> {
    this.#answer = bytes;
    await send();
    const late = setTimeout(() => this.#cut(), TAKEN_WITHIN_MS + (bytes / MIB) * 1000);
    while (!this.#isEmpty()) await this.#moved();
    this.#answer = 0;
    clearTimeout(late);
  }

  /** Ends the connection without waiting for what the client would have to read before. */
  #cut(): void {
    this.#socket.conn.request.socket.destroy();
  }

  #bytes(): number {
    return this.#held + this.#socket.conn.request.socket.writableLength;
  }

  isOpen(): boolean {
    return this.#socket.connected && this.#socket.conn.readyState === "open";
  }

  #isEmpty(): boolean {
    return !this.isOpen() || (this.#socket.conn.transport.writable && this.#held === 0);
  }

  #moved(): Promise<void> {
    const { conn } = this.#socket;
    return new Promise((resolve) => {
      const moved = () => {
        conn.transport.off("ready", moved);
        conn.off("close", moved);
        resolve();
      };
      conn.transport.on("ready", moved);
      conn.on("close", moved);
    });
  }
}
