import { createHash } from "node:crypto";
import { parseCsv } from "hucre/csv";
import type { Row } from "#server/providers/import/columns.ts";
import {
  type HeadingReading,
  isKnownHeading,
  kindOf,
  type Meaning,
  readingsOf,
  rolesIn,
} from "#server/providers/import/headings.ts";
import type { NamePart } from "#server/providers/import/languages/language.ts";
import {
  type ColumnRole,
  IMPORT_FORMATS,
  type ImportFormat,
  tidy,
} from "#server/providers/import/languages/roles.ts";
import { plain } from "#server/providers/import/lexicon.ts";
import type { LineKind } from "#server/providers/import/schema.ts";
import { NotUnderstood } from "./refusal.ts";

/** A table of a file: a line of column names, and what the rows below it are. */
export interface FileTable {
  format: ImportFormat;
  /** `totals`: how long each person was there, and not when. `strange`: none of the columns is known. */
  kind: Exclude<LineKind, "list"> | "totals" | "strange";
  delimiter: string;
  columns: readonly string[];
  meanings: readonly (Meaning | null)[];
  roles: readonly (ColumnRole | null)[];
  /** The line that names the columns; `null` where there is none. */
  line: number | null;
  part: NamePart | null;
  /** The title above it. */
  title: string | null;
}

/** The meanings that an operator chose for columns, by their names in small letters. */
export type Mapping = ReadonlyMap<string, Meaning>;

/** Meanings chosen with this file, and those chosen with earlier files, by the hash of all column names. */
export interface ColumnChoices {
  given: Mapping | null;
  remembered: ReadonlyMap<string, Mapping>;
}

/** The hash of column names by which choices are stored. */
export function printOf(columns: readonly string[]): string {
  return createHash("sha256").update(columns.map(plain).join("\n")).digest("hex");
}

export const DELIMITERS = ["\t", ",", ";", "|"] as const;
/** Real reports have fewer columns. */
const MOST_COLUMNS = 300;

/** The cells of a record. */
export function cellsIn(text: string, delimiter: string): string[] {
  // Some files have a space before a quotation mark, which would make it a part of the cell.
  const clean = text.startsWith('"') ? text.replace(/([,;\t|]) +(?=")/g, "$1") : text;
  const [cells = []] = parseCsv(clean, { delimiter, typeInference: false, skipEmptyRows: false });
  return cells.map((cell) => (cell === null ? "" : String(cell)));
}

/** What is known of a file when its next line is read. */
export interface LinePosition {
  line: number;
  /** The only format to look for; `null` for any. */
  format: ImportFormat | null;
  /** The format that the file's name or a title suggests. */
  hint: ImportFormat | null;
  part: NamePart | null;
  title: string | null;
  said: ColumnChoices;
}

/** The table whose column names a record is; `null` for any other record. Throws `NotUnderstood`. */
export function tableIn(text: string, position: LinePosition): FileTable | null {
  let best: { table: FileTable; known: number } | null = null;
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const columns = cellsIn(text, delimiter).map(tidy);
    if (columns.length > MOST_COLUMNS) throw new NotUnderstood(TOO_WIDE);
    const found = tableOf(columns, delimiter, position);
    if (found !== null && (best === null || found.known > best.known)) best = found;
  }
  return best?.table ?? null;
}

const TOO_WIDE = `A line names more than ${MOST_COLUMNS} columns: this is no attendance file.`;

function tableOf(
  columns: readonly string[],
  delimiter: string,
  position: LinePosition,
): { table: FileTable; known: number } | null {
  const { format, hint, line, part, title } = position;
  const chosen = saidOf(columns, position.said);
  if (chosen.every((one) => one === null) && !columns.some(isKnownHeading)) return null;
  const readings = readingsOf(columns, format === null ? IMPORT_FORMATS : [format])
    .map((reading) => withChosen(reading, chosen))
    .map((reading) => ({
      reading,
      kind: kindOf(reading.format, reading.roles, reading.isOneStay || part === "stays"),
    }))
    .filter(({ kind }) => kind !== null)
    .toSorted(
      (a, b) =>
        b.reading.known - a.reading.known ||
        Number(b.reading.format === hint) - Number(a.reading.format === hint),
    );
  const [best] = readings;
  if (best === undefined || best.kind === null) return null;
  const rivals = readings.filter(({ reading }) => {
    const isAsHinted = (best.reading.format === hint) === (reading.format === hint);
    return reading.known === best.reading.known && isAsHinted;
  });
  for (const { reading } of rivals) refuseConflict(columns, best.reading, reading);
  const { reading, kind } = best;
  const meanings = reading.columns;
  const roles = meanings.map((meaning) => (meaning === "aside" ? null : meaning));
  const table = {
    format: reading.format,
    kind,
    delimiter,
    columns,
    meanings,
    roles,
    line,
    part,
    title,
  };
  return { table, known: reading.known };
}

const DECISIVE: ReadonlySet<Meaning | null> = new Set<Meaning>([
  "joined",
  "left",
  "waiting",
  "attended",
  "action",
  "at",
]);

/** Refuses two readings that explain as much and differ in a decisive column, rather than guess. */
function refuseConflict(
  columns: readonly string[],
  one: HeadingReading,
  other: HeadingReading,
): void {
  const at = columns.findIndex((_, index) => {
    const [a, b] = [one.columns[index], other.columns[index]];
    return a !== b && (DECISIVE.has(a ?? null) || DECISIVE.has(b ?? null));
  });
  if (at === -1) return;
  const name = columns[at] ?? "";
  const message = `The column “${name}” means one thing in a file of ${one.format} and another in one of ${other.format}. Say what it is.`;
  throw new NotUnderstood(message, "columns", [{ field: "columns", column: name, message }]);
}

/** The meanings chosen for these columns, with this file or an earlier one; `null` where none was chosen. */
export function saidOf(
  columns: readonly string[],
  { given, remembered }: ColumnChoices,
): (Meaning | null)[] {
  const before = remembered.size === 0 ? undefined : remembered.get(printOf(columns));
  return columns.map((column) => {
    const key = plain(column);
    return given?.get(key) ?? before?.get(key) ?? null;
  });
}

function withChosen(reading: HeadingReading, chosen: readonly (Meaning | null)[]): HeadingReading {
  if (chosen.every((meaning) => meaning === null)) return reading;
  const columns = reading.columns.map((meaning, at) => chosen[at] ?? meaning);
  const known = columns.filter((meaning) => meaning !== null).length;
  return { ...reading, columns, known, roles: rolesIn(columns) };
}

/** A table with unknown headings, so that its rows are not read by the columns of the table above. */
export function strangeTable(
  text: string,
  { delimiter, format }: FileTable,
  position: LinePosition,
): FileTable {
  const columns = cellsIn(text, delimiter).map(tidy);
  const none = columns.map(() => null);
  const { line, part, title } = position;
  return {
    format,
    kind: "strange",
    delimiter,
    columns,
    meanings: none,
    roles: none,
    line,
    part,
    title,
  };
}

/** A record as a row of a table; `over` is the number of cells without a column. */
export function rowIn(text: string, { columns, delimiter }: FileTable): { row: Row; over: number } {
  const cells = cellsIn(text, delimiter);
  const over = cells.slice(columns.length).filter((cell) => cell.trim() !== "").length;
  return { row: columns.map((column, index) => [column, cells[index] ?? ""] as const), over };
}
