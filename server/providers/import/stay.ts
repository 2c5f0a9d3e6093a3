import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import { Unreadable } from "#server/providers/contract/reading.ts";
import { DAY } from "./clock.ts";
import type { Cells, NamedCell } from "./columns.ts";
import type { ImportFormat } from "./languages/roles.ts";
import { lengthIn } from "./length.ts";
import { yesOrNo } from "./lexicon.ts";
import type { Line } from "./schema.ts";
import { cut, type Read, type Reads } from "./times.ts";
import { asAbout, whoIn } from "./who.ts";

/** What a line is read from. */
export interface Sheet {
  format: ImportFormat;
  line: Line;
  cells: Cells;
  reads: Reads;
}

/** The events of a line (`told`), and the values of the line that identify them (`known`). */
export interface Events {
  told: MeetingEvent[];
  known: readonly (string | number | null)[];
}

/** A stated length, and the unit to which it is exact. */
interface Length {
  ms: Ms;
  exactMs: Ms;
}

/** The stay or wait of one row; `null` for a person who was not there. Throws `Unreadable`. */
export function stayIn(sheet: Sheet, kind: "visit" | "person"): Events | null {
  const { format, line, cells, reads } = sheet;
  if (wasAbsent(sheet)) return null;
  const joined = reads.required("joined");
  const length = statedLength(sheet, kind);
  const left = reads.optional("left", joined);
  if (left === null && length === null) throw new Unreadable("it does not say when they left");
  const until = left?.at ?? joined.at + (length?.ms ?? 0);
  if (until < joined.at) throw new Unreadable("they leave before they come");
  const isWait = isInWaitingRoom(sheet);
  const who = whoIn(format, line, cells, reads.remarks);
  const idParts = [
    who.own.name,
    who.own.userId,
    joined.shown,
    left?.shown ?? until - joined.at,
    isWait,
  ].map(String);
  const about = asAbout(format, who, idParts);
  const end = endOf(sheet, kind, joined, left, length);
  if (isWait) {
    const wait = { startedAt: joined.at, ...about, isHost: null };
    return {
      told: [
        { type: "knocked", at: joined.at, ...about, isHost: null },
        { type: "stopped_waiting", at: end.at, ...wait },
      ],
      known: idParts,
    };
  }
  const told: MeetingEvent[] = [{ type: "joined", at: joined.at, ...about }];
  const leave: MeetingEvent = { type: "left", at: end.at, joinedAt: joined.at, ...about };
  told.push(end.isInferred ? { ...leave, inferred: true } : leave);
  // Present once more at that moment; the file does not state since when.
  if (end.lastAt !== null) told.push({ type: "left", at: end.lastAt, joinedAt: null, ...about });
  return { told: told, known: idParts };
}

/** When a stay ends, and when the person was last present after that. */
interface End {
  at: Ms;
  isInferred: boolean;
  lastAt: Ms | null;
}

/**
 * A row of a person's whole attendance states the first and last moment, and how long they were there in
 * between. In any row, a stated length is checked against the times.
 */
function endOf(
  { line, cells, reads: { remarks } }: Sheet,
  kind: "visit" | "person",
  joined: Read,
  left: Read | null,
  length: Length | null,
): End {
  if (left === null || length === null) {
    const at = left?.at ?? joined.at + (length?.ms ?? 0);
    if (at - joined.at > DAY && isNew(line)) remarks.add("over_a_day", cells.get("left"));
    return { at, isInferred: false, lastAt: null };
  }
  const span = left.at - joined.at;
  const coarse = isNew(line) && left.isCoarse ? MINUTE : 0;
  const slack = slackOf(length.exactMs) + coarse;
  const isShorter = length.ms + slack < span;
  if (isNew(line)) {
    if (span > DAY && kind === "person" && isShorter) {
      throw new Unreadable("it tells of more than a day, and so of more than one meeting");
    }
    if (span > DAY) remarks.add("over_a_day", cells.get("left"));
    if (span === 0 && left.isCoarse && length.ms > 0 && length.ms <= 2 * MINUTE) {
      remarks.add("minute_length", cells.get("duration"));
      return { at: joined.at + length.ms, isInferred: true, lastAt: null };
    }
    const isLonger = length.ms > span + slack;
    if (isLonger || (isShorter && kind === "visit")) {
      remarks.add("length_contradicts", cells.get("duration"));
    }
  }
  if (kind === "visit" || !isShorter) return { at: left.at, isInferred: false, lastAt: null };
  remarks.add("inferred_end", cells.get("duration"));
  return { at: joined.at + length.ms, isInferred: true, lastAt: isNew(line) ? left.at : null };
}

const MINUTE: Ms = 60_000;

/** Whole minutes are rounded up or down, and the times beside them as well. */
function slackOf(exactMs: Ms): Ms {
  return exactMs >= MINUTE ? 90_000 : 5_000;
}

/** Whether the line has `columns`: an older line is read as it was read when it was stored. */
export function isNew({ columns }: Line): boolean {
  return columns != null;
}

function wasAbsent({ format, line, cells }: Sheet): boolean {
  const attended = cells.get("attended");
  if (!isNew(line)) return /^(?:no|n)$/i.test(attended?.text ?? "");
  if (attended !== undefined) return !answerIn(attended);
  // A person on the class list without a time beside the name did not come.
  return format === "meet" && !cells.has("joined") && !cells.has("left") && !cells.has("duration");
}

function isInWaitingRoom({ line, cells }: Sheet): boolean {
  const waiting = cells.get("waiting");
  if (waiting === undefined) return false;
  if (!isNew(line)) return /^(?:yes|y|true|ja|oui|sí|si|sim)$/i.test(waiting.text);
  return answerIn(waiting);
}

/** Throws `Unreadable` for what is neither yes nor no. */
function answerIn(cell: NamedCell): boolean {
  const answer = yesOrNo(cell.text);
  if (answer === null) throw new Unreadable(`${quoted(cell)} is neither yes nor no`);
  return answer;
}

/** `“Maybe” in the column “In Waiting Room”` */
export function quoted({ column, text }: NamedCell): string {
  return `“${cut(text)}” in the column “${cut(column)}”`;
}

/** A length that is not understood may be ignored only where the row has both times. */
function statedLength({ line, cells, reads }: Sheet, kind: "visit" | "person"): Length | null {
  const cell = cells.get("duration");
  const length = lengthOf(cell);
  if (cell === undefined || length !== null || !isNew(line)) return length;
  if (kind === "person" || !cells.has("left")) {
    throw new Unreadable(`the length ${quoted(cell)} was not understood`);
  }
  reads.remarks.add("length_not_understood", cell);
  return null;
}

const SECONDS = /second|segund|sekund|secondi|秒|초/i;

/** The length that a cell states, in minutes where neither it nor its column names a unit. */
export function lengthOf(cell: NamedCell | undefined, unit?: Ms): Length | null {
  if (cell === undefined) return null;
  return lengthIn(cell.text, unit ?? (SECONDS.test(cell.column) ? 1000 : MINUTE));
}
