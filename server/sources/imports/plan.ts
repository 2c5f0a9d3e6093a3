import { addDays } from "#domain/time/period.ts";
import { Unreadable } from "#server/providers/contract/reading.ts";
import { dayIn } from "#server/providers/import/clock.ts";
import { cellsOf, isUtc, type Row } from "#server/providers/import/columns.ts";
import type { NamePart } from "#server/providers/import/languages/language.ts";
import type { ColumnRole } from "#server/providers/import/languages/roles.ts";
import type { Line, LineKind } from "#server/providers/import/schema.ts";
import { understand } from "#server/providers/import/translate.ts";
import { namedIn } from "#server/providers/import/who.ts";
import { type FileName, fileNameOf } from "./file-name.ts";
import { type FileHead, Heads, headIn, type RoomNamedIn, roomIn } from "./head.ts";
import type { Item } from "./item.ts";
import { minuteIn } from "./nights.ts";
import { PersonSpans } from "./person-spans.ts";
import { linesOf } from "./sheet.ts";
import type { SheetLine } from "./sheet-line.ts";
import type { Survey } from "./survey.ts";
import { recordsOf } from "./text.ts";

/** What the person who imports a file states about it. */
export interface ImportQuestion {
  file: string;
  /** IANA name. */
  zone: string;
  /** The room, where the file does not name one. */
  room: string | null;
  /** The day of times without a date, where the file names none; `YYYY-MM-DD`. */
  day: string | null;
}

/** Reads every line of a file, in the order of the file, as it would be stored. */
export function* planned(
  bytes: Uint8Array,
  asked: ImportQuestion,
  survey: Survey,
): Generator<Item> {
  const plan = new Plan(asked, survey);
  for (const found of linesOf(recordsOf(bytes, survey.encoding), survey.hints))
    yield* plan.take(found);
  yield* plan.end();
}

class Plan {
  readonly #asked: ImportQuestion;
  readonly #survey: Survey;
  readonly #named: FileName;
  readonly #day: string | null;
  readonly #heads = new Heads();
  readonly #meetings = new Set<string>();
  readonly #persons = new PersonSpans();
  #isListUtc = false;

  constructor(asked: ImportQuestion, survey: Survey) {
    this.#asked = asked;
    this.#survey = survey;
    this.#named = fileNameOf(asked.file);
    this.#day = this.#named.day ?? asked.day;
  }

  *take(found: SheetLine): Generator<Item> {
    const { line } = found;
    switch (found.kind) {
      case "broken":
        yield { kind: "refused", line, reason: found.reason };
        break;
      case "other":
        yield {
          kind: "left_out",
          line,
          reason: `nothing of it is about attendance: “${cut(found.text)}”`,
        };
        break;
      case "title":
      case "heading":
        yield { kind: "skipped", line };
        break;
      case "head":
        this.#heads.note(this.#survey.format, found);
        yield { kind: "skipped", line };
        break;
      case "row":
        yield* this.#row(found);
        break;
      default:
        found satisfies never;
    }
  }

  *#row({ line, row, table }: Extract<SheetLine, { kind: "row" }>): Generator<Item> {
    const { format, named, list } = this.#survey;
    const { kind, roles } = table;
    if (kind === "strange") {
      yield {
        kind: "left_out",
        line,
        reason: `the columns named in line ${table.line} are not known: “${cut(nameIn(row))}”`,
      };
      return;
    }
    if (kind === "totals" || kind === "meeting") {
      yield { kind: "refused", line, reason: "it says how long, and not when" };
      return;
    }
    const cells = cellsOf(format, row, roles);
    const name = namedIn(cells);
    const email = cells.get("email")?.text ?? "";
    if (kind === "person" && named.hasStays(name, email)) {
      yield { kind: "left_out", line, reason: "rows of every single stay say the same" };
      return;
    }
    const own = headIn(format, row, roles);
    const lent = email === "" && name !== "" ? named.emailOf(name) : null;
    const item = this.#item(kind, line, {
      row,
      columns: roles,
      own,
      part: table.part,
      email: lent,
    });
    if (item.kind === "told") yield* this.#bounds(line, row, roles, own);
    if (item.kind === "told" && kind === "action") {
      this.#isListUtc = isUtc(cells.get("at")?.column ?? "");
      if (list.open.has(line)) item.remarks.push({ remark: "end_unknown", cell: null });
    }
    if (item.kind === "told" && kind === "person") this.#persons.note(item);
    yield item;
  }

  /** When the meeting began and ended, once before the first of its people. */
  *#bounds(
    line: number,
    row: Row,
    roles: readonly (ColumnRole | null)[],
    own: FileHead,
  ): Generator<Item> {
    const { bounds, head } = this.#heads;
    if (bounds !== null && head.starts !== undefined) {
      yield this.#item("meeting", bounds.line, { ...bounds, own: {} });
      this.#heads.bounds = null;
    }
    if (own.starts === undefined || this.#survey.format !== "zoom") return;
    const cells = cellsOf("zoom", row, roles);
    const times = (["starts", "ends"] as const).flatMap((role) => {
      const cell = cells.get(role);
      return cell === undefined ? [] : [{ role, cell }];
    });
    const pairs = times.map(({ cell: { column, text } }) => [column, text] as const);
    const name = JSON.stringify([own.room, pairs]);
    if (this.#meetings.has(name)) return;
    this.#meetings.add(name);
    yield this.#item("meeting", line, { row: pairs, columns: times.map(({ role }) => role), own });
  }

  /** The start and end of each meeting of a list, so that its stays are not split into several meetings. */
  *end(): Generator<Item> {
    const columns: ColumnRole[] = ["starts", "ends"];
    const between = (line: number, zone: string, starts: string, ends: string) => {
      const row: Row = [
        [`Start time${zone}`, starts],
        [`End time${zone}`, ends],
      ];
      return this.#item("list", line, { row, columns, own: {} });
    };
    for (const { starts, ends, line } of this.#survey.list.parts) {
      yield between(line, this.#isListUtc ? " (UTC)" : "", starts, ends);
    }
    const { starts, ends } = this.#heads.head;
    if (starts !== undefined && ends !== undefined) return;
    for (const { from, to, line } of this.#persons.apart()) {
      yield between(line, "", new Date(from).toISOString(), new Date(to).toISOString());
    }
  }

  #item(
    kind: LineKind,
    line: number,
    { row, columns, own, part = null, email = null }: RowToRead,
  ): Item {
    const { format, dates, firstTime, nightBegins } = this.#survey;
    const { file, zone, room: askedRoom } = this.#asked;
    const head = { ...this.#heads.head, ...own };
    const where = roomIn(format, head, { named: this.#named, room: askedRoom, firstTime });
    const isCode = where.from === "file_name" && this.#named.isCode;
    const day = dayIn(head.day ?? "", dates.order) ?? this.#day;
    // Without a night (0), no time is after midnight.
    const minute =
      nightBegins > 0 ? minuteIn(cellsOf(format, row, columns).get("joined")?.text) : null;
    const isAfterMidnight = minute !== null && minute < nightBegins;
    const data: Line = {
      file: file.slice(-200),
      line,
      zone,
      dates: dates.order,
      day: isAfterMidnight ? day && addDays(day, 1) : day,
      room: where.room,
      room_said: where.from === "file" || isCode,
      title: where.title,
      host: head.host ?? null,
      row: row.map(([column, cell]) => [column, cell]),
      columns: [...columns],
      part,
      email,
      alone: this.#survey.list.alone.has(line) && kind === "action",
    };
    return understood(`${format}.${kind}`, data, where.from);
  }
}

interface RowToRead {
  row: Row;
  columns: readonly (ColumnRole | null)[];
  /** What the row itself states about its meeting. */
  own: FileHead;
  part?: NamePart | null;
  /** The email address that another row states for the same name. */
  email?: string | null;
}

function understood(type: string, data: Line, roomFrom: RoomNamedIn["from"]): Item {
  const { line } = data;
  const body = { type, data };
  try {
    const { reading, remarks } = understand(body);
    if (reading.kind !== "events") {
      return {
        kind: "left_out",
        line,
        reason: `${ABSENT[type] ?? "they did not attend"}: “${cut(nameIn(data.row))}”`,
      };
    }
    return { kind: "told", line, roomFrom, body: JSON.stringify(body), reading, remarks };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: "refused", line, reason: error.message };
  }
}

const ABSENT: Record<string, string> = {
  "meet.endpoint": "it is about something else than a stay",
};

function nameIn(row: Row): string {
  return row
    .map(([, cell]) => cell.trim())
    .filter((cell) => cell !== "")
    .slice(0, 3)
    .join(", ");
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60).toWellFormed()}…` : line;
}
