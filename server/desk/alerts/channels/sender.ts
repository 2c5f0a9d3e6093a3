import type { Database } from "#db/connection/client.ts";
import { nextMessageAt } from "#db/desk/alerts/channels.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type ChannelSending, sendDue } from "./send.ts";

interface Parts {
  database: Database;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/** Sends to channels beside the evaluation, which waits for none of them, as long as its process holds the lock. */
export class ChannelSender {
  readonly #parts: Parts;
  readonly #sending: ChannelSending;
  #running: Promise<void> | null = null;

  constructor(parts: Parts, sending: ChannelSending) {
    this.#parts = parts;
    this.#sending = sending;
  }

  /** Sends what is due now, unless that is under way. */
  wake(signal: AbortSignal): void {
    this.#running ??= this.#send(signal).finally(() => {
      this.#running = null;
    });
  }

  /** When something is to be sent; `null` where nothing is. */
  nextAt(): Promise<Ms | null> {
    return nextMessageAt(this.#parts.database.orm);
  }

  /** Resolves when nothing is on its way. */
  async ended(): Promise<void> {
    await this.#running;
  }

  async #send(signal: AbortSignal): Promise<void> {
    const { database, now, log } = this.#parts;
    try {
      while (!signal.aborted && (await sendDue(database, this.#sending, { now, signal })) > 0);
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, "alerts could not be told a channel");
    }
  }
}
