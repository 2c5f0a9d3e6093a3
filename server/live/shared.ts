import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ms } from "#domain/time/ms.ts";

/** Does work one piece after the other, with a rest after each. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();
  readonly #restMs: Ms;

  /** A rest lasts `restMs` at least, and as long as the work before it took. */
  constructor(restMs: Ms) {
    this.#restMs = restMs;
  }

  /** Does the work when all work before it is done and the rest after that is over. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const done = before.then(work);
    const begun = before.then(() => performance.now());
    this.#last = done
      .catch(() => undefined)
      .then(async () => {
        const took = performance.now() - (await begun);
        // `ref: false`: a process may end during a rest.
        await sleep(Math.max(this.#restMs, took), undefined, { ref: false });
      });
    return done;
  }
}

/** Decides when the work given to it is done. */
interface Schedule {
  take<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * One reading for all callers who ask for the same before it begins, however many. No caller gets a reading that
 * had begun when it asked: so what was pushed to it since it watches is in the reading, or comes after it.
 */
export class SharedReadings<T> {
  readonly #schedule: Schedule;
  readonly #next = new Map<string, Promise<T>>();

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** The answer of the next reading under this name. */
  read(name: string, work: () => Promise<T>): Promise<T> {
    const waiting = this.#next.get(name);
    if (waiting !== undefined) return waiting;
    const reading = this.#schedule.take(() => {
      this.#next.delete(name);
      return work();
    });
    this.#next.set(name, reading);
    return reading;
  }
}
