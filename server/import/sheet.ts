import { type Format, type Row, roleOf, tidy } from "#server/providers/import/columns.ts";
import { NotUnderstood } from "./refusal.ts";
import { cellsIn, DELIMITERS, rowIn, type Table, tableIn } from "./table.ts";
import { recordsOf } from "./text.ts";

/** More lines than this are more than one report. */
const MOST_LINES = 200_000;

/** One line of a file that says something. */
export type SheetLine =
  | { kind: "row"; line: number; row: Row; table: Table }
  | { kind: "head"; line: number; row: Row; table: Table | null }
  | { kind: "broken"; line: number; reason: string }
  /** Something else: a title, a rule, a remark. */
  | { kind: "other"; line: number };

const SECTION = /^"?(\d)\.\s/;

/**
 * Reads a file line by line: finds the lines with the names of columns, and gives every line below them as
 * a row. Throws `NotUnderstood` as soon as it is clear that this is no attendance file.
 */
export function* linesOf(bytes: Uint8Array, asked: Format | null): Generator<SheetLine> {
  let table: Table | null = null;
  let format = asked;
  let section: number | null = null;
  let count = 0;
  for (const { line, text, isBroken } of recordsOf(bytes)) {
    if (isBlank(text)) {
      if (table?.kind === "meeting") table = null;
      continue;
    }
    count += 1;
    if (count > MOST_LINES) {
      throw new NotUnderstood(
        `More than ${MOST_LINES} lines: this is more than one meeting’s report.`,
      );
    }
    if (isBroken) {
      yield { kind: "broken", line, reason: "a quotation mark is never closed" };
      continue;
    }
    const numbered = SECTION.exec(text)?.[1];
    if (numbered !== undefined && isTitle(text)) {
      section = Number(numbered);
      table = null;
      yield { kind: "other", line };
      continue;
    }
    const found: Table | null = mayName(text, table) ? tableIn(text, { format, section }) : null;
    if (found !== null) {
      table = found;
      if (found.kind !== "meeting") format ??= found.format;
      yield { kind: "other", line };
    } else if (table !== null) {
      const row = rowIn(text, table);
      const isHead = table.kind === "meeting";
      if (isTitle(text)) yield { kind: "other", line };
      else yield { kind: isHead ? "head" : "row", line, row, table };
      // A head has one row, and a title may follow it.
      if (isHead) table = null;
    } else {
      const row = pairIn(text, format);
      yield row === null ? { kind: "other", line } : { kind: "head", line, row, table: null };
    }
  }
}

function isBlank(text: string): boolean {
  return /^[\s,;|"]*$/.test(text);
}

function isTitle(text: string): boolean {
  return DELIMITERS.every((delimiter) =>
    cellsIn(text, delimiter)
      .slice(1)
      .every((cell) => cell.trim() === ""),
  );
}

/** Whether a line may name columns: below such a line only one whose first cell does. */
function mayName(text: string, table: Table | null): boolean {
  if (table === null) return true;
  const [first = ""] = text.split(table.delimiter, 1);
  const name = first.replaceAll('"', "");
  return table.columns[0] === tidy(name) || roleOf(table.format, name) !== null;
}

/** A line of a head with a name and what it names: `Meeting title`, and the title. */
function pairIn(text: string, format: Format | null): Row | null {
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const [name = "", ...cells] = cellsIn(text, delimiter);
    const [value = ""] = cells.filter((cell) => cell.trim() !== "");
    const isKnown = (one: Format) => {
      const role = roleOf(one, name);
      return role !== null && OF_A_MEETING.has(role);
    };
    const formats: Format[] = format === null ? ["teams", "meet"] : [format];
    if (value !== "" && formats.some(isKnown)) return [[tidy(name), value]];
  }
  return null;
}

const OF_A_MEETING: ReadonlySet<string> = new Set([
  "title",
  "starts",
  "ends",
  "room",
  "day",
  "host",
]);
