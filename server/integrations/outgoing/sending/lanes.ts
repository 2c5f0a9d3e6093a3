import { setTimeout as pause } from "node:timers/promises";
import { endpointById, type StoredEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { nextMessages, pendingMessage } from "#db/integrations/outgoing/messages.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type SendingContext, sendOnce } from "./send.ts";

/** So many messages are on their way to one endpoint at once, each of another meeting. */
const AT_ONCE = 8;
/** How far ahead is looked for meetings that are not on their way yet. */
const LOOKED_AT = 4 * AT_ONCE;
/** The longest time without a look, which nobody has to wake. */
const LOOK_EVERY_MS: Ms = 60_000;
/** After a failure of our own. */
const AGAIN_MS: Ms = 2_000;

interface Following {
  signal: AbortSignal;
  /** Called where an endpoint was paused by what came back. */
  paused: () => void;
  failed: (error: unknown) => void;
}

/**
 * Sends what waits for one endpoint: of each meeting one message after the other, of several meetings at once. It waits for
 * nobody else's receiver.
 */
export class Lanes {
  readonly #sending: SendingContext;
  readonly #id: string;
  readonly #following: Following;
  /** The meetings, or single messages, that are on their way. */
  readonly #under = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #isAskedAgain = false;

  constructor(sending: SendingContext, id: string, following: Following) {
    this.#sending = sending;
    this.#id = id;
    this.#following = following;
  }

  /** Looks for what may be sent now. */
  wake(): void {
    if (this.#following.signal.aborted) return;
    if (this.#looking !== null) {
      this.#isAskedAgain = true;
      return;
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#looking = this.#look()
      .then(
        (again) => this.#wakeIn(again),
        (error: unknown) => {
          this.#following.failed(error);
          this.#wakeIn(AGAIN_MS);
        },
      )
      .finally(() => {
        this.#looking = null;
        if (this.#isAskedAgain) {
          this.#isAskedAgain = false;
          this.wake();
        }
      });
  }

  /** Resolves once nothing is on its way, after the signal was aborted. */
  async ended(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#under.values());
  }

  #wakeIn(ms: Ms): void {
    if (this.#following.signal.aborted) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(ms, 5), LOOK_EVERY_MS));
  }

  /** Sends what is due and has a place. Answers in how long to look again. */
  async #look(): Promise<Ms> {
    const { database, now } = this.#sending;
    const endpoint = await endpointById(database.orm, this.#id, now());
    if (endpoint === null || endpoint.pausedAt !== null) return LOOK_EVERY_MS;
    const rest = (endpoint.restsUntil ?? 0) - now();
    if (rest > 0) return rest;
    const next = await nextMessages(database.orm, this.#id, LOOKED_AT);
    for (const { number, nextAt, meetingId } of next) {
      const lane = meetingId ?? String(number);
      if (this.#under.has(lane)) continue;
      if (nextAt > now()) return nextAt - now();
      if (this.#under.size >= AT_ONCE) break;
      this.#begin(lane, endpoint, number);
    }
    return LOOK_EVERY_MS;
  }

  #begin(lane: string, endpoint: StoredEndpoint, number: number): void {
    const work = this.#send(endpoint, number)
      .catch(async (error: unknown) => {
        if (this.#following.signal.aborted) return;
        this.#following.failed(error);
        await pause(AGAIN_MS, undefined, { ref: false });
      })
      .finally(() => {
        this.#under.delete(lane);
        this.wake();
      });
    this.#under.set(lane, work);
  }

  async #send(endpoint: StoredEndpoint, number: number): Promise<void> {
    const { signal, paused } = this.#following;
    const message = await pendingMessage(this.#sending.database.orm, number);
    if (message === null) return;
    const sent = await sendOnce(this.#sending, endpoint, message, signal);
    if (sent.paused !== null) paused();
  }
}
