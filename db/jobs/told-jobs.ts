import { eq, lt, sql } from "drizzle-orm";
import { toldJobs } from "#db/schema/jobs.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Long work as another process told of it. */
export interface ToldRow {
  seen: unknown;
  isUnwanted: boolean;
  toldAt: Ms;
}

const TOLD = {
  seen: toldJobs.seen,
  isUnwanted: toldJobs.isUnwanted,
  toldAt: toldJobs.toldAt,
};

/** Tells how long work stands. Returns whether somebody asked for it to be stopped. */
export async function tellJob(
  orm: Pick<Orm, "insert">,
  id: string,
  seen: object,
  now: Ms,
): Promise<boolean> {
  const [row] = await orm
    .insert(toldJobs)
    .values({ id, seen, toldAt: now })
    .onConflictDoUpdate({
      target: toldJobs.id,
      set: { seen: sql`excluded.seen`, toldAt: sql`excluded.told_at` },
    })
    .returning({ isUnwanted: toldJobs.isUnwanted });
  return row?.isUnwanted ?? false;
}

/** Long work by its id; `null` for what no process told of. */
export async function toldJob(reader: Pick<Orm, "select">, id: string): Promise<ToldRow | null> {
  const [row] = await reader.select(TOLD).from(toldJobs).where(eq(toldJobs.id, id));
  return row ?? null;
}

/** Long work by some ids. One statement. */
export async function toldJobsOf(
  reader: Pick<Orm, "select">,
  ids: readonly string[],
): Promise<Map<string, ToldRow>> {
  const rows = await reader
    .select({ id: toldJobs.id, ...TOLD })
    .from(toldJobs)
    .where(isOneOf(toldJobs.id, ids));
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** Asks for long work to be stopped, whichever process does it. `null` for what no process told of. */
export async function unwantJob(orm: Pick<Orm, "update">, id: string): Promise<ToldRow | null> {
  const [row] = await orm
    .update(toldJobs)
    .set({ isUnwanted: true })
    .where(eq(toldJobs.id, id))
    .returning(TOLD);
  return row ?? null;
}

/** Forgets what was told before a moment, or all of it. */
export async function forgetJobs(
  orm: Pick<Orm, "delete">,
  before: Ms | null = null,
): Promise<void> {
  await orm.delete(toldJobs).where(before === null ? undefined : lt(toldJobs.toldAt, before));
}
