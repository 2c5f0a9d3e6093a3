import { isEmail } from "#domain/identity/email.ts";
import type { ColumnMeaning } from "#domain/scheduled/reading.ts";
import { cellsOf, DELIMITERS, type Delimiter, rowsOf } from "./cells.ts";
import type { HeadingMeaning } from "./headings/heading.ts";
import { COMMA_QUESTION, type RosterReader, type RosterReadingOptions, short } from "./lines.ts";
import { commasOf, hasCommas, withoutMark } from "./names.ts";
import { personOf } from "./person.ts";
import { foldWord, headingMeaning, isTitle, roleCalled } from "./words.ts";

export const MOST_COLUMNS = 200;
/** A heading stands at the top, below what says of which class the list is. */
const DEEPEST_HEADING = 10;

/** What is said of a column; `null` where its cells are not read. */
type Place = ColumnMeaning | null;

export interface Heading {
  line: number;
  delimiter: Delimiter;
  cells: string[];
}

/** The line that names the columns; `null` where there is none. */
export function headingIn(lines: readonly string[], said: number | null): Heading | null {
  if (said === 0) return null;
  if (said !== null) return headingAt(lines, said);
  let above = 0;
  for (const [index, text] of lines.entries()) {
    if (text.trim() === "") continue;
    const heading = headingAt(lines, index + 1);
    const known = heading.cells.filter(isKnown);
    // Below other lines a word that names a column may be somebody's name, if not all of it is a title.
    const isPlain =
      above === 0 || lines.slice(0, index).every((one) => one.trim() === "" || isTitle(one));
    if (known.some(saysWho) && (isPlain || known.length > 1)) return heading;
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

/** What most lines are parted by into cells; `null` where nothing parts them. */
export function delimiterOf(lines: readonly string[]): Delimiter | null {
  const full = lines.filter((line) => line.trim() !== "");
  const counts = DELIMITERS.map((delimiter) => ({
    delimiter,
    count: full.filter((line) => line.includes(delimiter)).length,
  }));
  const [best] = counts.toSorted((a, b) => b.count - a.count);
  return best === undefined || best.count === 0 ? null : best.delimiter;
}

/** Says of a heading that it is one, and what is above it. */
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

/** Reads a roster as a table: with a heading, or as columns that are told by what stands in them. */
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
  const projected =
    heading === null ? placesByCells(width, cellsIn) : placesByWords(heading.cells, cellsIn);
  const places = projected.map((place, at): Place => {
    const own = options.columns?.[at];
    return own === null || own === undefined ? place : own;
  });
  reading.columns = places.map((as, at) => ({
    heading: heading?.cells[at] ?? null,
    as,
    sample: short(cellsIn(at).find((cell) => cell !== "") ?? "") || null,
  }));
  const twice = places.find(
    (one, at) => one !== null && one !== "ignore" && places.indexOf(one) < at,
  );
  const lineOf = heading?.line ?? 1;
  if (twice !== undefined && twice !== null) {
    const message = `two columns are called ${twice}`;
    reading.faults.push({ field: "roster", line: lineOf, message });
    reading.ask("columns", message);
  }
  const isUnread = places.some((one, at) => one === null && kindOf(filled(cellsIn(at))) === "text");
  if (!isWho(places, isUnread)) {
    reading.ask("columns", "say which columns are the first and the last name, or the name");
  }
  takeRows(reading, rows, places, heading, options);
}

/** Whether columns say who somebody is: an address, or half of a name, is not enough where the rest may be beside it. */
function isWho(places: readonly Place[], isUnread: boolean): boolean {
  const has = (place: ColumnMeaning) => places.includes(place);
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
  places: readonly Place[],
  heading: Heading | null,
  options: RosterReadingOptions,
): void {
  const names = places.indexOf("name");
  const inNames = rows.map(({ cells }) => withoutMark(cells[names] ?? "").text).filter(hasCommas);
  const commas = commasOf(inNames, options.commas);
  if (inNames.length > 0) reading.commas = commas;
  const isSecond = (at: number) =>
    places[at] === "ignore" && headingMeaning(heading?.cells[at] ?? "") === "second_name";
  for (const { line, cells } of rows) {
    if (cells.every((cell) => cell.trim() === "")) {
      if (cells.length > 1) reading.leaveOut(line, "nothing stands in its columns");
      continue;
    }
    const extra = cells.slice(places.length).find((cell) => cell.trim() !== "");
    if (extra !== undefined) {
      reading.refuse(line, `“${short(extra)}” stands in no column: is a quote missing?`);
      continue;
    }
    if (heading?.cells.every((cell, at) => cell === (cells[at]?.trim() ?? ""))) {
      reading.heading(line, "names the columns once more");
      continue;
    }
    const given: Partial<Record<ColumnMeaning, string>> = {};
    for (const [at, place] of places.entries())
      if (place !== null) given[place] ??= cells[at] ?? "";
    const projected = personOf(given, commas);
    const second = cells.filter((cell, at) => isSecond(at) && cell.trim() !== "");
    if (projected === null) {
      reading.ask("commas", COMMA_QUESTION);
      reading.refuse(line, COMMA_QUESTION);
    } else reading.take(line, projected.people, [...projected.notes, ...second.map(isLeftOut)]);
  }
}

function isLeftOut(name: string): string {
  return `“${short(name.trim())}” is left out: a second name, by which few join`;
}

/** What columns are by what they are called. `Name` is what no other column has: the whole, or a part of it. */
function placesByWords(
  headings: readonly string[],
  cellsIn: (column: number) => string[],
): Place[] {
  const meanings = headings.map(headingMeaning);
  const [first, last] = [meanings.indexOf("first_name"), meanings.indexOf("last_name")];
  const [name, whole] = [meanings.indexOf("name"), meanings.indexOf("whole_name")];
  const hasBoth = first >= 0 && last >= 0;
  const part = first >= 0 ? first : last;
  const isPart = whole < 0 && part >= 0 && !hasBoth && !holds(cellsIn(name), cellsIn(part));
  const placeOf = (meaning: HeadingMeaning | null): Place => {
    if (meaning === "whole_name") return hasBoth ? "ignore" : "name";
    if (meaning === "second_name") return "ignore";
    if (meaning !== "name") return meaning;
    if (whole >= 0 || hasBoth) return "ignore";
    if (!isPart) return "name";
    return first >= 0 ? "last_name" : "first_name";
  };
  return meanings.map(placeOf);
}

/** Whether most of the names hold that part of them as well: `Anna Müller` beside `Anna`. */
function holds(names: readonly string[], parts: readonly string[]): boolean {
  const full = names.flatMap((name, at) => {
    const [whole, part] = [foldWord(name), foldWord(parts[at] ?? "")];
    return whole === "" || part === "" ? [] : [whole.length > part.length && whole.includes(part)];
  });
  return full.length > 0 && full.filter(Boolean).length * 2 > full.length;
}

/** What columns without a heading are. Which of two is the first name nobody can tell. */
function placesByCells(width: number, cellsIn: (column: number) => string[]): Place[] {
  const kinds = Array.from({ length: width }, (_, at) => kindOf(filled(cellsIn(at))));
  const names = kinds.filter((kind) => kind === "text").length;
  const places = kinds.map((kind): Place => {
    if (kind === "text") return names === 1 ? "name" : null;
    return kind;
  });
  return places.map((place, at) =>
    place !== null && places.indexOf(place) < at ? "ignore" : place,
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
