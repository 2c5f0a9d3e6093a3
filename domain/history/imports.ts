import type { Ms } from "#domain/event.ts";
import type { WireSource, WireTime } from "#domain/wire.ts";

/** The provider of sources that are files of others. */
export const IMPORT = "import";

/** A file may have this many bytes: fifty times the largest report that was seen. */
export const MOST_IMPORT_BYTES = 33_554_432;
export const TOO_LARGE_TO_IMPORT = `A file may have at most ${MOST_IMPORT_BYTES / 1_048_576} MiB: a report is far smaller.`;

/** What a line of a file says of how it was understood. */
export type ImportRemark = "skipped" | "twice" | "inferred_end" | "was_there_before";

/** A meeting that a file tells of. */
export interface ImportedMeeting {
  /** Where it is; `null` in a preview of one that is not there yet. */
  id: string | null;
  room: string;
  title: string | null;
  /** The first moment and the last that the file tells of it. */
  from: WireTime;
  to: WireTime;
  /** Distinct people that the file tells of. */
  people: number;
}

/** What became of one file, or, in a preview, what would. Lists are cut; the numbers beside them are not. */
export interface ImportResult {
  /** By which it can be taken back; `null` in a preview, and where nothing was told. */
  id: string | null;
  dry_run: boolean;
  file: string;
  format: "zoom" | "teams" | "meet";
  /** The zone in which the clocks of the file were read. */
  zone: string;
  /** How dates such as 03/04/2026 were read; `assumed` where nothing in the file told. */
  dates: { order: "month_first" | "day_first"; from: "file" | "operator" | "assumed" };
  /** Whether the file itself says which room it was, or its name does, or whoever sent it. */
  room_from: "file" | "file_name" | "operator";
  rows: {
    /** Lines with somebody in them that could be understood, and lines about their meetings. */
    read: number;
    new: number;
    /** Kept before, from this file or another. */
    known: number;
    /** The same as another line of this file. */
    double: number;
    refused: number;
    /** Lines that say nothing of attendance: titles, heads, people who did not come, sums of other lines. */
    skipped: number;
    /** Of a room whose people were erased: nothing of them is kept. */
    erased: number;
  };
  people: number;
  meeting_count: number;
  meetings: ImportedMeeting[];
  refused: { line: number; reason: string }[];
  remarks: { line: number; remark: ImportRemark }[];
  remark_counts: Record<ImportRemark, number>;
}

/** How far a running import is, in lines with something to keep. */
export interface ImportProgress {
  done: number;
  of: number;
}

/** A file that was imported, as it was read, with what it told. */
export interface KeptImport {
  id: string;
  source: WireSource;
  file: string;
  timeZone: string;
  dates: ImportResult["dates"]["order"];
  /** Lines that told something, and how many of them nothing had told before; `null` while it goes on. */
  lines: number | null;
  added: number | null;
  meetings: number | null;
  people: number | null;
  /** `null` where nobody noted it. */
  by: string | null;
  at: Ms;
  undoneBy: string | null;
  undoneAt: Ms | null;
}

/** What taking an import back takes away, or has taken away. */
export interface ImportUndone {
  /** Lines that tell nothing any more. */
  lines: number;
  /** Lines that another import tells as well: they stay, as that one has them. */
  told_by_others: number;
  /** Meetings of which nothing is left, and meetings of which something is. */
  meetings: number;
  meetings_changed: number;
  /** People who were nowhere else in these meetings. */
  people: number;
}

/** A page of the list of imports. */
export interface ImportsPage {
  rows: KeptImport[];
  next: string | null;
  previous: string | null;
  timeZone: string;
}
