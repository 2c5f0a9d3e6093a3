import { foldName } from "#domain/identity/name.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clockIn, type DateOrder } from "#server/providers/import/clock.ts";
import { cellsOf } from "#server/providers/import/columns.ts";
import type { ColumnRole, ImportFormat } from "#server/providers/import/languages/roles.ts";
import { ADDRESS, namedIn } from "#server/providers/import/who.ts";
import { type TableSeen as Seen, TableSeen } from "./columns-seen.ts";
import { DateEvidence, type Dates } from "./dates.ts";
import { fileNameOf, formatHint } from "./file-name.ts";
import { type FileHead, Heads, headIn, roomIn } from "./head.ts";
import { headingsRefused, LikelyHeading } from "./headings-seen.ts";
import { Night } from "./nights.ts";
import { ActionList, type ListParts } from "./parts.ts";
import { pausing } from "./pause.ts";
import { NotUnderstood } from "./refusal.ts";
import { type Hints, linesOf } from "./sheet.ts";
import type { SheetLine } from "./sheet-line.ts";
import type { ColumnChoices } from "./table.ts";
import { type Encoding, encodingOf, recordsOf } from "./text.ts";

/** What is known of a whole file after the first of two readings. */
export interface Survey {
  format: ImportFormat;
  encoding: Encoding;
  hints: Hints;
  dates: Dates;
  tables: readonly Seen[];
  list: ListParts;
  /** In minutes since midnight: undated times before that are of the next day. */
  nightBegins: number;
  named: NamedRows;
  /** The first time in the file, as `2026-03-31 10:00`; `null` where it has none. */
  firstTime: string | null;
  /** The number of lines with people. */
  rows: number;
}

/** What the sender of a file states about how to read it. */
export interface SurveyAsked {
  file: string;
  format: ImportFormat | null;
  dates: DateOrder | null;
  day: string | null;
  room: string | null;
  said: ColumnChoices;
}

/** The names and addresses in rows, so that a row is left out only where another says the same. */
export class NamedRows {
  /** The addresses in rows of single stays, by name; an empty string for a row without one. */
  readonly #stays = new Map<string, Set<string>>();
  readonly #people = new Map<string, Set<string>>();

  note(kind: "visit" | "person", name: string, email: string): void {
    const all = kind === "visit" ? this.#stays : this.#people;
    const fold = foldName(name) ?? "";
    all.set(fold, (all.get(fold) ?? new Set()).add(email.toLowerCase()));
  }

  /** Whether rows of single stays name that person. */
  hasStays(name: string, email: string): boolean {
    const own = this.#stays.get(foldName(name) ?? "");
    if (own === undefined) return false;
    return email === "" || own.has("") || own.has(email.toLowerCase());
  }

  /** The address in the rows of people with that name; `null` where rows state several. */
  emailOf(name: string): string | null {
    const fold = foldName(name) ?? "";
    const given = this.#people.get(fold) ?? new Set();
    const addresses = new Set([...given, ...(this.#stays.get(fold) ?? [])]);
    addresses.delete("");
    const [only, ...others] = addresses;
    const isGiven = only !== undefined && given.has(only) && others.length === 0;
    return isGiven && ADDRESS.test(only) ? only : null;
  }
}

const TIMES: readonly ColumnRole[] = ["joined", "left", "at", "starts", "ends", "day"];

/** Reads a whole file, pausing for other work. Throws `NotUnderstood` where nothing can be imported from it. */
export async function survey(bytes: Uint8Array, asked: SurveyAsked, now: Ms): Promise<Survey> {
  const { file, format, said, dates: order, day, room } = asked;
  const encoding = await encodingOf(bytes);
  const hints: Hints = { format, hint: formatHint(file), said };
  const gathered = new Gathering(format);
  gathered.dates.note(file, "its name");
  for await (const line of pausing(linesOf(recordsOf(bytes, encoding), hints))) gathered.note(line);
  const { tables, night } = gathered;
  const named = fileNameOf(file);
  const found = gathered.format;
  if (gathered.rows === 0 || found === null) throw gathered.refusal();
  for (const table of tables) table.refuseWaiting();
  const dates = gathered.dates.conclude(order, now);
  const list = gathered.list.conclude(dates.order, named.day ?? day);
  const { rows } = gathered;
  const first = clockIn(gathered.firstTime ?? "", dates.order, named.day ?? day);
  const firstTime = first && new Date(first.shown).toISOString().slice(0, 16).replace("T", " ");
  for (const head of gathered.rooms.values()) roomIn(found, head, { named, room, firstTime });
  const nightBegins = night.begins;
  return {
    format: found,
    encoding,
    hints,
    dates,
    tables,
    list,
    nightBegins,
    named: gathered.named,
    firstTime,
    rows,
  };
}

/** Gathers what a file shows, line by line. */
class Gathering {
  format: ImportFormat | null;
  rows = 0;
  firstTime: string | null = null;
  readonly tables: TableSeen[] = [];
  readonly dates = new DateEvidence();
  readonly named = new NamedRows();
  readonly night = new Night();
  readonly list = new ActionList();
  /** The rooms that its rows name. */
  readonly rooms = new Map<string, FileHead>();
  readonly #heads = new Heads();
  readonly #heading = new LikelyHeading();

  constructor(format: ImportFormat | null) {
    this.format = format;
  }

  note(found: SheetLine): void {
    const { line, text } = found;
    this.dates.note(text, `line ${line}`);
    if (found.kind === "heading") {
      if (found.table.kind !== "meeting" && found.table.kind !== "strange") {
        this.format ??= found.table.format;
      }
      this.tables.push(new TableSeen(found.table));
    }
    // A broken line may name a person, so the file is not empty.
    if (found.kind === "broken" && this.tables.length > 0) this.rows += 1;
    if (found.kind === "other") this.#heading.note(line, text);
    if (found.kind === "head") {
      this.#noteTimes(found.row, found.columns, line);
      this.#heads.note(this.format ?? "teams", found);
    }
    if (found.kind === "row") this.#noteRow(found);
  }

  #noteRow({ row, table, line }: Extract<SheetLine, { kind: "row" }>): void {
    this.tables.at(-1)?.note(row);
    const { kind } = table;
    if (kind === "strange" || kind === "totals") return;
    this.rows += 1;
    const cells = this.#noteTimes(row, table.roles, line);
    const head = { ...this.#heads.head, ...headIn(table.format, row, table.roles) };
    this.rooms.set(`${head.room}\n${head.title}`, head);
    const text = (role: ColumnRole) => cells.get(role)?.text ?? "";
    const name = namedIn(cells);
    if (kind === "visit" || kind === "person") {
      if (cells.has("joined") || kind === "person") this.named.note(kind, name, text("email"));
      this.night.note(cells.get("joined")?.text, cells.get("left")?.text);
    }
    if (kind === "action") {
      const who = `${foldName(name) ?? ""}\n${text("email")}\n${text("session")}`;
      this.list.note(line, who, text("action"), text("at"));
    }
  }

  #noteTimes(
    row: Parameters<typeof cellsOf>[1],
    columns: readonly (ColumnRole | null)[],
    line: number,
  ) {
    const cells = cellsOf(this.format ?? "teams", row, columns);
    for (const role of TIMES) {
      const text = cells.get(role)?.text;
      if (text === undefined) continue;
      this.firstTime ??= role === "day" ? null : text;
      this.dates.noteTime(text, line);
    }
    return cells;
  }

  /** Why nothing of the file can be imported. */
  refusal(): NotUnderstood {
    const totals = this.tables.find(({ table, rows }) => table.kind === "totals" && rows > 0);
    const isTimed = totals?.columns.some(({ look }) => look === "time") === true;
    if (totals !== undefined && isTimed && totals.table.line !== null) {
      return headingsRefused(totals.table.line, totals.columns);
    }
    if (totals !== undefined) return new NotUnderstood(TOTALS);
    if (this.tables.some(({ table }) => table.kind !== "strange" && table.kind !== "meeting")) {
      return new NotUnderstood(
        "The columns of this file are known, and no line with somebody stands below them.",
      );
    }
    return this.#heading.refusal() ?? new NotUnderstood(STRANGE);
  }
}

const TOTALS =
  "This report says how long people were there, and not when: export it again with every stay in a " +
  "line of its own (in Zoom without “Show unique users”).";
const STRANGE =
  "No line of this file names the columns of an attendance report of Zoom, Teams or Meet, with people below it.";
