import type { About, MeetingEvent, Ms } from "#domain/event.ts";
import { foldName } from "#domain/name.ts";
import {
  moment,
  nameOf,
  naturalKey,
  optionalKey,
  type Reading,
  readJson,
  requiredKey,
  sha256,
  shaped,
  typeName,
  Unreadable,
} from "#server/providers/provider.ts";
import { lengthIn } from "./clock.ts";
import { type Cell, cellsOf, FORMATS, type Format, type Role } from "./columns.ts";
import { Envelope, KINDS, type Kind, Line } from "./schema.ts";
import { type Reads, readsOf } from "./times.ts";

/** What somebody should know who imports a line: something in it had to be concluded. */
export type Remark = "skipped" | "twice" | "inferred_end" | "was_there_before";

/** A line as it was understood. */
export interface Understood {
  reading: Reading;
  remarks: Remark[];
}

/** What a verified body with a line of a file says. Never throws. */
export function read(raw: Uint8Array): Reading {
  return readJson(raw, "type", (body) => translated(shaped(Envelope, body, null), raw).reading);
}

/** The same, with what had to be concluded. Throws `Unreadable`. */
export function understand(body: unknown): Understood {
  return translated(shaped(Envelope, body, null), null);
}

function translated(envelope: Envelope, raw: Uint8Array | null): Understood {
  const type = requiredKey(envelope.type, "type");
  const [format, kind] = kindIn(type);
  const told = format && kind ? toldBy(format, kind, shaped(Line, envelope.data, "data")) : null;
  if (told === null) {
    const id = naturalKey("body", sha256(raw ?? JSON.stringify(envelope)));
    return { reading: { kind: "ignored", id, occurrence: id, type: typeName(type) }, remarks: [] };
  }
  const { id, about, remarks } = told;
  return {
    reading: { kind: "events", id, occurrence: naturalKey("import", id), type, about },
    remarks,
  };
}

function kindIn(type: string): [Format | undefined, Kind | undefined] {
  const [format, kind, ...rest] = type.split(".");
  if (rest.length > 0) return [undefined, undefined];
  return [FORMATS.find((one) => one === format), KINDS.find((one) => one === kind)];
}

/** What one line tells, and what it is known by: never where it stood, so that it is the same in any file. */
interface Told {
  id: string;
  about: { room: string; title: string | null; events: MeetingEvent[] };
  remarks: Remark[];
}

/** What a kind of line is understood from. */
interface Sheet {
  format: Format;
  line: Line;
  cells: ReadonlyMap<Role, Cell>;
  reads: Reads;
}

/** `null` for a line of somebody who was not there, or of something else than attendance. */
function toldBy(format: Format, kind: Kind, line: Line): Told | null {
  const cells = cellsOf(format, line.row);
  const reads = readsOf(line, cells);
  const events = eventsOf(kind, { format, line, cells, reads });
  if (events === null) return null;
  const room = requiredKey(line.room, "data.room");
  const said = line.room_said ? room : null;
  return {
    id: naturalKey(format, kind, said, ...events.known),
    about: { room, title: nameOf(line.title), events: events.told },
    remarks: reads.remarks,
  };
}

/** What happened, and what of the line that is known by. */
interface Events {
  told: MeetingEvent[];
  known: readonly (string | number | null)[];
}

function eventsOf(kind: Kind, sheet: Sheet): Events | null {
  switch (kind) {
    case "meeting":
      return boundsIn(sheet);
    case "visit":
    case "person":
      return stayIn(sheet, kind);
    case "action":
      return actionIn(sheet);
    case "endpoint":
      return endpointIn(sheet);
    case "list":
      return listIn(sheet);
    default:
      return kind satisfies never;
  }
}

function boundsIn({ cells, reads }: Sheet): Events {
  const starts = reads.required("starts");
  const length = lengthOf(cells.get("duration"));
  const ends = reads.optional("ends", starts)?.at ?? (length && starts.at + length.ms);
  const told: MeetingEvent[] = [
    { type: "meeting_started", at: starts.at, providerMeetingId: null },
  ];
  if (ends != null) {
    if (ends < starts.at) throw new Unreadable("the meeting ends before it begins");
    told.push({ type: "meeting_ended", at: ends, startedAt: starts.at, providerMeetingId: null });
  }
  return { told, known: [starts.shown, ends == null ? null : ends - starts.at] };
}

function stayIn({ format, line, cells, reads }: Sheet, kind: "visit" | "person"): Events | null {
  if (/^(?:no|n)$/i.test(cells.get("attended")?.text ?? "")) return null;
  const joined = reads.required("joined");
  const length = lengthOf(cells.get("duration"));
  const stated = reads.optional("left", joined);
  if (stated === null && length === null) throw new Unreadable("it does not say when they left");
  const until = stated?.at ?? joined.at + (length?.ms ?? 0);
  if (until < joined.at) throw new Unreadable("they leave before they come");
  const isWait = isYes(cells.get("waiting"));
  const who = whoIn(format, line, cells);
  const known = [who.name, who.userId, joined.shown, stated?.shown ?? until - joined.at, isWait];
  const about = asAbout(format, who, known.map(String));
  if (isWait) {
    const knocked: MeetingEvent = { type: "knocked", at: joined.at, ...about, isHost: null };
    const stopped: MeetingEvent = {
      type: "stopped_waiting",
      at: until,
      startedAt: joined.at,
      ...about,
      isHost: null,
    };
    return { told: [knocked, stopped], known: known.map(String) };
  }
  // A row of somebody's whole attendance says from when until when, and how long they were there of it.
  const was = kind === "person" ? length : null;
  const isApart = was !== null && was.ms + slackOf(was.exactMs) < until - joined.at;
  if (isApart) reads.remarks.push("inferred_end");
  const at = isApart ? joined.at + was.ms : until;
  const left: MeetingEvent = { type: "left", at, joinedAt: joined.at, ...about };
  return {
    told: [
      { type: "joined", at: joined.at, ...about },
      isApart ? { ...left, inferred: true } : left,
    ],
    known: known.map(String),
  };
}

/** Whole minutes are rounded up or down, and the times beside them as well. */
function slackOf(exactMs: Ms): Ms {
  return exactMs >= 60_000 ? 90_000 : 5_000;
}

const CAME = /^(?:joined|beigetreten|se unió|a rejoint|ingressou|entrou)/i;
const WENT = /^(?:left|verlassen|salió|a quitté|saiu)/i;
const BEFORE = /\b(?:before|vorher|antes|avant)\b/i;

function actionIn({ format, line, cells, reads }: Sheet): Events {
  const action = cells.get("action")?.text ?? "";
  const { at, shown } = reads.required("at");
  const who = whoIn(format, line, cells);
  const connection = [who.name, who.userId, cells.get("session")?.text ?? ""].map(String);
  const about = asAbout(format, who, connection);
  if (CAME.test(action)) {
    if (BEFORE.test(action)) reads.remarks.push("was_there_before");
    return { told: [{ type: "joined", at, ...about }], known: [...connection, "joined", shown] };
  }
  if (WENT.test(action)) {
    const left: MeetingEvent = { type: "left", at, joinedAt: null, ...about };
    return { told: [left], known: [...connection, "left", shown] };
  }
  throw new Unreadable(`“${action}” is neither joining nor leaving`);
}

const ENDED = /left|ended|verlassen/i;

function endpointIn({ format, line, cells, reads }: Sheet): Events | null {
  if (!ENDED.test(cells.get("event")?.text ?? "")) return null;
  const left = reads.required("day");
  const length = lengthOf(cells.get("duration"), 1000);
  if (length === null) throw new Unreadable("it does not say for how long they were there");
  const joinedAt = moment(left.at - length.ms, "duration");
  const who = whoIn(format, line, cells, true);
  const endpoint = cells.get("endpoint")?.text ?? "";
  const known = [who.name, who.userId, endpoint, left.shown, length.ms].map(String);
  const about = asAbout(format, who, known);
  return {
    told: [
      { type: "joined", at: joinedAt, ...about },
      { type: "left", at: left.at, joinedAt, ...about },
    ],
    known,
  };
}

function listIn({ reads }: Sheet): Events {
  const [starts, ends] = [reads.required("starts"), reads.required("ends")];
  if (ends.at < starts.at) throw new Unreadable("the list ends before it begins");
  return {
    told: [{ type: "meeting_ended", at: ends.at, startedAt: starts.at, providerMeetingId: null }],
    known: [starts.shown, ends.shown],
  };
}

type Who = Omit<About, "participantId">;

const ADDRESS = /^[^\s@*]+@[^\s@*]+$/;

function whoIn(
  format: Format,
  line: Line,
  cells: ReadonlyMap<Role, Cell>,
  mayBeNobody = false,
): Who {
  const text = (role: Role) => cells.get(role)?.text ?? "";
  const full = [text("first"), text("last")].filter((part) => part !== "").join(" ");
  const email = text("email");
  const address = ADDRESS.test(email) ? email.toLowerCase() : null;
  const name = nameOf(text("name") || full || email);
  if (name === null && !mayBeNobody) throw new Unreadable("it does not say who");
  const userId = optionalKey(address, "email");
  return { name, userId, isHost: hostIn(format, line, cells, userId) };
}

/** What the file says: Teams of everybody, the others of one whose address they give; `null` where it is silent. */
function hostIn(
  format: Format,
  line: Line,
  cells: ReadonlyMap<Role, Cell>,
  userId: string | null,
): boolean | null {
  if (format === "teams") {
    const role = cells.get("role")?.text;
    return role === undefined ? null : /^(?:co-?)?organi[sz]/i.test(role);
  }
  const host = (cells.get("host")?.text ?? line.host ?? "").trim().toLowerCase();
  return host !== "" && host === userId ? true : null;
}

/** A connection is known by what the line says of it: the same line is the same connection in any file. */
function asAbout(format: Format, who: Who, known: readonly string[]): About {
  const named = [foldName(who.name) ?? "", ...known.slice(1)].join("\n");
  return { participantId: `${format}-${sha256(named).slice(0, 24)}`, ...who };
}

function lengthOf(cell: Cell | undefined, unit?: Ms): { ms: Ms; exactMs: Ms } | null {
  if (cell === undefined) return null;
  const isSeconds = /second/i.test(cell.column);
  return lengthIn(cell.text, unit ?? (isSeconds ? 1000 : 60_000));
}

function isYes(cell: Cell | undefined): boolean {
  return /^(?:yes|y|true|ja|oui|sí|si|sim)$/i.test(cell?.text ?? "");
}
