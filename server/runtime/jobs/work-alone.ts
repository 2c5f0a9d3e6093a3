import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database, Sql } from "#db/connection/client.ts";

/** Work that one process of all that run does as long as it goes on. */
interface LoneWork {
  database: Pick<Database, "session">;
  /** Held by the process that does it; the end of its session releases it, also where the process was killed. */
  lock: number;
  /** Whether there is anything to do: otherwise the lock is not taken. */
  isAsked: () => Promise<boolean>;
  /**
   * Does it as long as it holds the lock, which it asks of the session now and then. The signal is aborted when it is
   * stopped, and when this has ended.
   */
  work: (session: Sql, signal: AbortSignal) => Promise<void>;
  /** Resolves when what was begun beside the work has ended. */
  ended: () => Promise<unknown>;
  /** Waits until it is looked again whether anybody does it. */
  standBy: () => Promise<unknown>;
  /** What the log says where it failed. */
  failed: string;
  log: { error: (about: object, message: string) => void };
}

/** Does it, or stands by while another process does, until it is stopped. */
export async function workAlone(alone: LoneWork, stop: AbortSignal): Promise<void> {
  const { database, lock, isAsked, work, ended, standBy, failed, log } = alone;
  const turn = async (session: Sql) => {
    const ending = new AbortController();
    try {
      await work(session, AbortSignal.any([stop, ending.signal]));
    } finally {
      ending.abort();
      await ended();
    }
  };
  while (!stop.aborted) {
    try {
      if (await isAsked()) await withAdvisoryLock(database, lock, turn);
    } catch (error) {
      if (!stop.aborted) log.error({ err: error }, failed);
    }
    await standBy();
  }
}
