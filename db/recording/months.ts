import { getTableName, sql } from "drizzle-orm";
import { callFunction } from "#db/connection/call.ts";
import type { RecordingClient } from "#db/connection/client.ts";
import { postgresFailure } from "#db/connection/failure.ts";
import { deliveries } from "#db/schema/facts.ts";
import type { Orm } from "#db/sql/orm.ts";
import { DELIVERIES_A_MONTH, type Month } from "#domain/event/delivery.ts";
import type { Ms } from "#domain/time/ms.ts";

/*
 * The deliveries of a month are a partition of `deliveries` of their own, because the month is what their ids
 * begin with. A partition is made when the first delivery of its month, or of the month before, is recorded.
 */

/** Held by the process that makes or drops months, up to the end of the transaction. */
export const MONTHS_LOCK = 0x4d4f4e54;

/** The months whose partitions this process has seen, together with the month after each. */
const seenMonths = new WeakMap<RecordingClient, Set<Month>>();

/** The month of a moment. */
export function monthAt(at: Ms): Month {
  const moment = new Date(at);
  return `${moment.getUTCFullYear()}-${String(moment.getUTCMonth() + 1).padStart(2, "0")}`;
}

/** The lowest id that a delivery of a month can have. */
export function firstIdOf(month: Month): number {
  return Number(month.replace("-", "")) * DELIVERIES_A_MONTH;
}

export function monthAfter(month: Month): Month {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return monthAt(Date.UTC(year, number, 1));
}

/** The month so many before the one of a moment. */
export function monthBefore(at: Ms, months: number): Month {
  const [year = 0, number = 0] = monthAt(at).split("-").map(Number);
  return monthAt(Date.UTC(year, number - 1 - months, 1));
}

const DELIVERIES = getTableName(deliveries);

/** The table of the deliveries of a month. */
export function tableOf(month: Month): string {
  return `${DELIVERIES}_${month.replace("-", "_")}`;
}

/**
 * Runs work that stores deliveries received at these moments, after making the partitions of their months:
 * these nearly always exist, and then it costs no statement. Work during which one was dropped is done again.
 */
export async function withMonths<T>(
  database: RecordingClient,
  moments: readonly Ms[],
  work: () => Promise<T>,
): Promise<T> {
  const months = [...new Set(moments.map(monthAt))];
  await ensureMonths(database, months);
  try {
    return await work();
  } catch (error) {
    if (!isMissingMonth(error)) throw error;
    seenMonths.delete(database);
    await ensureMonths(database, months);
    return work();
  }
}

async function ensureMonths(database: RecordingClient, months: readonly Month[]): Promise<void> {
  const seen = seenMonths.get(database) ?? new Set();
  seenMonths.set(database, seen);
  const wanted = months.filter((month) => !seen.has(month));
  if (wanted.length === 0) return;
  await database.orm.transaction((tx) => makeMonths(tx, wanted));
  for (const month of wanted) seen.add(month);
}

async function makeMonths(
  tx: Pick<Orm, "execute" | "select">,
  wanted: readonly Month[],
): Promise<void> {
  await callFunction(tx, sql`pg_advisory_xact_lock(${MONTHS_LOCK})`);
  const existing = new Set((await storedMonths(tx)).map(({ month }) => month));
  for (const month of new Set(wanted.flatMap((one) => [one, monthAfter(one)]))) {
    if (!existing.has(month)) await makeMonth(tx, month);
  }
}

/** A table becomes a partition only when it is complete, so recording is not blocked meanwhile. */
export async function makeMonth(tx: Pick<Orm, "execute">, month: Month): Promise<void> {
  const name = sql.identifier(tableOf(month));
  await tx.execute(sql`create table ${name} (like ${deliveries} including all)`);
  const [from, to] = [firstIdOf(month), firstIdOf(monthAfter(month))].map(String);
  const range = sql.raw(`from (${from}) to (${to})`);
  await tx.execute(sql`alter table ${deliveries} attach partition ${name} for values ${range}`);
}

/** The months that have a partition, earliest first, with its oid. */
export async function storedMonths(
  reader: Pick<Orm, "select">,
): Promise<{ month: Month; oid: number }[]> {
  const month = sql<Month>`translate(right(c.relname, 7), '_', '-')`;
  return reader
    .select({ month, oid: sql<number>`c.oid::bigint` })
    .from(sql`pg_inherits i join pg_class c on c.oid = i.inhrelid`)
    .where(sql`i.inhparent = ${DELIVERIES}::regclass`)
    .orderBy(month);
}

/** PostgreSQL reports a missing partition as a failed check of the table itself. */
function isMissingMonth(error: unknown): boolean {
  const failure = postgresFailure(error);
  return (
    failure?.code === "23514" &&
    failure.table_name === DELIVERIES &&
    failure.constraint_name === undefined
  );
}
