import { cellsOf, type Row } from "#server/providers/import/columns.ts";
import type { ColumnRole, ImportFormat } from "#server/providers/import/languages/roles.ts";
import { isNoTitle } from "#server/providers/import/lexicon.ts";
import type { FileName } from "./file-name.ts";
import { NotUnderstood } from "./refusal.ts";
import type { SheetLine } from "./sheet-line.ts";

/** What the lines above the rows state about the meeting. */
export interface FileHead {
  room?: string;
  title?: string;
  starts?: string;
  ends?: string;
  host?: string;
  day?: string;
}

/** The lines of a head as one row; `line` is the first of them. */
export interface FileHeadLines {
  line: number;
  row: Row;
  columns: (ColumnRole | null)[];
}

/** The head that applies to the next line, while a file is read. */
export class Heads {
  head: FileHead = {};
  bounds: FileHeadLines | null = null;

  note(
    format: ImportFormat,
    { line, row, columns, table }: Extract<SheetLine, { kind: "head" }>,
  ): void {
    // A head in a row of its own begins another meeting; one of lines goes on.
    const before = table === null ? this.bounds : null;
    this.head = { ...(table === null && this.head), ...headIn(format, row, columns) };
    this.bounds = {
      line: before?.line ?? line,
      row: [...(before?.row ?? []), ...row],
      columns: [...(before?.columns ?? []), ...columns],
    };
  }
}

/** The columns about a meeting itself, and not about a person in it. */
export const OF_A_MEETING = ["room", "title", "starts", "ends", "host", "day"] as const;

/** What a row, or a line of a head, states about its meeting. */
export function headIn(
  format: ImportFormat,
  row: Row,
  columns: readonly (ColumnRole | null)[],
): FileHead {
  const cells = cellsOf(format, row, columns);
  const head: FileHead = {};
  for (const role of OF_A_MEETING) {
    const text = cells.get(role)?.text;
    if (text !== undefined) head[role] = text;
  }
  // The only address in the head of a Zoom report is its host's.
  const host = cells.get("email")?.text;
  const isHead = format === "zoom" && !cells.has("name") && !cells.has("joined");
  if (isHead && head.host === undefined && host !== undefined) head.host = host;
  return head;
}

/** The room of a meeting, and what names it; with `none` nothing does, and it becomes a room of its own. */
export interface RoomNamedIn {
  room: string;
  from: "file" | "file_name" | "operator" | "none";
  title: string | null;
}

/** What names a room where the file does not. */
export interface RoomClues {
  named: FileName;
  /** The room that an operator entered. */
  room: string | null;
  firstTime: string | null;
}

const NUMBER_CUT = /^\d+(?:[.,]\d+)?E\+?\d+$/i;
/** Teams gives every occurrence of a series such an id. */
const OF_ONE_OCCURRENCE = /^\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?$/i;

/**
 * The room of a meeting. Where ids are of single occurrences, the title names the room. Throws `NotUnderstood`
 * where the file's value is no room, and nothing else names one.
 */
export function roomIn(
  format: ImportFormat,
  head: FileHead,
  { named, room: entered, firstTime }: RoomClues,
): RoomNamedIn {
  const title = head.title === undefined || isNoTitle(head.title) ? null : head.title;
  const isCut = head.room !== undefined && NUMBER_CUT.test(head.room);
  const id = head.room === undefined || isCut || isNoTitle(head.room) ? null : head.room;
  if (id !== null && !OF_ONE_OCCURRENCE.test(id)) {
    // Zoom writes its numbers in groups.
    return { room: format === "zoom" ? id.replace(/[\s-]/g, "") : id, from: "file", title };
  }
  if (title !== null && !isCut) return { room: title, from: "file", title };
  if (entered !== null) return { room: entered, from: "operator", title };
  if (isCut ? named.isCode : !named.isDefault)
    return { room: named.room, from: "file_name", title };
  const unusable = isCut ? head.room : (head.title ?? (id === null ? undefined : id));
  if (unusable !== undefined) throw roomNeeded(unusable, isCut);
  return { room: `${named.room} ${firstTime ?? ""}`.trim(), from: "none", title };
}

function roomNeeded(text: string, isCut: boolean): NotUnderstood {
  const why = isCut
    ? `The meeting’s number “${text}” was cut by a spreadsheet`
    : `“${text}” is no name of a room`;
  const message = `${why}, and the file’s name names none: say which room it was.`;
  return new NotUnderstood(message, "room", [{ field: "room", text, message }]);
}
