import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, gte, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { callFunction } from "#db/connection/call.ts";
import type { Database } from "#db/connection/client.ts";
import { postgresFailure } from "#db/connection/failure.ts";
import { deliveries, deliveryKeys, unprojected } from "#db/schema/facts.ts";
import { CASING } from "#db/sql/casing.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Month } from "#domain/event/delivery.ts";
import type { Ms } from "#domain/time/ms.ts";
import { firstIdOf, MONTHS_LOCK, monthAfter, storedMonths, tableOf } from "./months.ts";

/** The deliveries of a month. */
export interface StoredMonth {
  month: Month;
  deliveries: number;
  /** How many of these could not be read. */
  unreadable: number;
  /** On the disk, with indexes. */
  bytes: number;
}

/** The months whose deliveries are stored, or could be, earliest first. */
export async function listMonths({ orm }: Pick<Database, "orm">): Promise<StoredMonth[]> {
  const months = await storedMonths(orm);
  if (months.length === 0) return [];
  const each = months.map(({ month, oid }) => {
    const table = sql.identifier(tableOf(month));
    return sql`select ${month} as month, (select count(*) from ${table}) as deliveries,
      (select count(*) from ${table} as ${deliveries}
        where ${deliveries.status} = 'unreadable') as unreadable,
      pg_total_relation_size(${oid}::bigint::oid) as bytes`;
  });
  return orm.execute<StoredMonth & Record<string, unknown>>(sql.join(each, sql` union all `));
}

/** A reader of deliveries, such as a backup, holds the month. */
export class MonthInUse extends Error {
  override name = "MonthInUse";
  constructor(month: Month, options: ErrorOptions) {
    super(
      `Somebody is at work on the deliveries of ${month} or before, perhaps a backup: try again later.`,
      options,
    );
  }
}

/** Deliveries of the month are not projected yet: nothing but themselves holds their facts. */
export class MonthNotProjected extends Error {
  override name = "MonthNotProjected";
  constructor(month: Month) {
    super(
      `Deliveries of ${month} wait to be projected: start the server, and try again when doctor says that none waits.`,
    );
  }
}

/*
 * To drop a month no transaction may be reading or recording deliveries, and none may begin to while we wait
 * for that: so at first we hardly wait. An autovacuum gives way only after a second.
 */
const WAITS_MS: readonly Ms[] = [100, 200, 400, 800, ...Array.from({ length: 8 }, () => 1_600)];
const PAUSE_MS: Ms = 1_000;

/**
 * Drops the deliveries of a month, and does `dropped` in the same transaction; the keys by which repeats are recognised stay. Only unreadable deliveries,
 * which gave no event, may come again. Throws `MonthInUse` and `MonthNotProjected`; then nothing is dropped.
 */
export async function dropMonth(
  database: Pick<Database, "session">,
  month: Month,
  dropped: (tx: Pick<Orm, "insert" | "select" | "update">) => Promise<void>,
  waitsMs: readonly Ms[] = WAITS_MS,
): Promise<void> {
  const session = database.session();
  const orm = drizzle(session, { casing: CASING });
  try {
    for (const [attempt, waitMs] of waitsMs.entries()) {
      try {
        return await orm.transaction(async (tx) => {
          await dropIn(tx, month, waitMs);
          await dropped(tx);
        });
      } catch (cause) {
        if (!isLockedOut(cause)) throw cause;
        if (attempt === waitsMs.length - 1) throw new MonthInUse(month, { cause });
      }
      await sleep(PAUSE_MS);
    }
  } finally {
    await session.end({ timeout: 5 });
  }
}

async function dropIn(
  tx: Pick<Orm, "execute" | "select">,
  month: Month,
  waitMs: Ms,
): Promise<void> {
  await callFunction(tx, sql`set_config('lock_timeout', ${`${waitMs}ms`}, true)`);
  await callFunction(tx, sql`pg_advisory_xact_lock(${MONTHS_LOCK})`);
  const { deliveryId } = unprojected;
  const isOfMonth = and(
    gte(deliveryId, firstIdOf(month)),
    lt(deliveryId, firstIdOf(monthAfter(month))),
  );
  const waiting = await tx.select({ deliveryId }).from(unprojected).where(isOfMonth).limit(1);
  if (waiting.length > 0) throw new MonthNotProjected(month);
  const table = sql.identifier(tableOf(month));
  const isItsKey = and(
    eq(deliveryKeys.sourceId, deliveries.sourceId),
    eq(deliveryKeys.deliveryId, deliveries.id),
  );
  await tx.execute(sql`
    delete from ${deliveryKeys} using ${table} as ${deliveries}
    where ${deliveries.status} = 'unreadable' and ${isItsKey}`);
  await tx.execute(sql`drop table ${table}`);
}

/** A lock was not granted in time, or there was a deadlock. */
function isLockedOut(error: unknown): boolean {
  const code = postgresFailure(error)?.code;
  return code === "55P03" || code === "40P01";
}
