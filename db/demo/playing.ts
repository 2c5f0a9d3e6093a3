import type { Database, Sql } from "#db/connection/client.ts";

/** Held by a process that plays a simulation on this database; released at its end. */
const PLAYING_LOCK = 0x504c4159;

/**
 * Does the work as one of the processes that play. `whenAlone` runs before it where no other process plays,
 * and none begins to meanwhile.
 */
export async function holdingSimulation<T, Seen>(
  database: Pick<Database, "session">,
  whenAlone: () => Promise<Seen>,
  work: (seen: Seen | null) => Promise<T>,
): Promise<T> {
  const session = database.session();
  try {
    return await work(await joinIn(session, whenAlone));
  } finally {
    await session.end({ timeout: 1 });
  }
}

async function joinIn<Seen>(session: Sql, whenAlone: () => Promise<Seen>): Promise<Seen | null> {
  const [lock] = await session<{ alone: boolean }[]>`
    select pg_try_advisory_lock(${PLAYING_LOCK}) as alone`;
  const seen = lock?.alone ? await whenAlone() : null;
  await session`select pg_advisory_lock_shared(${PLAYING_LOCK})`;
  if (lock?.alone) await session`select pg_advisory_unlock(${PLAYING_LOCK})`;
  return seen;
}
