import { failureOf } from "#db/connection/failure.ts";

const TRIES = 5;

/** Does the same again when the database only says that it was in somebody's way, or `isToRepeat` says so. */
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
