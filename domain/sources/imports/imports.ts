import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** The provider of sources that are files. */
export const IMPORT = "import";

/** A file may have this many bytes: fifty times the largest report that was seen. */
export const MOST_IMPORT_BYTES = 33_554_432;
export const TOO_LARGE_TO_IMPORT = `A file may have at most ${MOST_IMPORT_BYTES / 1_048_576} MiB: a report is far smaller.`;

/** A remark on how a line of a file was understood. */
export type ImportRemark = keyof typeof REMARK_WORDS;

/** The wording of each remark, for the page, the command and the API. */
export const REMARK_WORDS = {
  skipped: "its clock skipped that time: it is taken for as long after the skip",
  twice:
    "its clock showed that time twice: it is taken for the first, or where somebody would leave before they came, for the second",
  inferred_end:
    "only how long they were there is told, and not when they were away in between: when they left for the first time is inferred",
  was_there_before: "they were there before the list begins: they count from then",
  minute_length:
    "they came and left within a minute: they count for as long as the file says they were there",
  length_not_understood: "the length it states was not understood: its times count",
  length_contradicts: "the length it states is another than its times give: its times count",
  end_unknown:
    "nobody saw them leave: they count until the last that was heard of that meeting, inferred",
  over_a_day: "it lasts for more than a day",
  join_unknown:
    "nobody saw them come to that meeting: they were there when they left, and no longer is known",
  original_name:
    "the name in brackets is their original one, as the heading says, and was left out",
  lent_email: "their address is from another row of the file",
} as const;

/** The names under which a column about attendance is chosen by hand. */
export const COLUMN_WORDS = {
  name: "name",
  first_name: "first",
  last_name: "last",
  email: "email",
  joined: "joined",
  left: "left",
  length: "duration",
  waiting: "waiting",
  attended: "attended",
  action: "action",
  time: "at",
  ignore: "aside",
} as const;
export type ColumnWord = keyof typeof COLUMN_WORDS;

/** A heading line of the file, and the meaning that was read from each column. */
export interface ImportHeading {
  /** `null` where the columns have no names and were recognized by their cells. */
  line: number | null;
  /** The title above it. */
  title: string | null;
  /** The rows below it: their kind, and the part of the report where that is known. */
  kind: string;
  part: string | null;
  rows: number;
  columns: {
    column: string;
    /** `null`: the column was not read. */
    as: string | null;
    /** What the cells of an unread column look like. */
    looks_like: "yes_no" | "waiting" | "state" | "time" | null;
  }[];
}

/** The very same file, already stored with another reading. */
export interface ImportedDifferently {
  id: string;
  file: string;
  zone: string;
  dates: ImportResult["dates"]["order"];
  /** The room that was entered. */
  room: string | null;
  by: string | null;
  at: WireTime;
}

/** A meeting found in a file. */
export interface ImportedMeeting {
  /** Its id; `null` in a preview of a meeting that does not exist yet. */
  id: string | null;
  room: string;
  title: string | null;
  /** Its first and last moment in the file. */
  from: WireTime;
  to: WireTime;
  /** Distinct people in the file. */
  people: number;
}

/** The result of importing one file, or of previewing it. Lists are cut; the numbers beside them are not. */
export interface ImportResult {
  /** The import's id, for undoing it; `null` in a preview, and where no events were read. */
  id: string | null;
  dry_run: boolean;
  file: string;
  format: "zoom" | "teams" | "meet";
  /** The zone in which the clocks of the file were read. */
  zone: string;
  /** How dates such as 03/04/2026 were read, and the text in the file that proves it. */
  dates: { order: "month_first" | "day_first"; from: "file" | "operator"; proof: string | null };
  /**
   * Where the room comes from: the file, its name, or the operator; `none`: from nowhere, and the file
   * became a room of its own.
   */
  room_from: "file" | "file_name" | "operator" | "none";
  /** How the file was understood and what was not read: sentences, the most important first. */
  notes: string[];
  headings: ImportHeading[];
  /** The other reading in which the very same file is already stored. */
  read_otherwise: ImportedDifferently | null;
  rows: {
    /** Lines with an attendee that could be understood, and lines about their meetings. */
    read: number;
    new: number;
    /** Already stored, from this file or another. */
    known: number;
    /** The same as another line of this file. */
    double: number;
    refused: number;
    /** Titles, headings and header lines. */
    skipped: number;
    /** Lines of absent people, totals of other lines, and other lines without attendance. */
    left_out: number;
    /** Lines of a room whose people were erased: they are not stored. */
    erased: number;
  };
  people: number;
  meeting_count: number;
  meetings: ImportedMeeting[];
  refused: { line: number; reason: string }[];
  left_out: { line: number; reason: string }[];
  /** `cell` is the cell in question, with its column. */
  remarks: { line: number; remark: ImportRemark; cell: string | null }[];
  remark_counts: Record<ImportRemark, number>;
}

/** The progress of a running import, in lines to store. */
export interface ImportProgress {
  done: number;
  of: number;
}

/** An imported file, how it was read, and its results. */
export interface ImportRow {
  id: string;
  source: WireSource;
  file: string;
  timeZone: string;
  dates: ImportResult["dates"]["order"];
  /** Lines with events, and how many of those were new; `null` while the import runs. */
  lines: number | null;
  added: number | null;
  meetings: number | null;
  people: number | null;
  /** `null` where it was not noted. */
  by: string | null;
  at: Ms;
  undoneBy: string | null;
  undoneAt: Ms | null;
}

/** What undoing an import removes, or has removed. */
export interface ImportUndone {
  /** Lines that no longer count. */
  lines: number;
  /** Lines that are also in another import: they stay as that one has them. */
  told_by_others: number;
  /** Meetings that are removed whole, and meetings that are left with a part. */
  meetings: number;
  meetings_changed: number;
  /** People who appear in these meetings through this import only. */
  people: number;
}

/** A page of the list of imports. */
export interface ImportsPage {
  rows: ImportRow[];
  next: string | null;
  previous: string | null;
  timeZone: string;
}
