import { type CellStyle, type CellValue, type ColumnDef, writeXlsxStream } from "hucre/xlsx";
import type { Ms } from "#domain/event.ts";
import type { OffsetAt } from "#domain/history/period.ts";
import type { Column, Table } from "./table.ts";

const DAY: Ms = 86_400_000;
/** Days from where sheets count them (1899-12-30) to where epoch ms are counted from. */
const DAYS_BEFORE_EPOCH = 25_569;

export interface XlsxOptions {
  /** In which zone moments are told, and its IANA name. */
  offsetAt: OffsetAt;
  timeZone: string;
  /** What the sheet is called, as far as a sheet may be called so. */
  sheet: string;
}

/**
 * A table as an Office Open XML workbook, in pieces. Moments are dates as the clocks of the zone showed them
 * (the zone stands in the column's head), durations are lengths of time that a sheet can add, absence is an
 * empty cell, and text is never a formula. What does not fit in a sheet of 1,048,576 rows goes on in the next.
 */
export async function* xlsxOf<Row>(
  { columns, batches }: Table<Row>,
  { offsetAt, timeZone, sheet }: XlsxOptions,
): AsyncGenerator<Uint8Array<ArrayBufferLike>> {
  // Read before the workbook begins, so that what cannot be read at all is no file.
  const reading = batches[Symbol.asyncIterator]();
  const first = await reading.next();
  async function* rows(): AsyncGenerator<CellValue[]> {
    try {
      for (let batch = first; !batch.done; batch = await reading.next())
        for (const row of batch.value) yield columns.map((column) => cellOf(column, row, offsetAt));
    } finally {
      await reading.return?.();
    }
  }
  yield* writeXlsxStream(rows(), {
    name: sheetName(sheet),
    columns: columns.map((column) => headOf(column, timeZone)),
    freezePane: { rows: 1 },
  });
}

const WIDTHS = { text: 24, number: 12, flag: 8, moment: 22, duration: 12 };
const STYLES: Partial<Record<Column<never>["kind"], CellStyle>> = {
  moment: { numFmt: "yyyy-mm-dd hh:mm:ss" },
  duration: { numFmt: "[h]:mm:ss" },
};

function headOf<Row>({ kind, name }: Column<Row>, timeZone: string): ColumnDef {
  const words = `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("_", " ")}`;
  const header = kind === "moment" ? `${words} (${timeZone})` : words;
  return { header, width: Math.max(WIDTHS[kind], header.length + 2), style: STYLES[kind] ?? {} };
}

function cellOf<Row>(column: Column<Row>, row: Row, offsetAt: OffsetAt): CellValue {
  switch (column.kind) {
    case "text": {
      const text = column.value(row);
      return text === null ? null : writable(text);
    }
    case "number":
    case "flag":
      return column.value(row);
    case "moment": {
      const at = column.value(row);
      return at === null ? null : (at + offsetAt(at)) / DAY + DAYS_BEFORE_EPOCH;
    }
    case "duration": {
      const ms = column.value(row);
      return ms === null ? null : ms / DAY;
    }
    default:
      return column satisfies never;
  }
}

/** What no XML may hold; a sheet that has it does not open. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** What a sheet takes for an escaped character. */
const ESCAPE = /_(?=x[0-9a-f]{4}_)/gi;
const LONGEST_TEXT = 32_767;

function writable(text: string): string {
  const whole = text.replace(UNWRITABLE, "\u{FFFD}").replace(ESCAPE, "_x005F_");
  return whole.slice(0, LONGEST_TEXT).toWellFormed();
}

/** Sheets have short names without some letters; with room for the number of one that goes on. */
function sheetName(name: string): string {
  return name
    .replace(/[[\]:*?/\\']/g, " ")
    .slice(0, 27)
    .toWellFormed();
}
