import { createHash } from "node:crypto";
import { z } from "zod";
import { seeing, sightNow } from "#db/access/sight/seeing.ts";
import { type Database, database } from "#db/connection/client.ts";
import { sightKey, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { FileUnderWay } from "#domain/lists/file-under-way.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  cancelElsewhere,
  type JobElsewhere,
  JobReport,
  jobElsewhere,
} from "#server/runtime/jobs/job-report.ts";
import type { Batches } from "./table.ts";

/** The caller does not want the file any more. */
export class FileStopped extends Error {
  override name = "FileStopped";
}

/** The outcome of a file is remembered for so long. */
const REMEMBERED_MS: Ms = 60_000;
const MOST = 1_000;

interface Entry {
  seen: FileUnderWay;
  isCancelled: boolean;
  endedAt: Ms | null;
}

/**
 * Files that are being made, by the id that the caller gave, and by what they see: nobody learns of a file with more in
 * it than they may know. They are in the memory of this process, which tells the others of those that take a while.
 */
export class FilesUnderWay {
  readonly #entries = new Map<string, Entry>();
  readonly #database: () => Pick<Database, "orm">;

  constructor(database: () => Pick<Database, "orm">) {
    this.#database = database;
  }

  /** The progress of a file, whichever process makes it; `null` for an unknown id, or one that is forgotten. */
  async seen(id: string): Promise<FileUnderWay | null> {
    const key = asSeen(id);
    const entry = this.#entries.get(key);
    return entry === undefined
      ? elsewhere(await jobElsewhere(this.#database(), key))
      : { ...entry.seen };
  }

  /** Stops a file when its next batch is read, whichever process makes it. Returns whether it was running. */
  async stop(id: string): Promise<boolean> {
    const key = asSeen(id);
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const before = elsewhere(await jobElsewhere(this.#database(), key));
      if (before?.state !== "running") return false;
      return (await cancelElsewhere(this.#database(), key)) !== null;
    }
    if (entry.seen.state !== "running") return false;
    entry.isCancelled = true;
    return true;
  }

  /** The pieces of a file; its rows are counted and its end is noted while they pass. */
  follow<Row, Piece>(
    id: string,
    name: string,
    batches: Batches<Row>,
    piecesOf: (batches: Batches<Row>) => AsyncGenerator<Piece>,
    now: () => Ms,
  ): AsyncGenerator<Piece> {
    this.#forgetOld(now());
    const entry: Entry = {
      seen: { name, rows: 0, state: "running" },
      isCancelled: false,
      endedAt: null,
    };
    const key = asSeen(id);
    this.#entries.set(key, entry);
    const reporting = () =>
      new JobReport({
        ...{ database: this.#database(), id: key, progress: () => entry.seen },
        stop: () => {
          entry.isCancelled = true;
        },
      });
    return passing(piecesOf(counted(batches, entry)), entry, { now, reporting });
  }

  #forgetOld(now: Ms): void {
    for (const [id, { endedAt }] of this.#entries) {
      const isOld = endedAt !== null && now - endedAt > REMEMBERED_MS;
      if (isOld || this.#entries.size >= MOST) this.#entries.delete(id);
    }
  }
}

function asSeen(id: string): string {
  return createHash("sha256")
    .update(`${id} ${sightKey(sightNow())}`)
    .digest("base64url");
}

const reportedFile = z.object({
  name: z.string(),
  rows: z.number(),
  state: z.enum(["running", "done", "stopped", "failed"]),
});

/** A file of another process, by its last report. */
function elsewhere(reported: JobElsewhere | null): FileUnderWay | null {
  const seen = reportedFile.safeParse(reported?.progress);
  if (reported === null || !seen.success) return null;
  const file = seen.data;
  if (file.state !== "running") return file;
  if (reported.isCancelled) return { ...file, state: "stopped" };
  return reported.isSilent ? { ...file, state: "failed" } : file;
}

async function* counted<Row>(batches: Batches<Row>, entry: Entry): Batches<Row> & AsyncGenerator {
  for await (const rows of batches) {
    if (entry.isCancelled) throw new FileStopped("Not wanted any more.");
    entry.seen.rows += rows.length;
    yield rows;
  }
}

async function* passing<Piece>(
  pieces: AsyncGenerator<Piece>,
  entry: Entry,
  { now, reporting }: { now: () => Ms; reporting: () => JobReport },
): AsyncGenerator<Piece> {
  const report = reporting();
  try {
    yield* pieces;
    entry.seen.state = "done";
  } catch (error) {
    entry.seen.state = error instanceof FileStopped ? "stopped" : "failed";
    throw error;
  } finally {
    if (entry.seen.state === "running") entry.seen.state = "stopped";
    entry.endedAt = now();
    await report.ended();
  }
}

const HOLDER = Symbol.for("rollcall.files");
// Next.js may bundle this file twice: for the route that makes a file and for the one that reads its progress.
const holder: typeof globalThis & { [HOLDER]?: FilesUnderWay } = globalThis;

/** The files of this process. */
export function filesUnderWay(): FilesUnderWay {
  holder[HOLDER] ??= new FilesUnderWay(() => seeing(WHOLE_SIGHT, database));
  return holder[HOLDER];
}
