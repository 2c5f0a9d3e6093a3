import type { Ms } from "#domain/time/ms.ts";

/** The database did not answer in time. The statement may still be carried out. */
export class DeadlineExceeded extends Error {
  override name = "DeadlineExceeded";
  constructor() {
    super("The database did not answer in time.");
  }
}

/** A time limit for all waiting together. Between two waits, as while a body arrives, no time is counted. */
export interface Deadline {
  /** Resolves as the work; rejects with `DeadlineExceeded` when the time is over. */
  wait<T>(work: Promise<T>): Promise<T>;
}

export function deadlineOf(ms: Ms): Deadline {
  let left = ms;
  return {
    async wait(work) {
      const begun = performance.now();
      const over = Promise.withResolvers<never>();
      const timer = setTimeout(() => over.reject(new DeadlineExceeded()), left);
      try {
        return await Promise.race([work, over.promise]);
      } finally {
        clearTimeout(timer);
        left = Math.max(0, left - (performance.now() - begun));
      }
    },
  };
}
