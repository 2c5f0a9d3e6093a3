import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { formatUtc } from "#domain/time/time.ts";
import type { Dialect } from "./dialect.ts";
import {
  clockTime,
  headingOf,
  minutesOf,
  readableColumns,
  wordForPeople,
  yesOrNo,
} from "./readable.ts";
import { type Column, clockOf, type ExportTable } from "./table.ts";

const BOM = "\uFEFF";

/**
 * Where some spreadsheet begins a new cell: at commas or, where the comma is for decimals, at semicolons, tabs or
 * bars; and at every line break, because quotes in the middle of a cell do not quote for such a spreadsheet.
 */
const SEPARATOR = ",;|\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029";
/** What a spreadsheet may skip before it looks for a formula: spaces of any width or none, and quotes. */
const PASSED_OVER = `(?:(?![${SEPARATOR}])[\\s\\p{Cc}\\p{Cf}\\p{Mn}\\p{Default_Ignorable_Code_Point}"])*`;
/** The signs that begin a formula, also in the full-width and small forms that some keyboards write. */
const SIGN = "[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212]";
const FORMULA = new RegExp(`(^|[${SEPARATOR}])(?=${PASSED_OVER}${SIGN})`, "gu");
/** At the very start of a text, these are taken for the start of a formula. */
const BEGINS_BADLY = /^[\t\r\n]/;
const SPECIAL = new RegExp(`["${SEPARATOR}]`, "u");

export interface CsvOptions {
  /** The zone of the times in the file, and its IANA name. */
  offsetAt: OffsetAt;
  timeZone: string;
  /** Writes a byte order mark, for programs that do not read a file without one as UTF-8. */
  bom: boolean;
  /** The dialect of the person's spreadsheet; `null` for programs. */
  people: Dialect | null;
}

/**
 * A table as CSV, in pieces of one batch each: lines end in CRLF, the first names the columns, `null` is an
 * empty cell. For programs it is RFC 4180: moments are ISO 8601 with their offset; a duration makes two columns,
 * `h:mm:ss` and, ending in `_ms`, milliseconds. For people there is a byte order mark, and words, minutes,
 * percent and clock times in the zone instead, separated as their spreadsheet expects it. Text that a
 * spreadsheet would run as a formula gets an apostrophe, also where a cell would begin for a spreadsheet with
 * another separator.
 */
export async function* csvOf<Row>(
  { columns, batches }: ExportTable<Row>,
  options: CsvOptions,
): AsyncGenerator<string> {
  const { bom, people, offsetAt, timeZone } = options;
  const shown = people === null ? columns : readableColumns(columns);
  const separator = people?.separator ?? ",";
  const heads =
    people === null
      ? shown.flatMap(namesOf)
      : shown.map((column) => textCell(headingOf(column, timeZone)));
  const cells = (column: Column<Row>, row: Row) =>
    people === null
      ? cellsOf(column, row, offsetAt)
      : [readableCell(column, row, people, offsetAt)];
  yield (bom || people !== null ? BOM : "") + line(heads, separator);
  for await (const rows of batches) {
    let text = "";
    for (const row of rows)
      text += line(
        shown.flatMap((column) => cells(column, row)),
        separator,
      );
    if (text !== "") yield text;
  }
}

/** ISO 8601 with milliseconds and the offset of the zone then: `2026-11-20T11:02:11.000+01:00`. */
export function localTime(at: Ms, offsetAt: OffsetAt): string {
  const offset = offsetAt(at);
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const ahead = `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return formatUtc(at + offset).replace("Z", ahead);
}

function namesOf<Row>({ kind, name }: Column<Row>): string[] {
  return kind === "duration" ? [name, `${name}_ms`] : [name];
}

function cellsOf<Row>(column: Column<Row>, row: Row, offsetAt: OffsetAt): string[] {
  switch (column.kind) {
    case "text":
    case "word": {
      const text = column.value(row);
      return [text === null ? "" : textCell(text)];
    }
    case "number":
    case "share":
    case "flag":
      return [String(column.value(row) ?? "")];
    case "moment": {
      const at = column.value(row);
      return [at === null ? "" : localTime(at, offsetAt)];
    }
    case "duration": {
      const ms = column.value(row);
      return ms === null ? ["", ""] : [clockOf(ms), String(Math.round(ms))];
    }
    default:
      return column satisfies never;
  }
}

function readableCell<Row>(
  column: Column<Row>,
  row: Row,
  { decimal }: Dialect,
  offsetAt: OffsetAt,
): string {
  const number = (value: number) => String(value).replace(".", decimal);
  switch (column.kind) {
    case "text":
      return textCell(column.value(row) ?? "");
    case "word": {
      const word = column.value(row);
      return word === null ? "" : textCell(wordForPeople(word, column.words));
    }
    case "flag": {
      const flag = column.value(row);
      return flag === null ? "" : yesOrNo(flag);
    }
    case "number": {
      const value = column.value(row);
      return value === null ? "" : number(value);
    }
    case "share": {
      const share = column.value(row);
      return share === null ? "" : `${number(Math.round(share * 10_000) / 100)}%`;
    }
    case "moment": {
      const at = column.value(row);
      return at === null ? "" : clockTime(at, offsetAt);
    }
    case "duration": {
      const ms = column.value(row);
      return ms === null ? "" : number(minutesOf(ms));
    }
    default:
      return column satisfies never;
  }
}

function textCell(text: string): string {
  const defused = text.replace(FORMULA, "$1'");
  const safe = BEGINS_BADLY.test(defused) ? `'${defused}` : defused;
  return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function line(cells: readonly string[], separator: string): string {
  return `${cells.join(separator)}\r\n`;
}
