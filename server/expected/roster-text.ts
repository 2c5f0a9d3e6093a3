import { detectDelimiter, parseCsv } from "hucre/csv";
import { ROLES } from "#domain/history/expected/scheduled.ts";
import {
  type Fault,
  faultsAmong,
  type GivenPerson,
  isEmail,
  type Placed,
  personShape,
} from "./roster-line.ts";

export interface RosterRead {
  people: GivenPerson[];
  /** Every line that cannot be taken, and why. With any of them there is no roster. */
  faults: Fault[];
}

type Field = "name" | "user_id" | "email" | "role";

/** What the columns of a table are called, folded: without anything but letters and digits. */
const HEADERS: Readonly<Record<string, Field>> = {
  name: "name",
  fullname: "name",
  displayname: "name",
  participant: "name",
  person: "name",
  student: "name",
  email: "email",
  mail: "email",
  emailaddress: "email",
  useremail: "email",
  userid: "user_id",
  id: "user_id",
  user: "user_id",
  role: "role",
};

/** A person of 300 characters may stand among columns that we do not know; a page of prose may not. */
const LONGEST_LINE = 10_000;
/** Also blank ones, and those that a quoted cell runs over. */
const MOST_LINES = 20_000;
const MOST_COLUMNS = 200;
const LINE_ENDS = /\r\n|\n|\r/;

/**
 * Reads a roster somebody pasted: a table (CSV or TSV, RFC 4180) where the first line names its columns
 * (name, email, user_id, role, in any order), otherwise a person a line: `Name`, `Name <mail>`, `mail`, or
 * those with a mail and a role behind commas, semicolons or tabs. Blank lines are left out, nothing else is.
 * What is too long to be a roster is not looked into.
 */
export function readRoster(text: string): RosterRead {
  const clean = text.replace(/^\uFEFF/, "");
  const tooLong = faultOfLength(clean.split(LINE_ENDS));
  if (tooLong !== null) return { people: [], faults: [tooLong] };
  const { placed, faults } = tableOf(clean) ?? listOf(clean);
  return {
    people: placed.map(({ person }) => person),
    faults: [...faults, ...faultsAmong(placed)].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

function faultOfLength(lines: readonly string[]): Fault | null {
  if (lines.length > MOST_LINES) {
    const message = `a roster has at most ${MOST_LINES} lines, and this has ${lines.length}`;
    return { field: "roster", message };
  }
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  return long < 0 ? null : fault(long + 1, `the line is longer than ${LONGEST_LINE} characters`);
}

interface Lines {
  placed: Placed[];
  faults: Fault[];
}

function tableOf(text: string): Lines | null {
  const first = text.split(LINE_ENDS).find((line) => line.trim() !== "") ?? "";
  const delimiter = detectDelimiter(first);
  const columns = rowsOf(first, delimiter)[0]?.map(fieldOf) ?? [];
  if (!columns.some((field) => field !== null && field !== "role")) return null;
  const lines: Lines = { placed: [], faults: [] };
  const { places, twice } = placesOf(columns);
  if (columns.length > MOST_COLUMNS) {
    const message = `a roster has at most ${MOST_COLUMNS} columns, and this has ${columns.length}`;
    return { placed: [], faults: [{ field: "roster", message }] };
  }
  let line = 1;
  let isHead = true;
  for (const cells of rowsOf(text, delimiter)) {
    const at = line;
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (isHead) {
      isHead = false;
      if (twice) lines.faults.push(fault(at, `two columns are called ${twice}`));
      continue;
    }
    const extra = cells.slice(columns.length).find((cell) => cell.trim() !== "");
    if (extra !== undefined) {
      lines.faults.push(fault(at, `“${short(extra)}” stands in no column: is a quote missing?`));
      continue;
    }
    const given: Partial<Record<Field, string>> = {};
    for (const [field, index] of places) given[field] = cells[index] ?? "";
    take(lines, at, given);
  }
  return lines;
}

/** Where the columns we know stand, so that the others cost a row nothing. */
function placesOf(columns: readonly (Field | null)[]): {
  places: Map<Field, number>;
  twice: Field | undefined;
} {
  const places = new Map<Field, number>();
  let twice: Field | undefined;
  for (const [index, field] of columns.entries()) {
    if (field === null) continue;
    if (places.has(field)) twice ??= field;
    else places.set(field, index);
  }
  return { places, twice };
}

function rowsOf(text: string, delimiter: string): string[][] {
  return parseCsv(text, { delimiter, skipEmptyRows: false }).map((row) =>
    row.map((cell) => (cell === null || cell === undefined ? "" : String(cell))),
  );
}

function fieldOf(header: string): Field | null {
  const folded = header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return Object.hasOwn(HEADERS, folded) ? (HEADERS[folded] ?? null) : null;
}

function listOf(text: string): Lines {
  const lines: Lines = { placed: [], faults: [] };
  for (const [index, line] of text.split(LINE_ENDS).entries()) {
    if (line.trim() !== "") take(lines, index + 1, givenIn(line));
  }
  return lines;
}

/** A comma may be part of a name (`Lovelace, Ada`), unless nothing but an address and a role is behind it. */
function givenIn(line: string): Partial<Record<Field, string>> {
  const [head = "", ...rest] = line.split(/[\t,;]/).map((part) => part.trim());
  const isTold =
    rest.length > 0 && rest.every((part) => part === "" || isEmail(part) || isRole(part));
  const whole = isTold ? head : line.trim().replaceAll("\t", " ");
  const angled = angledIn(whole);
  const mail = isTold ? rest.find(isEmail) : undefined;
  const role = isTold ? rest.find(isRole) : undefined;
  const name = angled ? angled.name.replace(/^"(.*)"$/, "$1") : whole;
  const email = angled?.email ?? mail;
  if (!angled && isEmail(whole)) return { email: whole, ...(role && { role }) };
  return { name, ...(email !== undefined && { email }), ...(role && { role }) };
}

/** `Name <mail>`; `null` for anything else. */
function angledIn(text: string): { name: string; email: string } | null {
  const opens = text.lastIndexOf("<");
  const closes = text.indexOf(">", opens);
  if (opens < 0 || closes !== text.length - 1) return null;
  return { name: text.slice(0, opens).trimEnd(), email: text.slice(opens + 1, -1) };
}

function isRole(text: string): boolean {
  return ROLES.some((role) => role === text.toLowerCase());
}

function take({ placed, faults }: Lines, line: number, given: unknown): void {
  const read = personShape.safeParse(given);
  if (read.success) placed.push({ line, person: read.data });
  else for (const { message } of read.error.issues) faults.push(fault(line, message));
}

function fault(line: number, message: string): Fault {
  return { field: "roster", line, message };
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text;
}
