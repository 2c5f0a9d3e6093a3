import type { Ms } from "#domain/time/ms.ts";

/** The database did not answer in time. What was asked of it may still be done. */
export class DeadlineExceeded extends Error {
  override name = "DeadlineExceeded";
  constructor() {
    super("The database did not answer in time.");
  }
}

/** So much time in all for what is waited for. In between, as while a body arrives, the clock stands. */
export interface Deadline {
  /** As the work; rejects with `NoAnswer` when the time is over. */
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
