import type { Ms } from "#domain/time/ms.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { ApiError } from "./answer.ts";
import type { Caller } from "./gate/caller.ts";

const MINUTE: Ms = 60_000;

/** What a key may still send in its minute. */
interface Pace {
  most: number;
  left: number;
  resetSeconds: number;
}

/** Counts what each key sends, by minutes that begin with its first request. Keys that are silent are forgotten. */
export class Rates {
  readonly #minutes = new Map<string, { since: Ms; sent: number }>();
  #sweptAt: Ms = 0;

  /** Counts one more. Less than nothing is left where it is one too many. */
  count(key: string, most: number, now: Ms): Pace {
    this.#sweep(now);
    const running = this.#minutes.get(key);
    const minute =
      running === undefined || now >= running.since + MINUTE || now < running.since
        ? { since: now, sent: 0 }
        : running;
    minute.sent += 1;
    this.#minutes.set(key, minute);
    const resetSeconds = Math.ceil((minute.since + MINUTE - now) / 1000);
    return { most, left: most - minute.sent, resetSeconds };
  }

  #sweep(now: Ms): void {
    if (Math.abs(now - this.#sweptAt) < MINUTE) return;
    this.#sweptAt = now;
    for (const [key, { since }] of this.#minutes) {
      if (now >= since + MINUTE) this.#minutes.delete(key);
    }
  }
}

/*
 * Each process counts what it is sent: the bundle of the pages answers all requests of the API, and routes are bundled
 * apart.
 */
const HOLDER = Symbol.for("rollcall.rates");
const holder: typeof globalThis & { [HOLDER]?: Rates } = globalThis;

/** What one request uses of what its key may send. */
export class Spending {
  #pace: Pace | null = null;

  /** Counts the request of a key; those of people are not. Throws 429 where it is one too many. */
  count(caller: Caller): void {
    const { requestsAMinute: most } = processContext().env;
    if (caller.kind !== "key" || most === null) return;
    holder[HOLDER] ??= new Rates();
    this.#pace = holder[HOLDER].count(caller.id, most, Date.now());
    const { left, resetSeconds } = this.#pace;
    if (left >= 0) return;
    const message = `This key may send ${most} requests a minute: try again in ${resetSeconds} s.`;
    throw new ApiError(429, "too_many_requests", message, { retryAfterSeconds: resetSeconds });
  }

  /** The answer, whose headers say how much is left. */
  toldIn(answer: Response): Response {
    if (this.#pace === null) return answer;
    const { most, left, resetSeconds } = this.#pace;
    answer.headers.set("ratelimit-policy", `"minute";q=${most};w=${MINUTE / 1000}`);
    answer.headers.set("ratelimit", `"minute";r=${Math.max(0, left)};t=${resetSeconds}`);
    return answer;
  }
}
