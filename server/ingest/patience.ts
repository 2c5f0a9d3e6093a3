import type { Ms } from "#domain/event.ts";

/** The database did not answer in time. What was asked of it may still be done. */
class NoAnswer extends Error {
  override name = "NoAnswer";
  constructor() {
    super("The database did not answer in time.");
  }
}

/** So much time for everything that is waited for; call `end` when nothing is any more. */
export interface Patience {
  /** As the work; rejects with `NoAnswer` when the time is over. */
  wait<T>(work: Promise<T>): Promise<T>;
  end(): void;
}

export function patienceOf(ms: Ms): Patience {
  const over = Promise.withResolvers<never>();
  over.promise.catch(() => undefined);
  const timer = setTimeout(() => over.reject(new NoAnswer()), ms);
  return {
    wait: (work) => Promise.race([work, over.promise]),
    end: () => clearTimeout(timer),
  };
}
