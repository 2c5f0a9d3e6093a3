import { failureOf } from "#db/failure.ts";

const TRIES = 5;

/** Does the same again when the database only says that it was in somebody's way. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (failureOf(error) !== "busy" || attempt === TRIES) throw error;
    }
  }
}
