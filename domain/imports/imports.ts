import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** The provider of sources that are files of others. */
export const IMPORT = "import";

/** A file may have this many bytes: fifty times the largest report that was seen. */
export const MOST_IMPORT_BYTES = 33_554_432;
export const TOO_LARGE_TO_IMPORT = `A file may have at most ${MOST_IMPORT_BYTES / 1_048_576} MiB: a report is far smaller.`;

/** What a line of a file says of how it was understood. */
export type ImportRemark = keyof typeof REMARK_WORDS;

/** What a remark says of a line, in the words that the page, the command and the API have for it. */
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

/** What a column that says something of attendance is called by whoever names it by hand. */
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

/** A line of the file that names columns, and what each was taken for. */
export interface ImportHeading {
  /** `null` where the columns are not named, and were told by their cells. */
  line: number | null;
  /** The title above it. */
  title: string | null;
  /** What stands below: the kind of its rows, and the part of the report where that is known. */
  kind: string;
  part: string | null;
  rows: number;
  columns: {
    column: string;
    /** `null`: it was not read. */
    as: string | null;
    /** What the cells of a column look like that was not read. */
    looks_like: "yes_no" | "waiting" | "state" | "time" | null;
  }[];
}

/** The very same file as it is kept, read in another way. */
export interface ImportedDifferently {
  id: string;
  file: string;
  zone: string;
  dates: ImportResult["dates"]["order"];
  /** The room that was said. */
  room: string | null;
  by: string | null;
  at: WireTime;
}

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
  /** How dates such as 03/04/2026 were read, and what of the file shows it. */
  dates: { order: "month_first" | "day_first"; from: "file" | "operator"; proof: string | null };
  /**
   * Whether the file itself says which room it was, or its name does, or whoever sent it; `none`: nobody does,
   * and it became a room of its own.
   */
  room_from: "file" | "file_name" | "operator" | "none";
  /** What of the file was taken for what, and what of it was not read: sentences, the weightiest first. */
  notes: string[];
  headings: ImportHeading[];
  /** How the very same file is kept already, where that is otherwise. */
  read_otherwise: ImportedDifferently | null;
  rows: {
    /** Lines with somebody in them that could be understood, and lines about their meetings. */
    read: number;
    new: number;
    /** Kept before, from this file or another. */
    known: number;
    /** The same as another line of this file. */
    double: number;
    refused: number;
    /** Titles, headings and heads. */
    skipped: number;
    /** Lines of people who did not come, sums of other lines, and whatever else tells nothing. */
    left_out: number;
    /** Of a room whose people were erased: nothing of them is kept. */
    erased: number;
  };
  people: number;
  meeting_count: number;
  meetings: ImportedMeeting[];
  refused: { line: number; reason: string }[];
  left_out: { line: number; reason: string }[];
  /** `cell` is what it is about, with its column. */
  remarks: { line: number; remark: ImportRemark; cell: string | null }[];
  remark_counts: Record<ImportRemark, number>;
}

/** How far a running import is, in lines with something to keep. */
export interface ImportProgress {
  done: number;
  of: number;
}

/** A file that was imported, as it was read, with what it told. */
export interface ImportRow {
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
  rows: ImportRow[];
  next: string | null;
  previous: string | null;
  timeZone: string;
}
