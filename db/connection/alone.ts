import type { Database, Sql } from "./client.ts";

/**
 * Does the work while holding an advisory lock; `null` where another process holds it. The end of the
 * session, or of the process, releases it.
 */
export async function withAdvisoryLock<T>(
  database: Pick<Database, "session">,
  lock: number,
  work: (session: Sql) => Promise<T>,
): Promise<T | null> {
  const session = database.session();
  try {
    const [row] = await session<{ free: boolean }[]>`
      select pg_try_advisory_lock(${lock}) as free`;
    if (!row?.free) return null;
    try {
      return await work(session);
    } finally {
      await session`select pg_advisory_unlock(${lock})`;
    }
  } finally {
    await session.end({ timeout: 5 });
  }
}
