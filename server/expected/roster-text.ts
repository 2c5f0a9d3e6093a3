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

const ANGLED = /^(?<name>.*?)\s*<(?<email>[^<>]*)>\s*$/;

/**
 * Reads a roster somebody pasted: a table (CSV or TSV, RFC 4180) where the first line names its columns
 * (name, email, user_id, role, in any order), otherwise a person a line: `Name`, `Name <mail>`, `mail`, or
 * those with a mail and a role behind commas, semicolons or tabs. Blank lines are left out, nothing else is.
 */
export function readRoster(text: string): RosterRead {
  const clean = text.replace(/^\uFEFF/, "");
  const { placed, faults } = tableOf(clean) ?? listOf(clean);
  return {
    people: placed.map(({ person }) => person),
    faults: [...faults, ...faultsAmong(placed)].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

interface Lines {
  placed: Placed[];
  faults: Fault[];
}

function tableOf(text: string): Lines | null {
  const first = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== "") ?? "";
  const delimiter = detectDelimiter(first);
  const columns = rowsOf(first, delimiter)[0]?.map(fieldOf) ?? [];
  if (!columns.some((field) => field !== null && field !== "role")) return null;
  const lines: Lines = { placed: [], faults: [] };
  const twice = columns.find((field, index) => field !== null && columns.indexOf(field) !== index);
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
    for (const [index, field] of columns.entries()) {
      if (field !== null) given[field] = cells[index] ?? "";
    }
    take(lines, at, given);
  }
  return lines;
}

function rowsOf(text: string, delimiter: string): string[][] {
  return parseCsv(text, { delimiter, skipEmptyRows: false }).map((row) =>
    row.map((cell) => (cell === null || cell === undefined ? "" : String(cell))),
  );
}

function fieldOf(header: string): Field | null {
  return HEADERS[header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")] ?? null;
}

function listOf(text: string): Lines {
  const lines: Lines = { placed: [], faults: [] };
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
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
  const angled = ANGLED.exec(whole)?.groups;
  const mail = isTold ? rest.find(isEmail) : undefined;
  const role = isTold ? rest.find(isRole) : undefined;
  const name = angled ? (angled["name"] ?? "").replace(/^"(.*)"$/, "$1") : whole;
  const email = angled?.["email"] ?? mail;
  if (!angled && isEmail(whole)) return { email: whole, ...(role && { role }) };
  return { name, ...(email !== undefined && { email }), ...(role && { role }) };
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
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
