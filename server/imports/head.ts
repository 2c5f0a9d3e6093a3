import { cellsOf, type Row } from "#server/providers/import/columns.ts";
import type { ColumnRole, ImportFormat } from "#server/providers/import/languages/roles.ts";
import { isNoTitle } from "#server/providers/import/lexicon.ts";
import type { FileName } from "./file-name.ts";
import { NotUnderstood } from "./refusal.ts";
import type { SheetLine } from "./sheet.ts";

/** What stands above the rows, by what it says. */
export interface FileHead {
  room?: string;
  title?: string;
  starts?: string;
  ends?: string;
  host?: string;
  day?: string;
}

/** The lines of a head together, by the first of them. */
export interface FileHeadLines {
  line: number;
  row: Row;
  columns: (ColumnRole | null)[];
}

/** What the heads of a file say while it is read. */
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

/** The columns that tell of a meeting, and of nobody in it. */
export const OF_A_MEETING = ["room", "title", "starts", "ends", "host", "day"] as const;

/** What a row, or a line of a head, says of its meeting. */
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
  // The head of a Zoom report names its host, and nobody else, by address.
  const host = cells.get("email")?.text;
  const isHead = format === "zoom" && !cells.has("name") && !cells.has("joined");
  if (isHead && head.host === undefined && host !== undefined) head.host = host;
  return head;
}

/** Where a meeting happened, and who says so; `none` where nobody does, and it is a room of its own. */
export interface RoomNamedIn {
  room: string;
  from: "file" | "file_name" | "operator" | "none";
  title: string | null;
}

/** What names a room where the file does not. */
export interface RoomClues {
  named: FileName;
  /** The room that somebody said. */
  room: string | null;
  firstTime: string | null;
}

const NUMBER_CUT = /^\d+(?:[.,]\d+)?E\+?\d+$/i;
/** Teams gives every occurrence of a series such an id. */
const OF_ONE_OCCURRENCE = /^\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?$/i;

/**
 * The room of a meeting: a series goes by its title where its ids are of occurrences. Throws `NotUnderstood`
 * where what stands there is no room, and nothing else names one.
 */
export function roomIn(
  format: ImportFormat,
  head: FileHead,
  { named, room: asked, firstTime }: RoomClues,
): RoomNamedIn {
  const title = head.title === undefined || isNoTitle(head.title) ? null : head.title;
  const isCut = head.room !== undefined && NUMBER_CUT.test(head.room);
  const id = head.room === undefined || isCut || isNoTitle(head.room) ? null : head.room;
  if (id !== null && !OF_ONE_OCCURRENCE.test(id)) {
    // Zoom writes its numbers in groups.
    return { room: format === "zoom" ? id.replace(/[\s-]/g, "") : id, from: "file", title };
  }
  if (title !== null && !isCut) return { room: title, from: "file", title };
  if (asked !== null) return { room: asked, from: "operator", title };
  if (isCut ? named.isCode : !named.isDefault)
    return { room: named.room, from: "file_name", title };
  const bad = isCut ? head.room : (head.title ?? (id === null ? undefined : id));
  if (bad !== undefined) throw roomAsked(bad, isCut);
  return { room: `${named.room} ${firstTime ?? ""}`.trim(), from: "none", title };
}

function roomAsked(text: string, isCut: boolean): NotUnderstood {
  const why = isCut
    ? `The meeting’s number “${text}” was cut by a spreadsheet`
    : `“${text}” is no name of a room`;
  const message = `${why}, and the file’s name names none: say which room it was.`;
  return new NotUnderstood(message, "room", [{ field: "room", text, message }]);
}
