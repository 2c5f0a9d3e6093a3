import { clockIn } from "#server/providers/import/clock.ts";
import type { Row } from "#server/providers/import/columns.ts";
import { readingsOf } from "#server/providers/import/headings.ts";
import type { NamePart } from "#server/providers/import/languages/language.ts";
import {
  type ColumnRole,
  type ImportFormat,
  tidy,
} from "#server/providers/import/languages/roles.ts";
import { actionIn, partCalled, yesOrNo } from "#server/providers/import/lexicon.ts";
import { OF_A_MEETING } from "./head.ts";
import { NotUnderstood } from "./refusal.ts";
import type { SheetLine } from "./sheet-line.ts";
import {
  type ColumnChoices,
  cellsIn,
  DELIMITERS,
  type FileTable,
  type LinePosition,
  rowIn,
  strangeTable,
  tableIn,
} from "./table.ts";
import type { TextRecord } from "./text.ts";

/** More lines than this are more than one report. */
const MOST_LINES = 200_000;

/** What is known of a file before it is read. */
export interface Hints {
  format: ImportFormat | null;
  /** The format that the file's name suggests. */
  hint: ImportFormat | null;
  said: ColumnChoices;
}

const NUMBERED = /^"?(\d)\.\s/;
const SECTIONS: Record<string, NamePart> = { "1": "head", "2": "participants", "3": "stays" };
const OF_TEAMS: ReadonlySet<NamePart> = new Set<NamePart>(["participants", "stays"]);
const OF_ZOOM: ReadonlySet<NamePart> = new Set<NamePart>([
  "attendees",
  "panelists",
  "host",
  "others",
]);
/** Excel writes this first line to name its delimiter. */
const SEPARATOR = /^"?sep=.?"?$/i;

/** The format whose reports have such a part. */
function formatWith(part: NamePart | null): ImportFormat | null {
  if (part !== null && OF_TEAMS.has(part)) return "teams";
  return part !== null && OF_ZOOM.has(part) ? "zoom" : null;
}

/**
 * Reads a file line by line: finds the lines with the names of columns, and yields every line below them as
 * a row. Throws `NotUnderstood` as soon as it is clear that this is no attendance file.
 */
export function* linesOf(
  records: Iterable<TextRecord>,
  { format: asked, hint, said }: Hints,
): Generator<SheetLine> {
  let table: FileTable | null = null;
  let format = asked;
  let part: NamePart | null = null;
  /** The last title, until the columns below it are named. */
  let title: string | null = null;
  let count = 0;
  for (const { line, text, broken } of records) {
    if (isBlank(text)) {
      if (table?.kind === "meeting") table = null;
      continue;
    }
    if (count === 0 && SEPARATOR.test(text)) {
      yield { kind: "title", line, text };
      continue;
    }
    count += 1;
    if (count > MOST_LINES) throw new NotUnderstood(TOO_LONG);
    if (broken !== null) {
      yield { kind: "broken", line, text, reason: broken };
      continue;
    }
    if (isTitle(text, table)) {
      const first = firstCell(text);
      const numbered = NUMBERED.exec(text)?.[1];
      const partNamed = partCalled(first);
      const named: NamePart | null =
        partNamed ?? (numbered === undefined ? null : (SECTIONS[numbered] ?? null));
      if (named !== null || numbered !== undefined) {
        part = named;
        table = null;
      }
      title = first;
      yield { kind: named === null && numbered === undefined ? "other" : "title", line, text };
      continue;
    }
    const position: LinePosition = {
      line,
      format,
      hint: hint ?? formatWith(part),
      part,
      title,
      said,
    };
    const found: FileTable | null = mayNameColumns(text) ? tableIn(text, position) : null;
    if (found !== null) {
      table = found;
      title = null;
      if (found.kind !== "meeting") format ??= found.format;
      yield { kind: "heading", line, text, table };
    } else if (
      table !== null &&
      table.kind !== "strange" &&
      title !== null &&
      namesUnknownColumns(text, table)
    ) {
      table = strangeTable(text, table, position);
      title = null;
      yield { kind: "heading", line, text, table };
    } else if (table !== null) {
      title = null;
      yield* belowHeading(line, text, table);
      // A head has one row, and a title may follow it.
      if (table.kind === "meeting") table = null;
    } else {
      const pairs = pairsIn(text, format);
      const bare = pairs === null && count === 1 ? bareList(text, position) : null;
      if (pairs !== null) yield { kind: "head", line, text, ...pairs, table: null };
      else if (bare !== null) {
        table = bare;
        format ??= bare.format;
        yield { kind: "heading", line, text, table };
        yield* belowHeading(line, text, table);
      } else yield { kind: "other", line, text };
    }
  }
}

const TOO_LONG = `More than ${MOST_LINES} lines: this is more than one meeting’s report.`;

function* belowHeading(line: number, text: string, table: FileTable): Generator<SheetLine> {
  const { row, over } = rowIn(text, table);
  if (over > 0) {
    const reason = `it has ${row.length + over} cells, and ${row.length} columns are named`;
    yield { kind: "broken", line, text, reason };
  } else if (table.kind === "meeting") {
    yield { kind: "head", line, text, row, columns: [...table.roles], table };
  } else {
    yield { kind: "row", line, text, row, table };
  }
}

function isBlank(text: string): boolean {
  return /^[\s,;|"]*$/.test(text);
}

function firstCell(text: string): string {
  const delimiter = DELIMITERS.find((one) => text.includes(one));
  return tidy(
    delimiter === undefined ? text.replaceAll('"', "") : (cellsIn(text, delimiter)[0] ?? ""),
  );
}

/** One cell with nothing beside it; below a heading, a row with only a name is no title. */
function isTitle(text: string, table: FileTable | null): boolean {
  const isAlone = DELIMITERS.every(
    (delimiter) =>
      !text.includes(delimiter) ||
      cellsIn(text, delimiter)
        .slice(1)
        .every((cell) => cell.trim() === ""),
  );
  if (!isAlone || table === null || partCalled(firstCell(text)) !== null) return isAlone;
  return text.split(table.delimiter).length < Math.min(3, table.columns.length);
}

/** Whether a line may name columns: one with a time of day does not. */
function mayNameColumns(text: string): boolean {
  return !/\d:\d\d/.test(text);
}

/** Whether a line after a title names unknown columns: each cell looks like a name, and none is a time. */
function namesUnknownColumns(text: string, table: FileTable): boolean {
  const cells = cellsIn(text, table.delimiter);
  return mayNameColumns(text) && cells.length > 1 && cells.every(mayBeColumnName);
}

/** Whether a cell may name a column: it has letters and no digit, and is no address and no answer. */
function mayBeColumnName(cell: string): boolean {
  return /^[^\d@]*\p{L}[^\d@]*$/u.test(cell) && yesOrNo(cell) === null;
}

const HEAD_ROLES: ReadonlySet<ColumnRole> = new Set(OF_A_MEETING);

/** A line of a head with names and what they name: `Meeting title`, and the title. */
function pairsIn(
  text: string,
  format: ImportFormat | null,
): { row: Row; columns: (ColumnRole | null)[] } | null {
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const cells = cellsIn(text, delimiter).map(tidy);
    const pairs = cells[2]?.endsWith(":") === true ? inTwos(cells) : [firstPair(cells)];
    const labelled = pairs.flatMap(([name, value]) => {
      const role = roleOfLabel(name, format);
      return role === null || value === "" ? [] : [{ name, value, role }];
    });
    if (labelled.length === 0) continue;
    const columns = labelled.map(({ role }) => (role === "aside" ? null : role));
    return { row: labelled.map(({ name, value }) => [name, value] as const), columns };
  }
  return null;
}

function firstPair([name = "", ...cells]: readonly string[]): [string, string] {
  return [name, cells.find((cell) => cell !== "") ?? ""];
}

function inTwos(cells: readonly string[]): [string, string][] {
  return cells.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, cells[at + 1] ?? ""]] : [],
  );
}

function roleOfLabel(name: string, format: ImportFormat | null): ColumnRole | "aside" | null {
  const formats: ImportFormat[] = format === null ? ["teams", "meet"] : [format];
  for (const { columns } of readingsOf([name], formats)) {
    const [role] = columns;
    if (role === "aside" || (role != null && HEAD_ROLES.has(role))) return role;
  }
  return null;
}

/** A list of joins and leaves without its heading: a name, what they did, and when. */
function bareList(text: string, { part, title }: LinePosition): FileTable | null {
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const cells = cellsIn(text, delimiter).map(tidy);
    const [name = "", action = "", at = ""] = cells;
    const isList = cells.length === 3 && name !== "" && actionIn(action) !== null;
    const isTime = (["day_first", "month_first"] as const).some((order) =>
      clockIn(at, order, null),
    );
    if (!isList || !isTime) continue;
    const roles: ColumnRole[] = ["name", "action", "at"];
    const columns = ["Full Name", "User Action", "Timestamp"];
    return {
      format: "teams",
      kind: "action",
      delimiter,
      columns,
      meanings: roles,
      roles,
      line: null,
      part,
      title,
    };
  }
  return null;
}
