import * as z from "zod/mini";
import type {
  ImportedDifferently,
  ImportedMeeting,
  ImportHeading,
  ImportProgress,
  ImportRemark,
  ImportResult,
  ImportUndone,
} from "#domain/sources/imports/imports.ts";
import {
  about,
  count,
  countOrNull,
  named,
  pageOf,
  type ShapeOf,
  source,
  textOrNull,
  time,
} from "#server/http/schema.ts";

const order = z.enum(["month_first", "day_first"]);
const line = z.object({ line: count, reason: z.string() });
const remark = z.enum([
  "skipped",
  "twice",
  "inferred_end",
  "was_there_before",
  "minute_length",
  "length_not_understood",
  "length_contradicts",
  "end_unknown",
  "over_a_day",
  "join_unknown",
  "original_name",
  "lent_email",
] satisfies ImportRemark[]);

const heading = z.object({
  line: about(countOrNull, "null where the columns have no names"),
  title: textOrNull,
  kind: z.string(),
  part: textOrNull,
  rows: count,
  columns: z.array(
    z.object({
      column: z.string(),
      as: about(textOrNull, "null where it was not read"),
      looks_like: about(
        z.nullable(z.enum(["yes_no", "waiting", "state", "time"])),
        "What the cells of an unread column look like",
      ),
    }),
  ),
} satisfies ShapeOf<ImportHeading>);

const readOtherwise = z.object({
  id: z.string(),
  file: z.string(),
  zone: z.string(),
  dates: order,
  room: textOrNull,
  by: textOrNull,
  at: time,
} satisfies ShapeOf<ImportedDifferently>);

const meeting = z.object({
  id: about(textOrNull, "null in a dry run, for a meeting that does not exist yet"),
  room: z.string(),
  title: textOrNull,
  from: time,
  to: time,
  people: count,
} satisfies ShapeOf<ImportedMeeting>);

export const importResult = named(
  "ImportResult",
  z.object({
    id: about(textOrNull, "null in a dry run, and where no line led to events"),
    dry_run: z.boolean(),
    file: z.string(),
    format: z.enum(["zoom", "teams", "meet"]),
    zone: z.string(),
    dates: z.object({
      order,
      from: z.enum(["file", "operator"]),
      proof: about(textOrNull, "What shows the order of the dates"),
    }),
    room_from: about(
      z.enum(["file", "file_name", "operator", "none"]),
      "none: the import became a room of its own",
    ),
    notes: about(z.array(z.string()), "What is worth knowing, in sentences"),
    headings: about(z.array(heading), "The lines that name columns"),
    read_otherwise: about(
      z.nullable(readOtherwise),
      "How the very same file is stored, where it was read in another way",
    ),
    rows: z.object({
      read: count,
      new: count,
      known: about(count, "Stored before"),
      double: about(count, "Twice in this file"),
      refused: count,
      skipped: about(count, "Titles, headings and heads"),
      left_out: about(count, "A person who did not come, a sum, or nothing about attendance"),
      erased: about(count, "Of a room whose people were erased"),
    } satisfies ShapeOf<ImportResult["rows"]>),
    people: count,
    meeting_count: count,
    meetings: z.array(meeting),
    refused: z.array(line),
    left_out: z.array(line),
    remarks: about(
      z.array(z.object({ line: count, remark, cell: textOrNull })),
      "What had to be inferred",
    ),
    remark_counts: z.record(remark, count),
  } satisfies ShapeOf<ImportResult>),
);

/** A line of an answer that is sent while the import runs; the last one is the result. */
export const importUnderWay = z.union([
  z.object({ progress: z.object({ done: count, of: count } satisfies ShapeOf<ImportProgress>) }),
  z.object({ result: importResult }),
]);

const IMPORT = {
  id: z.string(),
  file: z.string(),
  source,
  tz: z.string(),
  dates: order,
  lines_count: about(countOrNull, "Lines with events; null while the import runs"),
  added_count: about(countOrNull, "Lines that no earlier import had"),
  meetings_count: countOrNull,
  people_count: countOrNull,
  by: textOrNull,
  imported_at: time,
  taken_back: z.nullable(z.object({ by: textOrNull, at: time })),
};

export const imported = named("Import", z.object(IMPORT));
export const imports = pageOf(imported);

const UNDONE = {
  lines: about(count, "Lines whose events go"),
  told_by_others: about(count, "Lines that stay because another import has them as well"),
  meetings: about(count, "Meetings of which nothing is left"),
  meetings_changed: about(count, "Meetings of which something is left"),
  people: about(count, "People who were nowhere else in them"),
} satisfies ShapeOf<ImportUndone>;

export const importWithPreview = z.object({
  ...IMPORT,
  would_take_back: about(
    z.nullable(z.object(UNDONE)),
    "What taking it back would remove; null where that was done, or cannot be",
  ),
});

export const importUndone = z.object({
  import: z.string(),
  dry_run: z.boolean(),
  by: z.exactOptional(about(z.string(), "Not in a dry run")),
  ...UNDONE,
});
