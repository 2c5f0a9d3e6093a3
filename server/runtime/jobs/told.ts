import type { Database } from "#db/connection/client.ts";
import { type ToldRow, tellJob, toldJob, toldJobsOf, unwantJob } from "#db/jobs/told-jobs.ts";
import type { Ms } from "#domain/time/ms.ts";

/*
 * Long work is done by one process, and any may be asked about it: behind a proxy the next request of a page comes to
 * whichever is free. So who does it tells twice a second how it stands, and is told in the same statement whether
 * somebody asked another process to stop it.
 */

const TOLD_EVERY_MS: Ms = 500;
/** Of what was told for longer than that its process has ended. */
const SILENT_MS: Ms = 15_000;

interface LongWork {
  database: Pick<Database, "orm">;
  id: string;
  /** How it stands now. */
  seen: () => object;
  /** Is called where somebody asked another process to stop it. */
  stop: () => void;
}

/** Tells other processes how long work stands, until it has ended. */
export class ReportedJob {
  readonly #work: LongWork;
  readonly #timer: NodeJS.Timeout;
  #telling: Promise<void> = Promise.resolve();
  #wasTold = false;

  constructor(work: LongWork) {
    this.#work = work;
    this.#timer = setInterval(() => void this.tell(), TOLD_EVERY_MS).unref();
  }

  /** Tells it now. Never rejects: the work goes on although nobody elsewhere learns of it. */
  tell(): Promise<void> {
    this.#telling = this.#telling.then(() => this.#tell()).catch(() => undefined);
    return this.#telling;
  }

  /** Tells how it ended. What was over before anybody could ask elsewhere is not told at all. */
  async ended(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
    if (this.#wasTold) await this.tell();
  }

  async #tell(): Promise<void> {
    const { database, id, seen, stop } = this.#work;
    this.#wasTold = true;
    if (await tellJob(database.orm, id, seen(), Date.now())) stop();
  }
}

/** Long work of another process, as it told of it last. */
export interface ToldByOther {
  seen: unknown;
  /** Its process stops it as soon as it looks. */
  isUnwanted: boolean;
  /** Its process does not tell of it any more. */
  isSilent: boolean;
}

/** Long work that another process told of; `null` where none did. */
export async function toldByOther(
  { orm }: Pick<Database, "orm">,
  id: string,
): Promise<ToldByOther | null> {
  return asTold(await toldJob(orm, id));
}

/** The same, and asks its process to stop it. */
export async function stopAtOther(
  { orm }: Pick<Database, "orm">,
  id: string,
): Promise<ToldByOther | null> {
  return asTold(await unwantJob(orm, id));
}

/** What is told of some long work, by its id. One statement, and none without ids. */
export async function toldOf(
  { orm }: Pick<Database, "orm">,
  ids: readonly string[],
): Promise<Map<string, ToldByOther>> {
  if (ids.length === 0) return new Map();
  const rows = await toldJobsOf(orm, ids);
  return new Map([...rows].map(([id, row]) => [id, asTold(row)]));
}

function asTold(row: ToldRow): ToldByOther;
function asTold(row: ToldRow | null): ToldByOther | null;
function asTold(row: ToldRow | null): ToldByOther | null {
  if (row === null) return null;
  const { seen, isUnwanted, toldAt } = row;
  return { seen, isUnwanted, isSilent: Date.now() - toldAt > SILENT_MS };
}
