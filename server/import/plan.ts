import type { MeetingEvent } from "#domain/event.ts";
import { type DateOrder, dayIn } from "#server/providers/import/clock.ts";
import {
  cellsOf,
  type Format,
  isUtc,
  type Role,
  type Row,
} from "#server/providers/import/columns.ts";
import type { Kind, Line } from "#server/providers/import/schema.ts";
import { type Remark, understand } from "#server/providers/import/translate.ts";
import { type Reading, Unreadable } from "#server/providers/provider.ts";
import { fileNameOf } from "./file-name.ts";
import { linesOf } from "./sheet.ts";
import type { Survey } from "./survey.ts";

/** What the person who imports a file says of it. */
export interface Asked {
  file: string;
  /** IANA name. */
  zone: string;
  /** The room, where the file does not say. */
  room: string | null;
  /** The day of times without a date, where the file does not say; `YYYY-MM-DD`. */
  day: string | null;
}

/** What became of one line. */
export type Item =
  | {
      kind: "told";
      line: number;
      isRoomSaid: boolean;
      body: string;
      reading: Told;
      remarks: Remark[];
    }
  | { kind: "refused"; line: number; reason: string }
  /** It says nothing of attendance, or nothing that others do not say. */
  | { kind: "skipped"; line: number };

type Told = Extract<Reading, { kind: "events" }>;

/** What stands above the rows, by what it says. */
type Head = Partial<Record<Role, string>>;

/** The lines of a head together, by the first of them. */
interface Bounds {
  line: number;
  row: Row;
}

/** Every line of a file as what would be kept of it, in the order of the file. */
export function* planned(
  bytes: Uint8Array,
  asked: Asked,
  { format, dates, hasStays }: Survey,
): Generator<Item> {
  let head: Head = {};
  let bounds: Bounds | null = null;
  const list = new ListEnds();
  const seen = new Set<string>();
  const itemOf = (kind: Kind, line: number, row: Row, own: Head = {}): Item =>
    understood(`${format}.${kind}`, lineOf(asked, format, dates, { ...head, ...own }, line, row));

  for (const found of linesOf(bytes, format)) {
    switch (found.kind) {
      case "other":
        yield { kind: "skipped", line: found.line };
        break;
      case "broken":
        yield { kind: "refused", line: found.line, reason: found.reason };
        break;
      case "head": {
        // A head in a row of its own begins another meeting; one of lines goes on.
        const above: { head: Head; bounds: Bounds | null } =
          found.table === null ? { head, bounds } : { head: {}, bounds: null };
        head = { ...above.head, ...headIn(format, found.row) };
        const before: Row = above.bounds?.row ?? [];
        bounds = { line: above.bounds?.line ?? found.line, row: [...before, ...found.row] };
        yield { kind: "skipped", line: found.line };
        break;
      }
      case "row": {
        const { table, line, row } = found;
        if (bounds !== null && head.starts !== undefined) {
          yield itemOf("meeting", bounds.line, bounds.row);
          bounds = null;
        }
        if (table.kind === "totals" || table.kind === "meeting") {
          yield { kind: "refused", line, reason: "it says how long, and not when" };
        } else if (table.kind === "person" && hasStays) {
          yield { kind: "skipped", line };
        } else {
          const own = headIn(format, row);
          const meeting = meetingIn(format, row, own);
          if (meeting !== null && !seen.has(meeting.name)) {
            seen.add(meeting.name);
            yield itemOf("meeting", line, meeting.row, own);
          }
          const item = itemOf(table.kind, line, row, own);
          if (table.kind === "action" && item.kind === "told") list.note(item, format, row);
          yield item;
        }
        break;
      }
      default:
        found satisfies never;
    }
  }
  const ends = list.row();
  if (ends !== null) yield itemOf("list", ends.line, ends.row);
}

/** When a list of comings and goings begins and ends, as it writes that. */
class ListEnds {
  #first: { at: number; text: string } | null = null;
  #last: { at: number; text: string; line: number } | null = null;
  #isUtc = false;

  note({ line, reading }: Extract<Item, { kind: "told" }>, format: Format, row: Row): void {
    const at = Math.max(...reading.about.events.map((event: MeetingEvent) => event.at));
    const cell = cellsOf(format, row).get("at");
    const text = cell?.text ?? "";
    this.#isUtc = cell !== undefined && isUtc(cell.column);
    if (this.#first === null || at < this.#first.at) this.#first = { at, text };
    if (this.#last === null || at >= this.#last.at) this.#last = { at, text, line };
  }

  row(): { line: number; row: Row } | null {
    if (this.#first === null || this.#last === null) return null;
    const zone = this.#isUtc ? " (UTC)" : "";
    const row: Row = [
      [`Start time${zone}`, this.#first.text],
      [`End time${zone}`, this.#last.text],
    ];
    return { line: this.#last.line, row };
  }
}

const OF_A_MEETING: readonly Role[] = ["room", "title", "starts", "ends", "host", "day"];

function headIn(format: Format, row: Row): Head {
  const cells = cellsOf(format, row);
  const head: Head = {};
  for (const role of OF_A_MEETING) {
    const text = cells.get(role)?.text;
    if (text !== undefined) head[role] = text;
  }
  // The head of a Zoom report names its host, and nobody else, by address.
  const host = cells.get("email")?.text;
  const isHead = format === "zoom" && !cells.has("name") && !cells.has("joined");
  if (isHead && head.host === undefined && host !== undefined) head.host = host;
  return head;
}

/** The meeting of a row that names its own, with its times: such files have no head. */
function meetingIn(format: Format, row: Row, own: Head): { name: string; row: Row } | null {
  if (own.starts === undefined || format !== "zoom") return null;
  const cells = cellsOf(format, row);
  const roles: readonly Role[] = ["starts", "ends"];
  const pairs = roles.flatMap((role) => {
    const cell = cells.get(role);
    return cell === undefined ? [] : [[cell.column, cell.text] as const];
  });
  return { name: JSON.stringify([own.room, pairs]), row: pairs };
}

function lineOf(
  { file, zone, room, day }: Asked,
  format: Format,
  dates: DateOrder,
  head: Head,
  line: number,
  row: Row,
): Line {
  const named = fileNameOf(file);
  const said = keyOf(format, head);
  const isKnown = said !== null || (named.isCode && room === null);
  return {
    file: file.slice(-200),
    line,
    zone,
    dates,
    day: dayIn(head.day ?? "", dates) ?? named.day ?? day,
    room: said ?? room ?? named.room,
    room_said: isKnown,
    title: head.title ?? null,
    host: head.host ?? null,
    row: row.map(([column, cell]) => [column, cell]),
  };
}

/** Zoom writes its numbers in groups; Teams tells meetings of one name apart by nothing else. */
function keyOf(format: Format, { room, title }: Head): string | null {
  if (room === undefined) return title ?? null;
  return format === "zoom" ? room.replace(/[\s-]/g, "") : room;
}

function understood(type: string, data: Line): Item {
  const { line } = data;
  const body = { type, data };
  try {
    const { reading, remarks } = understand(body);
    if (reading.kind !== "events") return { kind: "skipped", line };
    return {
      kind: "told",
      line,
      isRoomSaid: data.room_said,
      body: JSON.stringify(body),
      reading,
      remarks,
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: "refused", line, reason: error.message };
  }
}
