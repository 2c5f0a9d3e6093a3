import { eq, lt, sql } from "drizzle-orm";
import { jobs } from "#db/schema/jobs.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Long work as its process reported it. */
export interface JobRow {
  progress: unknown;
  isCancelled: boolean;
  reportedAt: Ms;
}

const JOB = {
  progress: jobs.progress,
  isCancelled: jobs.isCancelled,
  reportedAt: jobs.reportedAt,
};

/** Reports how long work stands. Returns whether somebody asked for it to be stopped. */
export async function reportJob(
  orm: Pick<Orm, "insert">,
  id: string,
  progress: object,
  now: Ms,
): Promise<boolean> {
  const [row] = await orm
    .insert(jobs)
    .values({ id, progress, reportedAt: now })
    .onConflictDoUpdate({
      target: jobs.id,
      set: { progress: sql`excluded.progress`, reportedAt: sql`excluded.reported_at` },
    })
    .returning({ isCancelled: jobs.isCancelled });
  return row?.isCancelled ?? false;
}

/** Long work by its id; `null` for what no process reported. */
export async function jobById(reader: Pick<Orm, "select">, id: string): Promise<JobRow | null> {
  const [row] = await reader.select(JOB).from(jobs).where(eq(jobs.id, id));
  return row ?? null;
}

/** Long work by some ids. One statement. */
export async function jobsById(
  reader: Pick<Orm, "select">,
  ids: readonly string[],
): Promise<Map<string, JobRow>> {
  const rows = await reader
    .select({ id: jobs.id, ...JOB })
    .from(jobs)
    .where(isOneOf(jobs.id, ids));
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** Asks for long work to be stopped, whichever process does it. `null` for what no process reported. */
export async function cancelJob(orm: Pick<Orm, "update">, id: string): Promise<JobRow | null> {
  const [row] = await orm
    .update(jobs)
    .set({ isCancelled: true })
    .where(eq(jobs.id, id))
    .returning(JOB);
  return row ?? null;
}

export async function forgetJob(orm: Pick<Orm, "delete">, id: string): Promise<void> {
  await orm.delete(jobs).where(eq(jobs.id, id));
}

/** Forgets what was reported before a moment, or all of it. */
export async function forgetJobs(
  orm: Pick<Orm, "delete">,
  before: Ms | null = null,
): Promise<void> {
  await orm.delete(jobs).where(before === null ? undefined : lt(jobs.reportedAt, before));
}
