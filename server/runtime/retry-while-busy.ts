import { failureOf } from "#db/connection/failure.ts";

const TRIES = 5;

/** Repeats the work, up to five times in all, where it only conflicted with another transaction, or `isToRepeat`. */
export async function retryWhileBusy<T>(
  work: () => Promise<T>,
  isToRepeat: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isBusy = failureOf(error) === "busy" || isToRepeat(error);
      if (!isBusy || attempt === TRIES) throw error;
    }
  }
}
