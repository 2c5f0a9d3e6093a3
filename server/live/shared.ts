import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ms } from "#domain/time/ms.ts";

/** Where work is done one after the other, with a rest after each piece. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();
  readonly #restMs: Ms;

  /** A rest lasts `restMs` at least, and as long as the work before it took. */
  constructor(restMs: Ms) {
    this.#restMs = restMs;
  }

  /** Does the work when all that came before is done, and has been rested from. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const done = before.then(work);
    const begun = before.then(() => performance.now());
    this.#last = done
      .catch(() => undefined)
      .then(async () => {
        const took = performance.now() - (await begun);
        // Nobody stays for a rest: a process may end in it.
        await sleep(Math.max(this.#restMs, took), undefined, { ref: false });
      });
    return done;
  }
}

/** When work that is given to it is done is up to it. */
interface Schedule {
  take<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * One reading for everybody who asks for the same before it begins, however many they are. Nobody is given
 * one that had begun when they asked: what was pushed to them since they watch is in it, or comes after it.
 */
export class SharedReadings<T> {
  readonly #schedule: Schedule;
  readonly #next = new Map<string, Promise<T>>();

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** What the next reading under this name answers. */
  read(name: string, work: () => Promise<T>): Promise<T> {
    const known = this.#next.get(name);
    if (known !== undefined) return known;
    const reading = this.#schedule.take(() => {
      this.#next.delete(name);
      return work();
    });
    this.#next.set(name, reading);
    return reading;
  }
}
