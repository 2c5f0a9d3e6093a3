import { document, MAIN, type Style, styleOf, xmlText } from "./workbook.ts";

/** The value and the style of a cell. Text is never a formula. */
export interface SheetCell {
  value: string | number | null;
  style: Style;
}

export interface Layout {
  widths: readonly number[];
  /** So many rows and columns stay in sight when the sheet is scrolled. */
  frozen: { rows: number; columns: number };
  /** The header of every printed page, left and right. */
  over: { left: string; right: string };
}

/** A landscape page is readable up to this sum of column widths, in letters. */
const LETTERS_ON_A_PAGE = 190;
/** Text that a sheet reads as an escaped character. */
const ESCAPE = /_(?=x[0-9a-f]{4}_)/gi;
const LONGEST_TEXT = 32_767;
const HEAD_HEIGHT = 48;

/** The XML before the rows of a sheet. */
export function sheetBegin({ widths, frozen }: Layout): string {
  const { rows, columns } = frozen;
  const pane =
    rows === 0 && columns === 0
      ? ""
      : `<pane${columns > 0 ? ` xSplit="${columns}"` : ""}${rows > 0 ? ` ySplit="${rows}"` : ""} ` +
        `topLeftCell="${cellName(rows, columns)}" activePane="${paneOf(rows, columns)}" state="frozen"/>`;
  const cols = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return document(
    `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
      `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
      `<sheetFormatPr defaultRowHeight="15"/><cols>${cols.join("")}</cols><sheetData>`,
  );
}

/** The XML of one row; the first is row 1. The head is high enough for two lines and more. */
export function sheetRow(at: number, cells: readonly SheetCell[], isHead = false): string {
  const height = isHead ? ` ht="${HEAD_HEIGHT}" customHeight="1"` : "";
  return `<row r="${at}"${height}>${cells.map((cell, column) => cellXml(cell, at - 1, column)).join("")}</row>`;
}

/**
 * The XML after the rows: printed in landscape, on as many pages side by side as are needed to read it, with
 * the header `over` and the page's number below.
 */
export function sheetEnd({ widths, over }: Layout): string {
  const pages = Math.max(
    1,
    Math.ceil(widths.reduce((sum, one) => sum + one, 0) / LETTERS_ON_A_PAGE),
  );
  const header = `&L${printed(over.left)}&R${printed(over.right)}`;
  return (
    '</sheetData><pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="landscape" fitToWidth="${pages}" fitToHeight="0"/>` +
    `<headerFooter><oddHeader>${xmlText(header)}</oddHeader><oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>`
  );
}

/** The rows and columns to repeat on every printed page, as `$A:$B` and `$1:$1`: the frozen ones. */
export function repeatedOf({ rows, columns }: Layout["frozen"]): string[] {
  return [
    ...(columns > 0 ? [`$A:$${columnName(columns - 1)}`] : []),
    ...(rows > 0 ? [`$1:$${rows}`] : []),
  ];
}

/** Escapes `&`, which begins a code in a header, and cuts a text to what fits on a page. */
function printed(text: string): string {
  return text.slice(0, 90).toWellFormed().replaceAll("&", "&&");
}

function paneOf(rows: number, columns: number): string {
  if (rows > 0) return columns > 0 ? "bottomRight" : "bottomLeft";
  return "topRight";
}

function cellXml({ value, style }: SheetCell, row: number, column: number): string {
  if (value === null) return "";
  const at = `r="${cellName(row, column)}" s="${styleOf(style)}"`;
  if (typeof value === "number") return `<c ${at}><v>${value}</v></c>`;
  const text = value.slice(0, LONGEST_TEXT).toWellFormed().replace(ESCAPE, "_x005F_");
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function cellName(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** The name of a column: `A` to `Z`, then `AA`. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}
