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

/** What the rows below a line of column names are. */
export interface FileTable {
  format: ImportFormat;
  /** `totals`: how long each was there, and not when. `strange`: nobody knows these columns. */
  kind: Exclude<LineKind, "list"> | "totals" | "strange";
  delimiter: string;
  columns: readonly string[];
  meanings: readonly (Meaning | null)[];
  roles: readonly (ColumnRole | null)[];
  /** Where the columns are named; `null` where they are not. */
  line: number | null;
  part: NamePart | null;
  /** The title above it. */
  title: string | null;
}

/** What somebody said of columns, by their names in small letters. */
export type Mapping = ReadonlyMap<string, Meaning>;

/** What is said of columns with this file, and what was said with others, by the print of all columns. */
export interface ColumnChoices {
  given: Mapping | null;
  remembered: ReadonlyMap<string, Mapping>;
}

/** What columns are remembered by. */
export function printOf(columns: readonly string[]): string {
  return createHash("sha256").update(columns.map(plain).join("\n")).digest("hex");
}

export const DELIMITERS = ["\t", ",", ";", "|"] as const;
/** No report has more columns. */
const MOST_COLUMNS = 300;

/** The cells of a record. */
export function cellsIn(text: string, delimiter: string): string[] {
  // Some write a space before a quotation mark, which would make it a part of the cell.
  const clean = text.startsWith('"') ? text.replace(/([,;\t|]) +(?=")/g, "$1") : text;
  const [cells = []] = parseCsv(clean, { delimiter, typeInference: false, skipEmptyRows: false });
  return cells.map((cell) => (cell === null ? "" : String(cell)));
}

/** What of a file is known while its next line is read. */
export interface LinePosition {
  line: number;
  /** The only format to look for; `null` for any. */
  format: ImportFormat | null;
  /** What else speaks for a format: the file's name, or a title. */
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
  const said = saidOf(columns, position.said);
  if (said.every((one) => one === null) && !columns.some(isKnownHeading)) return null;
  const readings = readingsOf(columns, format === null ? IMPORT_FORMATS : [format])
    .map((reading) => withSaid(reading, said))
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
    const isLike = (best.reading.format === hint) === (reading.format === hint);
    return reading.known === best.reading.known && isLike;
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

const WEIGHTY: ReadonlySet<Meaning | null> = new Set<Meaning>([
  "joined",
  "left",
  "waiting",
  "attended",
  "action",
  "at",
]);

/** Two that explain as much and do not mean the same: nobody guesses between them. */
function refuseConflict(
  columns: readonly string[],
  one: HeadingReading,
  other: HeadingReading,
): void {
  const at = columns.findIndex((_, index) => {
    const [a, b] = [one.columns[index], other.columns[index]];
    return a !== b && (WEIGHTY.has(a ?? null) || WEIGHTY.has(b ?? null));
  });
  if (at === -1) return;
  const name = columns[at] ?? "";
  const message = `The column “${name}” means one thing in a file of ${one.format} and another in one of ${other.format}. Say what it is.`;
  throw new NotUnderstood(message, "columns", [{ field: "columns", column: name, message }]);
}

/** What somebody said of these columns, with this file or another; `null` where nobody did. */
export function saidOf(
  columns: readonly string[],
  { given, remembered }: ColumnChoices,
): (Meaning | null)[] {
  const before = remembered.size === 0 ? undefined : remembered.get(printOf(columns));
  return columns.map((column) => {
    const word = plain(column);
    return given?.get(word) ?? before?.get(word) ?? null;
  });
}

function withSaid(reading: HeadingReading, said: readonly (Meaning | null)[]): HeadingReading {
  if (said.every((meaning) => meaning === null)) return reading;
  const columns = reading.columns.map((meaning, at) => said[at] ?? meaning);
  const known = columns.filter((meaning) => meaning !== null).length;
  return { ...reading, columns, known, roles: rolesIn(columns) };
}

/** A line of headings that nobody knows, so that what stands below it is not read by the columns above. */
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

/** The row that a record is in a table, and how many cells have no column. */
export function rowIn(text: string, { columns, delimiter }: FileTable): { row: Row; over: number } {
  const cells = cellsIn(text, delimiter);
  const over = cells.slice(columns.length).filter((cell) => cell.trim() !== "").length;
  return { row: columns.map((column, index) => [column, cells[index] ?? ""] as const), over };
}
