import type { Database } from "#db/connection/client.ts";
import { cancelJob, forgetJob, type JobRow, jobById, jobsById, reportJob } from "#db/jobs/jobs.ts";
import type { Ms } from "#domain/time/ms.ts";

/*
 * Long work is done by one process, and any may be asked about it: behind a proxy the next request of a page comes to
 * whichever is free. So who does it reports twice a second how it stands, and reads with the same statement whether
 * somebody asked another process to stop it.
 */

const REPORT_EVERY_MS: Ms = 500;
/** Of what was not reported for longer than that its process has ended. */
const SILENT_MS: Ms = 15_000;

interface LongWork {
  database: Pick<Database, "orm">;
  id: string;
  /** How it stands now. */
  progress: () => object;
  /** Is called where somebody asked another process to stop it. */
  stop: () => void;
}

/** Reports to other processes how long work stands, until it has ended. */
export class JobReport {
  readonly #work: LongWork;
  readonly #timer: NodeJS.Timeout;
  #reporting: Promise<void> = Promise.resolve();
  #wasReported = false;

  constructor(work: LongWork) {
    this.#work = work;
    this.#timer = setInterval(() => void this.report(), REPORT_EVERY_MS).unref();
  }

  /** Reports now. Never rejects: the work goes on although nobody elsewhere learns of it. */
  report(): Promise<void> {
    this.#reporting = this.#reporting.then(() => this.#report()).catch(() => undefined);
    return this.#reporting;
  }

  /** Reports how it ended; what was over before anybody could ask elsewhere is not reported at all. */
  async ended(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reporting;
    if (this.#wasReported) await this.report();
  }

  /** Ends where nobody asks for what came of it: nothing of it stays. */
  async forgotten(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reporting;
    const { database, id } = this.#work;
    if (this.#wasReported) await forgetJob(database.orm, id).catch(() => undefined);
  }

  async #report(): Promise<void> {
    const { database, id, progress, stop } = this.#work;
    this.#wasReported = true;
    if (await reportJob(database.orm, id, progress(), Date.now())) stop();
  }
}

/** Long work of another process, as that reported it last. */
export interface JobElsewhere {
  progress: unknown;
  /** Its process stops it as soon as it looks. */
  isCancelled: boolean;
  /** Its process does not report any more. */
  isSilent: boolean;
}

/** Long work that another process reported; `null` where none did. */
export async function jobElsewhere(
  { orm }: Pick<Database, "orm">,
  id: string,
): Promise<JobElsewhere | null> {
  return elsewhere(await jobById(orm, id));
}

/** The same, and asks its process to stop it. */
export async function cancelElsewhere(
  { orm }: Pick<Database, "orm">,
  id: string,
): Promise<JobElsewhere | null> {
  return elsewhere(await cancelJob(orm, id));
}

/** The last reports of some long work, by its id. One statement, and none without ids. */
export async function jobsElsewhere(
  { orm }: Pick<Database, "orm">,
  ids: readonly string[],
): Promise<Map<string, JobElsewhere>> {
  if (ids.length === 0) return new Map();
  const rows = await jobsById(orm, ids);
  return new Map([...rows].map(([id, row]) => [id, elsewhere(row)]));
}

function elsewhere(row: JobRow): JobElsewhere;
function elsewhere(row: JobRow | null): JobElsewhere | null;
function elsewhere(row: JobRow | null): JobElsewhere | null {
  if (row === null) return null;
  const { progress, isCancelled, reportedAt } = row;
  return { progress, isCancelled, isSilent: Date.now() - reportedAt > SILENT_MS };
}
