import { isEmail } from "#domain/identity/email.ts";
import { cellsOf, DELIMITERS } from "./cells.ts";
import {
  COMMA_QUESTION,
  type RawPerson,
  type RosterReader,
  type RosterReadingOptions,
  short,
} from "./lines.ts";
import { addressedIn, commasOf, hasCommas, namesIn, withoutMark, withoutScheme } from "./names.ts";
import { isTitle, roleCalled } from "./words.ts";

/** The delimiters other than the comma, which may be part of a name. */
const STRONG = DELIMITERS.filter((delimiter) => delimiter !== ",");

/** The parts of a line: names, which may have commas, with addresses and a role. */
interface Parts {
  names: string;
  emails: string[];
  role: string | null;
  notes: string[];
}

/** Whether a list is a table: some line has two cells that look like names, not like an address or a role. */
export function hasColumns(lines: readonly string[]): boolean {
  return lines.some((line) => {
    // Cells that each have an address are several people on a line, not columns.
    if (piecesOf(line).length > 1) return false;
    return cellsOf(withoutMark(line).text, STRONG).filter(isNameLike).length > 1;
  });
}

function isNameLike(cell: string): boolean {
  return /\p{L}/u.test(cell) && !cell.includes("@") && roleCalled(cell) === null;
}

/** Reads a roster with a person on each line; with several where the commas are chosen to part people. */
export function readList(
  reading: RosterReader,
  lines: readonly string[],
  { commas: chosen }: RosterReadingOptions,
  firstLine = 1,
): void {
  const isCounted = countsUp(lines);
  const read = lines.map((line) => {
    const { text, mark } = withoutMark(isCounted ? line.replace(/^\s*\d+\s+/, "") : line);
    const parts = piecesOf(text).map((piece) => partsOf(piece, chosen === "people"));
    const number = isCounted ? (line.trim().split(/\s/)[0] ?? "") : "";
    return { text, parts, left: [number, mark].filter((one) => one !== "").join(" ") };
  });
  const withCommas = read.flatMap(({ parts }) => parts.map(({ names }) => names)).filter(hasCommas);
  const commas = commasOf(withCommas, chosen);
  if (withCommas.length > 0) reading.commas = commas;
  for (const [index, line] of lines.entries()) {
    const one = read[index];
    if (one === undefined || line.trim() === "") continue;
    const at = index + firstLine;
    if (one.text === "") reading.leaveOut(at, "nothing but a mark stands there");
    else if (isTitle(one.text)) reading.leaveOut(at, "says what the list is called");
    else takeLine(reading, at, one, commas);
  }
}

function takeLine(
  reading: RosterReader,
  line: number,
  { parts, left }: { parts: readonly Parts[]; left: string },
  commas: RosterReader["commas"],
): void {
  const notes = left === "" ? [] : [`“${left}” is left out`];
  const people: RawPerson[] = [];
  for (const { names, emails, role, notes: own } of parts) {
    notes.push(...own);
    const all = names === "" ? [] : namesIn(names, commas);
    if (all === null) {
      reading.ask("commas", COMMA_QUESTION);
      reading.refuse(line, COMMA_QUESTION);
      return;
    }
    if (hasCommas(names)) notes.push(`read from “${short(names)}”`);
    const [email, ...more] = emails;
    if (all.length > 1 && email !== undefined) {
      reading.refuse(line, `of several people on a line nobody can tell whose ${email} is`);
      return;
    }
    if (more.length > 0) notes.push(`“${more.join(", ")}” is left out: a person has one address`);
    const rest = { ...(email !== undefined && { email }), ...(role !== null && { role }) };
    if (all.length === 0) people.push(rest);
    else people.push(...all.map((name) => ({ name, ...rest })));
  }
  reading.take(line, people, notes);
}

/** Splits a line of several people with an address each, as copied from a mail's header; else the line as it is. */
function piecesOf(line: string): string[] {
  if (line.split("@").length < 3) return [line];
  const cells = cellsOf(line, [";", ",", "\t"]);
  if (cells.length > 1 && cells.every(isEmail)) return cells;
  const pieces = line.split(/(?<=>)[\s,;|]+/).filter((piece) => piece.trim() !== "");
  return pieces.length > 1 && pieces.every((piece) => addressedIn(piece.trim()) !== null)
    ? pieces.map((piece) => piece.trim())
    : [line];
}

function partsOf(line: string, isPeople: boolean): Parts {
  const cells = cellsOf(line, isPeople ? [...DELIMITERS] : ["\t", ";", "|", ","]).filter(
    (cell) => cell !== "",
  );
  const parts: Parts = { names: "", emails: [], role: null, notes: [] };
  const names: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const addressed = isEmail(cell) ? null : addressedIn(cell);
    const role = at > 0 ? roleCalled(cell) : null;
    if (isEmail(withoutScheme(cell))) parts.emails.push(withoutScheme(cell));
    else if (addressed !== null) {
      if (addressed.name !== "") names.push(addressed.name);
      parts.emails.push(addressed.email);
    } else if (role !== null && parts.role === null) parts.role = role;
    else names.push(cell);
  }
  const plain = names.filter((name) => !/\d/.test(name));
  // A cell with digits (a number, a class) is no name where another cell is one.
  const used = plain.length > 0 ? plain : names;
  for (const name of names) {
    if (!used.includes(name))
      parts.notes.push(`“${short(name)}” is left out: nobody said what it is`);
  }
  parts.names = used.join(", ");
  if (cells.length === 0) parts.names = line;
  return parts;
}

/** Whether every line begins with the next number: `1 Anna`, `2 Ben`. */
function countsUp(lines: readonly string[]): boolean {
  const numbers = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^\s*(\d{1,4})\s+(?=\p{L})/u.exec(line)?.[1]);
  return (
    numbers.length > 1 && numbers.every((one, at) => one !== undefined && Number(one) === at + 1)
  );
}
