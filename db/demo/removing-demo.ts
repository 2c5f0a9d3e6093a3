import { sql } from "drizzle-orm";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database } from "#db/connection/client.ts";
import type { Orm } from "#db/sql/orm.ts";

/** Held by the process that removes demonstrations from this database; released at its end. */
const REMOVING_LOCK = 0x44454d4f;

/** Does the work as the only process that removes demonstrations; `null` where another one does. */
export function removingAlone<T>(
  database: Pick<Database, "session">,
  work: () => Promise<T>,
): Promise<T | null> {
  return withAdvisoryLock(database, REMOVING_LOCK, work);
}

/** Whether any process removes demonstrations at the moment. */
export async function isBeingRemoved(orm: Pick<Orm, "select">): Promise<boolean> {
  const locks = await orm
    .select({ pid: sql<number>`pid` })
    .from(sql`pg_locks`)
    .where(
      sql`locktype = 'advisory' and granted
        and classid = 0 and objid = ${REMOVING_LOCK} and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())`,
    );
  return locks.length > 0;
}
