import { setImmediate } from "node:timers/promises";
import type { RefusedAck } from "#domain/live/wire.ts";
import { Encoded } from "./encoded.ts";
import type { Outbox } from "./outbox.ts";
import { Semaphore } from "./semaphore.ts";

/** Requests of one socket that may wait while another is answered. */
const WAITING = 250;
/** Bytes of all answers together that may be on their bytesUnderWay at once. */
const BYTES_ON_THEIR_WAY = 32 * 1024 * 1024;

/** Bytes handed to the sockets before other work, such as a webhook, has its turn. */
const BYTES_IN_A_TURN = 2 * 1024 * 1024;

const bytesUnderWay = new Semaphore(BYTES_ON_THEIR_WAY);
const turn = new Semaphore(BYTES_IN_A_TURN);

/** The requests of one socket: answered one after the other, each only once the answer before it has left. */
export class Requests {
  readonly #outbox: Outbox;
  readonly #log: { error: (about: object, message: string) => void };
  readonly #asked = new Set<string>();
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(outbox: Outbox, log: { error: (about: object, message: string) => void }) {
    this.#outbox = outbox;
    this.#log = log;
  }

  /**
   * Answers by the callback that was sent last, also where a client sent too much or too little before it, and
   * also when the work fails. Refuses a request `about` the same as one that still waits for its answer; a
   * request about `null` is only counted.
   */
  take(
    about: string | null,
    sent: readonly unknown[],
    work: () => Promise<Encoded | object>,
  ): void {
    const ack = sent.at(-1);
    const reply = (answer: Encoded | object) => {
      if (typeof ack === "function") ack(answer);
    };
    if ((about !== null && this.#asked.has(about)) || this.#waiting >= WAITING) {
      reply(refused("too_many", "One at a time: wait for the answer."));
      return;
    }
    if (about !== null) this.#asked.add(about);
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      // A client that has gone joins no room any more, and gets no answer.
      if (this.#outbox.isOpen()) await this.#answer(work, reply).catch(this.#failed);
      if (about !== null) this.#asked.delete(about);
      this.#waiting -= 1;
    });
  }

  /** Allows the same request again, although an earlier one still waits. */
  forget(about: string | null): void {
    if (about === null) this.#asked.clear();
    else this.#asked.delete(about);
  }

  #failed = (error: unknown): RefusedAck => {
    this.#log.error({ err: error }, "live request failed");
    return refused("unavailable", "The database does not answer. Try again.");
  };

  async #answer(
    work: () => Promise<Encoded | object>,
    reply: (answer: Encoded | object) => void,
  ): Promise<void> {
    const answer = await work().catch(this.#failed);
    const bytes = answer instanceof Encoded ? answer.text.length : 0;
    const send = async () => {
      reply(answer);
      await setImmediate();
    };
    await bytesUnderWay.take(() => this.#outbox.answer(bytes, () => turn.take(send, bytes)), bytes);
  }
}

export function refused(code: string, message: string): RefusedAck {
  return { ok: false, error: { code, message } };
}
