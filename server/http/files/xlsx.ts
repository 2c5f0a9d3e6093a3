import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import {
  DAYS,
  type FileIntro,
  headingOf,
  leadingCount,
  minutesOf,
  readableColumns,
  wordForPeople,
  yesOrNo,
} from "./readable.ts";
import { RowsLeft } from "./rows-left.ts";
import {
  type Layout,
  repeatedOf,
  type SheetCell,
  sheetBegin,
  sheetEnd,
  sheetRow,
} from "./sheet.ts";
import type { Column, ExportTable, TableLook } from "./table.ts";
import {
  contentTypes,
  RELATIONS,
  type SheetNamed,
  STYLES_XML,
  workbookRelations,
  workbookXml,
} from "./workbook.ts";
import { type ZipPart, zipped } from "./zipped.ts";

const DAY: Ms = 86_400_000;
/** Days from 1899-12-30, where sheets count from, to the epoch. */
const DAYS_BEFORE_EPOCH = 25_569;
/** The most rows of a sheet, its head included. */
const MOST_ROWS = 1_048_576;

/** The zone of the times in the file, and its IANA name. */
interface Zone {
  offsetAt: OffsetAt;
  timeZone: string;
}

export interface XlsxOptions<Row> extends Zone {
  /** The name of the sheet, shortened to what a sheet's name may be. */
  sheet: string;
  /** The content of the last sheet. */
  intro: FileIntro;
  /** Other views of the same rows, on sheets after it. */
  looks?: readonly TableLook<Row>[];
  /** The most rows of a sheet; a test sets fewer. */
  mostRows?: number;
}

/**
 * A table as an Office Open XML workbook for people, in pieces. Words are texts, moments are dates as clocks of
 * the zone showed them, durations are minutes and shares percent; `null` is an empty cell, and text is never a
 * formula. The heading and the leading columns stay in sight and are on every printed page. Rows beyond the
 * 1,048,576 of a sheet go on in the next; then come the `looks`, and last a sheet about the file.
 */
export async function* xlsxOf<Row>(
  table: ExportTable<Row>,
  { sheet, intro, looks = [], mostRows = MOST_ROWS, ...zone }: XlsxOptions<Row>,
): AsyncGenerator<Uint8Array<ArrayBufferLike>> {
  // The first batch is read before the workbook begins, so that a failing read gives no file at all.
  const rows = await RowsLeft.of(table.batches);
  const sheets: SheetNamed[] = [];
  async function* sheetsOf(
    name: string,
    columns: readonly Column<Row>[],
    left: RowsLeft<Row>,
    title: string,
  ): AsyncGenerator<ZipPart> {
    const shown = viewOf(columns, { ...intro, title }, zone);
    let nth = 0;
    do {
      nth += 1;
      sheets.push({ name: sheetName(name, nth), repeated: repeatedOf(shown.layout.frozen) });
      const texts = textsOf(shown, left, mostRows);
      yield { path: `xl/worksheets/sheet${sheets.length}.xml`, texts };
    } while (await left.isMore());
  }
  async function* parts(): AsyncGenerator<ZipPart> {
    yield* sheetsOf(sheet, table.columns, rows, intro.title);
    for (const { name, table: look } of looks) {
      const again = await RowsLeft.of(look.batches);
      try {
        yield* sheetsOf(name, look.columns, again, `${intro.title}: ${name.toLowerCase()}`);
      } finally {
        await again.close();
      }
    }
    sheets.push({ name: ABOUT, repeated: [] });
    yield { path: `xl/worksheets/sheet${sheets.length}.xml`, texts: [aboutSheet(intro)] };
    yield { path: "xl/styles.xml", texts: [STYLES_XML] };
    yield { path: "xl/workbook.xml", texts: [workbookXml(sheets)] };
    yield { path: "xl/_rels/workbook.xml.rels", texts: [workbookRelations(sheets.length)] };
    yield { path: "_rels/.rels", texts: [RELATIONS] };
    yield { path: "[Content_Types].xml", texts: [contentTypes(sheets.length)] };
  }
  try {
    yield* zipped(parts());
  } finally {
    await rows.close();
  }
}

/** How a table is shown, on one sheet or more. */
interface View<Row> {
  heads: readonly SheetCell[];
  layout: Layout;
  cells: (row: Row) => SheetCell[];
}

function viewOf<Row>(
  all: readonly Column<Row>[],
  intro: FileIntro,
  { timeZone, offsetAt }: Zone,
): View<Row> {
  const columns = readableColumns(all);
  const heads = columns.map((column) => headingOf(column, timeZone));
  return {
    heads: heads.map((value) => ({ value, style: "head" })),
    layout: {
      widths: columns.map((column, index) => widthOf(column, heads[index] ?? "")),
      frozen: { rows: 1, columns: leadingCount(columns) },
      over: { left: intro.title, right: [...rangeIn(intro), timeZone].join(" · ") },
    },
    cells: (row) => columns.map((column) => cellOf(column, row, offsetAt)),
  };
}

/** The XML of one sheet, with as many of the remaining rows as fit. */
async function* textsOf<Row>(
  { heads, layout, cells }: View<Row>,
  left: RowsLeft<Row>,
  mostRows: number,
): AsyncGenerator<string> {
  yield sheetBegin(layout) + sheetRow(1, heads, true);
  for (let at = 2; at <= mostRows; ) {
    const batch = await left.take(mostRows - at + 1);
    if (batch.length === 0) break;
    let text = "";
    for (const row of batch) {
      text += sheetRow(at, cells(row));
      at += 1;
    }
    yield text;
  }
  yield sheetEnd(layout);
}

const ABOUT = "About";

/** The sheet about the file: its title and the lines of its intro. */
function aboutSheet({ title, lines }: FileIntro): string {
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

/** The text of the days, for the header of every page. */
function rangeIn({ lines }: FileIntro): string[] {
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

/** The width of a column: enough for its kind, and for the longest word of its heading. */
function widthOf<Row>({ kind }: Column<Row>, head: string): number {
  return Math.max(WIDTHS[kind], ...head.split(" ").map((word) => word.length + 3));
}

function cellOf<Row>(column: Column<Row>, row: Row, offsetAt: OffsetAt): SheetCell {
  switch (column.kind) {
    case "text":
      return { value: column.value(row), style: "wrapped" };
    case "word": {
      const word = column.value(row);
      return { value: word === null ? null : wordForPeople(word, column.words), style: "wrapped" };
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

const LONGEST_NAME = 31;

/** A valid name of a sheet: at most 31 characters, some not allowed, cut between words; the second gets ` 2`. */
function sheetName(name: string, nth: number): string {
  const clean = name
    .replace(/[[\]:*?/\\'\p{Cc}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const whole = clean === "" || clean.toLowerCase() === "about" ? "Sheet" : clean;
  const number = nth === 1 ? "" : ` ${nth}`;
  return cutTo(LONGEST_NAME - number.length, whole) + number;
}

/** As many whole words as fit; of a single word that is too long, its beginning. */
function cutTo(most: number, text: string): string {
  if (text.length <= most) return text;
  const space = text.lastIndexOf(" ", most);
  return text
    .slice(0, space > 0 ? space : most)
    .toWellFormed()
    .trim();
}
