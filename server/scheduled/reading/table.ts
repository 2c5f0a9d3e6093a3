import { isEmail } from "#domain/identity/email.ts";
import type { ColumnMeaning } from "#domain/scheduled/reading.ts";
import { cellsOf, DELIMITERS, type Delimiter, rowsOf } from "./cells.ts";
import type { HeadingMeaning } from "./headings/heading.ts";
import { COMMA_QUESTION, type RosterReader, type RosterReadingOptions, short } from "./lines.ts";
import { commasOf, hasCommas, withoutMark } from "./names.ts";
import { personOf } from "./person.ts";
import { foldWord, headingMeaning, isTitle, roleCalled } from "./words.ts";

export const MOST_COLUMNS = 200;
/** The heading is among the first lines; titles such as the name of the class may be above it. */
const DEEPEST_HEADING = 10;

/** The meaning of a column; `null` where its cells are not read. */
type Meaning = ColumnMeaning | null;

export interface Heading {
  line: number;
  delimiter: Delimiter;
  cells: string[];
}

/** The line that names the columns; `null` where there is none. */
export function headingIn(lines: readonly string[], chosen: number | null): Heading | null {
  if (chosen === 0) return null;
  if (chosen !== null) return headingAt(lines, chosen);
  let above = 0;
  for (const [index, text] of lines.entries()) {
    if (text.trim() === "") continue;
    const heading = headingAt(lines, index + 1);
    const named = heading.cells.filter(isKnown);
    // Below lines that are no titles, a single word that can name a column may be a person's name.
    const isPlain =
      above === 0 || lines.slice(0, index).every((one) => one.trim() === "" || isTitle(one));
    if (named.some(saysWho) && (isPlain || named.length > 1)) return heading;
    above += 1;
    if (above === DEEPEST_HEADING) break;
  }
  return null;
}

function headingAt(lines: readonly string[], line: number): Heading {
  const text = lines[line - 1] ?? "";
  const read = DELIMITERS.map((delimiter) => ({
    line,
    delimiter,
    cells: cellsOf(text, [delimiter]),
  }));
  const best = read.reduce((one, other) =>
    other.cells.filter(isKnown).length > one.cells.filter(isKnown).length ||
    (!one.cells.some(isKnown) && other.cells.length > one.cells.length)
      ? other
      : one,
  );
  return best;
}

function isKnown(cell: string): boolean {
  return headingMeaning(cell) !== null;
}

function saysWho(cell: string): boolean {
  const meaning = headingMeaning(cell);
  return meaning !== null && meaning !== "role" && meaning !== "ignore";
}

/** Whether a heading is one word above a list of names, each of which is a line. */
export function isOverNames({ cells }: Heading): boolean {
  const meaning = headingMeaning(cells[0] ?? "");
  return cells.length === 1 && (meaning === "name" || meaning === "whole_name");
}

/** The delimiter that most lines have; `null` where no line has one. */
export function delimiterOf(lines: readonly string[]): Delimiter | null {
  const full = lines.filter((line) => line.trim() !== "");
  const counts = DELIMITERS.map((delimiter) => ({
    delimiter,
    count: full.filter((line) => line.includes(delimiter)).length,
  }));
  const [best] = counts.toSorted((a, b) => b.count - a.count);
  return best === undefined || best.count === 0 ? null : best.delimiter;
}

/** Reports a line as the heading, and the lines above it as left out. */
export function aboveHeading(
  reading: RosterReader,
  lines: readonly string[],
  { line }: Heading,
): void {
  for (const [index, text] of lines.slice(0, line - 1).entries()) {
    if (text.trim() !== "") reading.leaveOut(index + 1, "stands above the heading");
  }
  reading.headingLine = line;
  reading.heading(line, "names the columns");
}

/** Reads a roster as a table. Its columns are recognised by the heading, or without one by their cells. */
export function readTable(
  reading: RosterReader,
  lines: readonly string[],
  heading: Heading | null,
  delimiter: Delimiter,
  options: RosterReadingOptions,
): void {
  const from = heading?.line ?? 0;
  if (heading !== null) aboveHeading(reading, lines, heading);
  const rows = [...rowsOf(lines.slice(from).join("\n"), delimiter, from + 1)];
  const width = heading?.cells.length ?? Math.max(0, ...rows.map(({ cells }) => widthOf(cells)));
  if (width > MOST_COLUMNS) {
    const message = `a roster has at most ${MOST_COLUMNS} columns, and this has ${width}`;
    reading.faults.push({ field: "roster", message });
    return;
  }
  const cellsIn = (column: number) => rows.map(({ cells }) => cells[column]?.trim() ?? "");
  const recognised =
    heading === null ? meaningsByCells(width, cellsIn) : meaningsByWords(heading.cells, cellsIn);
  const meanings = recognised.map((meaning, at): Meaning => {
    const own = options.columns?.[at];
    return own === null || own === undefined ? meaning : own;
  });
  reading.columns = meanings.map((as, at) => ({
    heading: heading?.cells[at] ?? null,
    as,
    sample: short(cellsIn(at).find((cell) => cell !== "") ?? "") || null,
  }));
  const twice = meanings.find(
    (one, at) => one !== null && one !== "ignore" && meanings.indexOf(one) < at,
  );
  const lineOf = heading?.line ?? 1;
  if (twice !== undefined && twice !== null) {
    const message = `two columns are called ${twice}`;
    reading.faults.push({ field: "roster", line: lineOf, message });
    reading.ask("columns", message);
  }
  const isUnread = meanings.some(
    (one, at) => one === null && kindOf(filled(cellsIn(at))) === "text",
  );
  if (!isWho(meanings, isUnread)) {
    reading.ask("columns", "say which columns are the first and the last name, or the name");
  }
  takeRows(reading, rows, meanings, heading, options);
}

/** Whether the columns identify a person. An address or half of a name is not enough while another column is unread. */
function isWho(meanings: readonly Meaning[], isUnread: boolean): boolean {
  const has = (meaning: ColumnMeaning) => meanings.includes(meaning);
  if (has("name") || (has("first_name") && has("last_name"))) return true;
  if (isUnread) return false;
  return has("first_name") || has("last_name") || has("email") || has("user_id");
}

function filled(cells: readonly string[]): string[] {
  return cells.filter((cell) => cell !== "");
}

function takeRows(
  reading: RosterReader,
  rows: readonly { line: number; cells: string[] }[],
  meanings: readonly Meaning[],
  heading: Heading | null,
  options: RosterReadingOptions,
): void {
  const names = meanings.indexOf("name");
  const inNames = rows.map(({ cells }) => withoutMark(cells[names] ?? "").text).filter(hasCommas);
  const commas = commasOf(inNames, options.commas);
  if (inNames.length > 0) reading.commas = commas;
  const isSecond = (at: number) =>
    meanings[at] === "ignore" && headingMeaning(heading?.cells[at] ?? "") === "second_name";
  for (const { line, cells } of rows) {
    if (cells.every((cell) => cell.trim() === "")) {
      if (cells.length > 1) reading.leaveOut(line, "nothing stands in its columns");
      continue;
    }
    const extra = cells.slice(meanings.length).find((cell) => cell.trim() !== "");
    if (extra !== undefined) {
      reading.refuse(line, `“${short(extra)}” stands in no column: is a quote missing?`);
      continue;
    }
    if (heading?.cells.every((cell, at) => cell === (cells[at]?.trim() ?? ""))) {
      reading.heading(line, "names the columns once more");
      continue;
    }
    const given: Partial<Record<ColumnMeaning, string>> = {};
    for (const [at, meaning] of meanings.entries())
      if (meaning !== null) given[meaning] ??= cells[at] ?? "";
    const read = personOf(given, commas);
    const second = cells.filter((cell, at) => isSecond(at) && cell.trim() !== "");
    if (read === null) {
      reading.ask("commas", COMMA_QUESTION);
      reading.refuse(line, COMMA_QUESTION);
    } else reading.take(line, read.people, [...read.notes, ...second.map(isLeftOut)]);
  }
}

function isLeftOut(name: string): string {
  return `“${short(name.trim())}” is left out: a second name, by which few join`;
}

/** The meanings of columns by their headings. `Name` is the part of a name that no other column has, or the whole. */
function meaningsByWords(
  headings: readonly string[],
  cellsIn: (column: number) => string[],
): Meaning[] {
  const called = headings.map(headingMeaning);
  const [first, last] = [called.indexOf("first_name"), called.indexOf("last_name")];
  const [name, whole] = [called.indexOf("name"), called.indexOf("whole_name")];
  const hasBoth = first >= 0 && last >= 0;
  const part = first >= 0 ? first : last;
  const isPart = whole < 0 && part >= 0 && !hasBoth && !holds(cellsIn(name), cellsIn(part));
  const columnMeaningOf = (meaning: HeadingMeaning | null): Meaning => {
    if (meaning === "whole_name") return hasBoth ? "ignore" : "name";
    if (meaning === "second_name") return "ignore";
    if (meaning !== "name") return meaning;
    if (whole >= 0 || hasBoth) return "ignore";
    if (!isPart) return "name";
    return first >= 0 ? "last_name" : "first_name";
  };
  return called.map(columnMeaningOf);
}

/** Whether most of the names contain the part beside them: `Anna Müller` beside `Anna`. */
function holds(names: readonly string[], parts: readonly string[]): boolean {
  const full = names.flatMap((name, at) => {
    const [whole, part] = [foldWord(name), foldWord(parts[at] ?? "")];
    return whole === "" || part === "" ? [] : [whole.length > part.length && whole.includes(part)];
  });
  return full.length > 0 && full.filter(Boolean).length * 2 > full.length;
}

/** The meanings of columns without a heading. Which of two is the first name cannot be recognised. */
function meaningsByCells(width: number, cellsIn: (column: number) => string[]): Meaning[] {
  const kinds = Array.from({ length: width }, (_, at) => kindOf(filled(cellsIn(at))));
  const names = kinds.filter((kind) => kind === "text").length;
  const meanings = kinds.map((kind): Meaning => {
    if (kind === "text") return names === 1 ? "name" : null;
    return kind;
  });
  return meanings.map((meaning, at) =>
    meaning !== null && meanings.indexOf(meaning) < at ? "ignore" : meaning,
  );
}

function kindOf(cells: readonly string[]): "email" | "role" | "ignore" | "text" {
  if (cells.length === 0) return "ignore";
  if (cells.filter(isEmail).length * 2 > cells.length) return "email";
  if (cells.every((cell) => roleCalled(cell) !== null)) return "role";
  return cells.filter((cell) => /\d/.test(cell)).length * 2 > cells.length ? "ignore" : "text";
}

function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== "") + 1;
}
