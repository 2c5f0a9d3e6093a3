import type { Ms } from "#domain/event.ts";
import type { OffsetAt } from "#domain/history/period.ts";
import {
  DAYS,
  headingOf,
  leadingCount,
  minutesOf,
  readableColumns,
  type Said,
  wordOf,
  yesOrNo,
} from "./readable.ts";
import {
  type Layout,
  repeatedOf,
  type SheetCell,
  sheetBegin,
  sheetEnd,
  sheetRow,
} from "./sheet.ts";
import type { Column, Table } from "./table.ts";
import {
  contentTypes,
  RELATIONS,
  type SheetNamed,
  STYLES_XML,
  workbookRelations,
  workbookXml,
} from "./workbook.ts";
import { type Part, zipped } from "./zipped.ts";

const DAY: Ms = 86_400_000;
/** Days from where sheets count them (1899-12-30) to where epoch ms are counted from. */
const DAYS_BEFORE_EPOCH = 25_569;
/** What a sheet can hold, its head included. */
const MOST_ROWS = 1_048_576;

export interface XlsxOptions {
  /** In which zone moments are told, and its IANA name. */
  offsetAt: OffsetAt;
  timeZone: string;
  /** What the sheet is called, as far as a sheet may be called so. */
  sheet: string;
  /** What the last sheet says of the whole. */
  said: Said;
  /** Fewer in a test. */
  mostRows?: number;
}

/**
 * A table as an Office Open XML workbook for people, in pieces. Words are words, moments are dates as the clocks
 * of the zone showed them, durations minutes and shares percent; absence is an empty cell, and text is never a
 * formula. The heading and what leads stay in sight and are on every printed page. What does not fit in a sheet
 * of 1,048,576 rows goes on in the next; the last sheet says what it all is.
 */
export async function* xlsxOf<Row>(
  table: Table<Row>,
  { offsetAt, timeZone, sheet, said, mostRows = MOST_ROWS }: XlsxOptions,
): AsyncGenerator<Uint8Array<ArrayBufferLike>> {
  const columns = readableColumns(table.columns);
  const frozen = { rows: 1, columns: leadingCount(columns) };
  const heads = columns.map((column) => headingOf(column, timeZone));
  const layout: Layout = {
    widths: columns.map((column, index) => widthOf(column, heads[index] ?? "")),
    frozen,
    over: { left: said.title, right: [...rangeIn(said), timeZone].join(" · ") },
  };
  // Read before the workbook begins, so that what cannot be read at all is no file.
  const reading = table.batches[Symbol.asyncIterator]();
  const rows = new RowsLeft(reading, await reading.next());
  const sheets: SheetNamed[] = [];
  async function* textsOf(): AsyncGenerator<string> {
    const head = heads.map((value): SheetCell => ({ value, style: "head" }));
    yield sheetBegin(layout) + sheetRow(1, head, true);
    for (let at = 2; at <= mostRows; ) {
      const batch = await rows.take(mostRows - at + 1);
      if (batch.length === 0) break;
      let text = "";
      for (const row of batch) {
        text += sheetRow(
          at,
          columns.map((column) => cellOf(column, row, offsetAt)),
        );
        at += 1;
      }
      yield text;
    }
    yield sheetEnd(layout);
  }
  async function* parts(): AsyncGenerator<Part> {
    do {
      sheets.push({ name: sheetName(sheet, sheets.length + 1), repeated: repeatedOf(frozen) });
      yield { path: `xl/worksheets/sheet${sheets.length}.xml`, texts: textsOf() };
    } while (await rows.isMore());
    sheets.push({ name: ABOUT, repeated: [] });
    yield { path: `xl/worksheets/sheet${sheets.length}.xml`, texts: [aboutSheet(said)] };
    yield { path: "xl/styles.xml", texts: [STYLES_XML] };
    yield { path: "xl/workbook.xml", texts: [workbookXml(sheets)] };
    yield { path: "xl/_rels/workbook.xml.rels", texts: [workbookRelations(sheets.length)] };
    yield { path: "_rels/.rels", texts: [RELATIONS] };
    yield { path: "[Content_Types].xml", texts: [contentTypes(sheets.length)] };
  }
  try {
    yield* zipped(parts());
  } finally {
    await reading.return?.();
  }
}

const ABOUT = "About";

/** Rows that come in batches, taken as many at a time as there is room for. */
class RowsLeft<Row> {
  readonly #reading: AsyncIterator<readonly Row[]>;
  #batch: IteratorResult<readonly Row[]>;
  #taken = 0;

  constructor(reading: AsyncIterator<readonly Row[]>, first: IteratorResult<readonly Row[]>) {
    this.#reading = reading;
    this.#batch = first;
  }

  async isMore(): Promise<boolean> {
    while (!this.#batch.done && this.#taken >= this.#batch.value.length) {
      this.#batch = await this.#reading.next();
      this.#taken = 0;
    }
    return !this.#batch.done;
  }

  /** At most so many; none where there are no more. */
  async take(most: number): Promise<readonly Row[]> {
    if (!(await this.isMore()) || this.#batch.done) return [];
    const rows = this.#batch.value.slice(this.#taken, this.#taken + most);
    this.#taken += rows.length;
    return rows;
  }
}

/** What the file is, and what it was told by, a line each. */
function aboutSheet({ title, lines }: Said): string {
  const layout: Layout = {
    widths: [34, 110],
    frozen: { rows: 0, columns: 0 },
    over: { left: title, right: "" },
  };
  const rows = [["What this is", title] as const, ...lines].map(([label, text], index) =>
    sheetRow(index + 1, [
      { value: label, style: "label" },
      { value: text, style: "wrapped" },
    ]),
  );
  return sheetBegin(layout) + rows.join("") + sheetEnd(layout);
}

/** The line about the days, to stand over every page. */
function rangeIn({ lines }: Said): string[] {
  return lines.flatMap(([label, text]) => (label === DAYS ? [text] : []));
}

const WIDTHS: Record<Column<never>["kind"], number> = {
  text: 24,
  word: 13,
  number: 11,
  share: 11,
  flag: 9,
  moment: 20,
  duration: 12,
};

/** Wide enough for what is in it, and for the longest word of its head. */
function widthOf<Row>({ kind }: Column<Row>, head: string): number {
  return Math.max(WIDTHS[kind], ...head.split(" ").map((word) => word.length + 3));
}

function cellOf<Row>(column: Column<Row>, row: Row, offsetAt: OffsetAt): SheetCell {
  switch (column.kind) {
    case "text":
      return { value: column.value(row), style: "wrapped" };
    case "word": {
      const word = column.value(row);
      return { value: word === null ? null : wordOf(word, column.words), style: "wrapped" };
    }
    case "number":
      return { value: finite(column.value(row)), style: "plain" };
    case "share":
      return { value: finite(column.value(row)), style: "percent" };
    case "flag": {
      const flag = column.value(row);
      return { value: flag === null ? null : yesOrNo(flag), style: "plain" };
    }
    case "moment": {
      const at = column.value(row);
      return { value: at === null ? null : serial(at + offsetAt(at)), style: "moment" };
    }
    case "duration": {
      const ms = column.value(row);
      return { value: ms === null ? null : minutesOf(ms), style: "minutes" };
    }
    default:
      return column satisfies never;
  }
}

function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}

function serial(local: Ms): number {
  return local / DAY + DAYS_BEFORE_EPOCH;
}

/** Sheets have short names without some letters; of one that goes on with its number. */
function sheetName(name: string, nth: number): string {
  const clean = name
    .replace(/[[\]:*?/\\'\p{Cc}]/gu, " ")
    .slice(0, 25)
    .toWellFormed()
    .trim();
  const whole = clean === "" || clean.toLowerCase() === "about" ? "Sheet" : clean;
  return nth === 1 ? whole : `${whole} ${nth}`;
}
