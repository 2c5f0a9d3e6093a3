import type { MeetingEvent } from "#domain/event/event.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import {
  moment,
  nameOf,
  naturalKey,
  readJson,
  requiredKey,
  sha256,
  shaped,
  type Translation,
  typeName,
  Unreadable,
} from "#server/providers/contract/reading.ts";
import { cellsOf } from "./columns.ts";
import { IMPORT_FORMATS, type ImportFormat } from "./languages/roles.ts";
import { actionIn } from "./lexicon.ts";
import type { Remarked } from "./remarks.ts";
import { ImportEnvelope, KINDS, Line, type LineKind } from "./schema.ts";
import { type Events, isNew, lengthOf, quoted, type Sheet, stayIn } from "./stay.ts";
import { readsOf } from "./times.ts";
import { asAbout, whoIn } from "./who.ts";

/** A line as it was read. */
export interface Understood {
  reading: Translation;
  remarks: Remarked[];
}

const NAMED = { type: "type", room: [["data", "room"]] };

/** Reads a verified body with a line of a file. Never throws. */
export function read(raw: Uint8Array): DeliveryReading {
  return readJson(
    raw,
    NAMED,
    (body) => translated(shaped(ImportEnvelope, body, null), raw).reading,
  );
}

/** Reads a body, with the remarks about what had to be inferred. Throws `Unreadable`. */
export function understand(body: unknown): Understood {
  return translated(shaped(ImportEnvelope, body, null), null);
}

function translated(envelope: ImportEnvelope, raw: Uint8Array | null): Understood {
  const type = requiredKey(envelope.type, "type");
  const [format, kind] = kindIn(type);
  const lineEvents =
    format && kind ? eventsIn(format, kind, shaped(Line, envelope.data, "data")) : null;
  if (lineEvents === null) {
    const id = naturalKey("body", sha256(raw ?? JSON.stringify(envelope)));
    return { reading: { kind: "ignored", id, occurrence: id, type: typeName(type) }, remarks: [] };
  }
  const { id, about, remarks } = lineEvents;
  return {
    reading: { kind: "events", id, occurrence: naturalKey("import", id), type, about },
    remarks,
  };
}

function kindIn(type: string): [ImportFormat | undefined, LineKind | undefined] {
  const [format, kind, ...rest] = type.split(".");
  if (rest.length > 0) return [undefined, undefined];
  return [IMPORT_FORMATS.find((one) => one === format), KINDS.find((one) => one === kind)];
}

/** The events of one line. `id` does not depend on its line number, so it is the same in any file. */
interface LineEvents {
  id: string;
  about: { room: string; title: string | null; events: MeetingEvent[] };
  remarks: Remarked[];
}

/** `null` for a line about a person who was not there, or not about attendance. */
function eventsIn(format: ImportFormat, kind: LineKind, line: Line): LineEvents | null {
  const cells = cellsOf(format, line.row, line.columns ?? null);
  const reads = readsOf(line, cells);
  const events = eventsOf(kind, { format, line, cells, reads });
  if (events === null) return null;
  const room = requiredKey(line.room, "data.room");
  const statedRoom = line.room_said ? room : null;
  return {
    id: naturalKey(format, kind, statedRoom, ...events.known),
    about: { room, title: nameOf(line.title), events: events.told },
    remarks: reads.remarks.all,
  };
}

function eventsOf(kind: LineKind, sheet: Sheet): Events | null {
  switch (kind) {
    case "meeting":
      return boundsIn(sheet);
    case "visit":
    case "person":
      return stayIn(sheet, kind);
    case "action":
      return joinOrLeaveIn(sheet);
    case "endpoint":
      return endpointIn(sheet);
    case "list":
      return listIn(sheet);
    default:
      return kind satisfies never;
  }
}

function boundsIn({ line, cells, reads }: Sheet): Events {
  const starts = reads.required("starts");
  const stated = cells.get("duration");
  const length = lengthOf(stated);
  if (isNew(line) && stated !== undefined && length === null) {
    reads.remarks.add("length_not_understood", stated);
  }
  const ends = reads.optional("ends", starts)?.at ?? (length && starts.at + length.ms);
  const told: MeetingEvent[] = [
    { type: "meeting_started", at: starts.at, providerMeetingId: null },
  ];
  if (ends != null) {
    if (ends < starts.at) throw new Unreadable("the meeting ends before it begins");
    told.push({
      type: "meeting_ended",
      at: ends,
      startedAt: starts.at,
      providerMeetingId: null,
    });
  }
  return { told: told, known: [starts.shown, ends == null ? null : ends - starts.at] };
}

/** What was read as a join or a leave in lines stored before a line had `columns`. */
const CAME = /^(?:joined|beigetreten|se unió|a rejoint|ingressou|entrou)/i;
const WENT = /^(?:left|verlassen|salió|a quitté|saiu)/i;
const BEFORE = /\b(?:before|vorher|antes|avant)\b/i;

function actionInOldLine(text: string): ReturnType<typeof actionIn> {
  const came = CAME.test(text);
  return came || WENT.test(text) ? { came, before: came && BEFORE.test(text) } : null;
}

function joinOrLeaveIn({ format, line, cells, reads }: Sheet): Events {
  const cell = cells.get("action");
  const { at, shown } = reads.required("at");
  const who = whoIn(format, line, cells, reads.remarks);
  const { name, userId } = who.own;
  const connection = [name, userId, cells.get("session")?.text ?? ""].map(String);
  const about = asAbout(format, who, connection);
  const action = (isNew(line) ? actionIn : actionInOldLine)(cell?.text ?? "");
  if (action === null) {
    const what = isNew(line) && cell !== undefined ? quoted(cell) : `“${cell?.text ?? ""}”`;
    throw new Unreadable(`${what} is neither joining nor leaving`);
  }
  if (action.came) {
    if (action.before) reads.remarks.add("was_there_before", cell);
    return { told: [{ type: "joined", at, ...about }], known: [...connection, "joined", shown] };
  }
  const isAlone = line.alone === true;
  if (isAlone) reads.remarks.add("join_unknown", cell);
  // Without a join the person was there at that moment; a join in another meeting does not count.
  const left: MeetingEvent = { type: "left", at, joinedAt: isAlone ? at : null, ...about };
  return { told: [left], known: [...connection, "left", shown] };
}

const ENDED = /left|ended|verlassen/i;

function endpointIn({ format, line, cells, reads }: Sheet): Events | null {
  if (!ENDED.test(cells.get("event")?.text ?? "")) return null;
  const left = reads.required("day");
  const length = lengthOf(cells.get("duration"), 1000);
  if (length === null) throw new Unreadable("it does not say for how long they were there");
  const joinedAt = moment(left.at - length.ms, "duration");
  const who = whoIn(format, line, cells, reads.remarks, true);
  const { name, userId } = who.own;
  const endpoint = cells.get("endpoint")?.text ?? "";
  const idParts = [name, userId, endpoint, left.shown, length.ms].map(String);
  const about = asAbout(format, who, idParts);
  return {
    told: [
      { type: "joined", at: joinedAt, ...about },
      { type: "left", at: left.at, joinedAt, ...about },
    ],
    known: idParts,
  };
}

function listIn({ reads }: Sheet): Events {
  const [starts, ends] = [reads.required("starts"), reads.required("ends")];
  if (ends.at < starts.at) throw new Unreadable("the list ends before it begins");
  return {
    told: [
      {
        type: "meeting_ended",
        at: ends.at,
        startedAt: starts.at,
        providerMeetingId: null,
        listed: true,
      },
    ],
    known: [starts.shown, ends.shown],
  };
}
