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
    wait: (work) =>
      new Promise((resolve, reject) => {
        const begun = performance.now();
        const timer = setTimeout(() => reject(new DeadlineExceeded()), left);
        const end = (): void => {
          clearTimeout(timer);
          left = Math.max(0, left - (performance.now() - begun));
        };
        work.then(
          (result) => {
            end();
            resolve(result);
          },
          (error: unknown) => {
            end();
            reject(error);
          },
        );
      }),
  };
}
