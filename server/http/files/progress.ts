import { sightNow } from "#db/sight/seeing.ts";
import type { FileUnderWay } from "#domain/lists/file-under-way.ts";
import type { Ms } from "#domain/time/ms.ts";
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
  isUnwanted: boolean;
  endedAt: Ms | null;
}

/**
 * Files that are being made, by the id that the caller gave, and by what they see: nobody learns of a file with more in
 * it than they may know. They are in the memory of this process only.
 */
export class FilesUnderWay {
  readonly #entries = new Map<string, Entry>();

  /** The progress of a file; `null` for an unknown id, or one that is forgotten. */
  seen(id: string): FileUnderWay | null {
    const entry = this.#entries.get(asSeen(id));
    return entry === undefined ? null : { ...entry.seen };
  }

  /** Stops a file when its next batch is read. Returns whether it was running. */
  stop(id: string): boolean {
    const entry = this.#entries.get(asSeen(id));
    if (entry?.seen.state !== "running") return false;
    entry.isUnwanted = true;
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
      isUnwanted: false,
      endedAt: null,
    };
    this.#entries.set(asSeen(id), entry);
    return passing(piecesOf(counted(batches, entry)), entry, now);
  }

  #forgetOld(now: Ms): void {
    for (const [id, { endedAt }] of this.#entries) {
      const isOld = endedAt !== null && now - endedAt > REMEMBERED_MS;
      if (isOld || this.#entries.size >= MOST) this.#entries.delete(id);
    }
  }
}

function asSeen(id: string): string {
  const { sources, rooms, masked } = sightNow();
  return JSON.stringify([id, sources, rooms, masked]);
}

async function* counted<Row>(batches: Batches<Row>, entry: Entry): Batches<Row> & AsyncGenerator {
  for await (const rows of batches) {
    if (entry.isUnwanted) throw new FileStopped("Not wanted any more.");
    entry.seen.rows += rows.length;
    yield rows;
  }
}

async function* passing<Piece>(
  pieces: AsyncGenerator<Piece>,
  entry: Entry,
  now: () => Ms,
): AsyncGenerator<Piece> {
  try {
    yield* pieces;
    entry.seen.state = "done";
  } catch (error) {
    entry.seen.state = error instanceof FileStopped ? "stopped" : "failed";
    throw error;
  } finally {
    if (entry.seen.state === "running") entry.seen.state = "stopped";
    entry.endedAt = now();
  }
}

const HOLDER = Symbol.for("rollcall.files");
// Next.js may bundle this file twice: for the route that makes a file and for the one that reads its progress.
const holder: typeof globalThis & { [HOLDER]?: FilesUnderWay } = globalThis;

/** The files of this process. */
export function filesUnderWay(): FilesUnderWay {
  holder[HOLDER] ??= new FilesUnderWay();
  return holder[HOLDER];
}
