import type { Ms } from "#domain/time/ms.ts";
import type { LiveSocket } from "./live-server.ts";

/** Pushed bytes that may be on their way to one socket. With more, the client is taken not to read. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A client takes an answer within this time, plus a second for each MiB, or it is taken not to read. */
const TAKEN_WITHIN_MS: Ms = 10_000;
const MIB = 1024 * 1024;

/** What is on its way to one socket. */
export class Outbox {
  readonly #socket: LiveSocket;
  /** Characters given to Socket.IO and not yet to the operating system. */
  #buffered = 0;
  /** Bytes of the answer that is on its way. */
  #answer = 0;

  constructor(socket: LiveSocket) {
    this.#socket = socket;
    const { conn } = socket;
    conn.on("packetCreate", ({ data }: { data?: unknown }) => {
      if (this.#bytes() > MOST_BYTES + this.#answer) this.#cut();
      if (typeof data === "string") this.#buffered += data.length;
    });
    conn.on("flush", () => {
      this.#buffered = 0;
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
    return this.#buffered + this.#socket.conn.request.socket.writableLength;
  }

  isOpen(): boolean {
    return this.#socket.connected && this.#socket.conn.readyState === "open";
  }

  #isEmpty(): boolean {
    return !this.isOpen() || (this.#socket.conn.transport.writable && this.#buffered === 0);
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
