import type { ImportHeading, ImportResult } from "#domain/sources/imports/imports.ts";
import { NO_DATE } from "#server/providers/import/times.ts";
import { MEANS, quoted } from "./headings-seen.ts";
import type { Item } from "./item.ts";
import { NotUnderstood, type RefusalDetail } from "./refusal.ts";
import type { Survey } from "./survey.ts";

/** The most entries in each list of a result. */
export const MOST_LISTED = 100;

export function emptyResult(
  { file, zone, dryRun }: { file: string; zone: string; dryRun: boolean },
  survey: Survey,
): ImportResult {
  const { format, dates } = survey;
  return {
    id: null,
    dry_run: dryRun,
    file,
    format,
    zone,
    dates,
    room_from: "file",
    notes: [],
    headings: headingsOf(survey),
    read_otherwise: null,
    rows: { read: 0, new: 0, known: 0, double: 0, refused: 0, skipped: 0, left_out: 0, erased: 0 },
    people: 0,
    meeting_count: 0,
    meetings: [],
    refused: [],
    left_out: [],
    remarks: [],
    remark_counts: {
      skipped: 0,
      twice: 0,
      inferred_end: 0,
      was_there_before: 0,
      minute_length: 0,
      length_not_understood: 0,
      length_contradicts: 0,
      end_unknown: 0,
      over_a_day: 0,
      join_unknown: 0,
      original_name: 0,
      lent_email: 0,
    },
  };
}

function headingsOf({ tables }: Survey): ImportHeading[] {
  return tables.slice(0, MOST_LISTED).map((seen): ImportHeading => {
    const { line, title, kind, part } = seen.table;
    const columns = seen.columns.map(({ column, meaning, look }) => {
      return { column, as: meaning === "aside" ? null : meaning, looks_like: look };
    });
    return { line, title, kind, part, rows: seen.rows, columns };
  });
}

/** Counts a line in the result, and lists its remarks or the reason against it. */
export function note(result: ImportResult, item: Item): void {
  const { line } = item;
  switch (item.kind) {
    case "told":
      result.rows.read += 1;
      if (item.roomFrom !== "file") result.room_from = item.roomFrom;
      for (const { remark, cell } of item.remarks) {
        result.remark_counts[remark] += 1;
        const quote = cell && `“${cell.text.slice(0, 80).toWellFormed()}” in “${cell.column}”`;
        if (result.remarks.length < MOST_LISTED) result.remarks.push({ line, remark, cell: quote });
      }
      break;
    case "refused":
      result.rows.refused += 1;
      if (result.refused.length < MOST_LISTED) result.refused.push({ line, reason: item.reason });
      break;
    case "left_out":
      result.rows.left_out += 1;
      if (result.left_out.length < MOST_LISTED) result.left_out.push({ line, reason: item.reason });
      break;
    case "skipped":
      result.rows.skipped += 1;
      break;
    default:
      item satisfies never;
  }
}

/** Sentences about how a file was read, and what was not read: the same for the page, the API and the command. */
export function notesOf(result: ImportResult, { tables, dates }: Survey): string[] {
  const notes: string[] = [];
  for (const seen of tables) {
    const { line, kind, columns: names } = seen.table;
    if (kind === "strange") {
      notes.push(
        `Line ${line} names columns that are not known (${quoted(names)}): ${seen.rows} lines below it were not read.`,
      );
      continue;
    }
    const doubtful = seen.columns.filter(({ look }) => look !== null);
    for (const { column, look } of doubtful)
      notes.push(`The column “${column}” was not read: ${LOOKS[look ?? "time"]}.`);
  }
  if (result.room_from === "none") {
    notes.push(
      "Nothing says which room it was: it became a room of its own. Say the room, so that it joins its series.",
    );
  }
  if (dates.proof !== null) notes.push(dates.proof);
  for (const seen of tables) {
    const { line, kind } = seen.table;
    if (kind === "strange" || kind === "meeting") continue;
    const read = seen.columns.flatMap(({ column, meaning }) =>
      meaning === null || meaning === "aside" ? [] : [`“${column}” (${MEANS[meaning]})`],
    );
    const where =
      line === null
        ? "No line names the columns: they were recognised by what stands in them"
        : `Line ${line} was taken for the names of the columns`;
    const unread = seen.columns.filter(
      ({ meaning, column }) => column !== "" && (meaning === null || meaning === "aside"),
    );
    const rest =
      unread.length === 0 ? "" : ` Not read: ${quoted(unread.map(({ column }) => column))}.`;
    notes.push(`${where}: ${read.join(", ")}.${rest}`);
  }
  return [...new Set(notes)].slice(0, MOST_LISTED);
}

const LOOKS = {
  yes_no: "its cells say yes or no, and nobody knows to what",
  state: "its cells say one of two things, and nobody knows what",
  waiting: "it seems to be about the waiting room",
  time: "its cells are times",
} as const;

/** The refusal of a file whose every line with a person was refused; `null` for any other. */
export function allRefused({ rows, people, refused }: ImportResult): NotUnderstood | null {
  const [first] = refused;
  if (people > 0 || first === undefined) return null;
  const lines = rows.refused === 1 ? "Its only line" : `None of its ${rows.refused} lines`;
  const verb = rows.refused === 1 ? "could not be read" : "could be read";
  const details = refused.map(
    ({ line, reason }): RefusalDetail => ({ field: "file", line, message: reason }),
  );
  const asks = refused.every(({ reason }) => reason.endsWith(NO_DATE)) ? "day" : null;
  return new NotUnderstood(`${lines} ${verb}. Line ${first.line}: ${first.reason}.`, asks, details);
}
