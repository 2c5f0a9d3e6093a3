import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import {
  moment,
  nameOf,
  naturalKey,
  optionalKey,
  readJson,
  requiredKey,
  sha256,
  shaped,
  type Translation,
  typeName,
  Unreadable,
} from "#server/providers/contract/reading.ts";
import { Connection, DailyEnvelope, Meeting } from "./schema.ts";

/** One event of a body, and the key that names it in every delivery of it. */
interface KeyedEvent {
  room: string;
  event: MeetingEvent;
  key: string;
}

const NAMED = {
  type: "type",
  room: [
    ["payload", "room"],
    ["payload", "room_name"],
  ],
};

/** Reads a verified body of Daily. Never throws. */
export function read(raw: Uint8Array): DeliveryReading {
  return readJson(raw, NAMED, (body) => translated(shaped(DailyEnvelope, body, null), raw));
}

function translated(envelope: DailyEnvelope, raw: Uint8Array): Translation {
  const type = requiredKey(envelope.type, "type");
  // Opaque: Daily has changed the form of its ids before, and may again.
  const given = optionalKey(envelope.id, "id");

  const keyed = eventOf(type, envelope);
  if (keyed === null) {
    const id = given ?? naturalKey("body", sha256(raw));
    return { kind: "ignored", id, occurrence: id, type: typeName(type) };
  }
  const about = { room: keyed.room, title: null, events: [keyed.event] };
  return { kind: "events", id: given ?? keyed.key, occurrence: keyed.key, type, about };
}

/** `null` for types that are not about attendance, unknown future ones included. */
function eventOf(type: string, envelope: DailyEnvelope): KeyedEvent | null {
  switch (type) {
    case "participant.joined":
      return arrival(type, envelope, (about, at) => ({ type: "joined", at, ...about }));
    case "waiting-participant.joined":
      return arrival(type, envelope, (about, at) => ({ type: "knocked", at, ...about }));
    case "participant.left":
      return departure(type, envelope, (about, at, joinedAt) => ({
        type: "left",
        at,
        joinedAt,
        ...about,
      }));
    case "waiting-participant.left":
      return departure(type, envelope, (about, at, startedAt) => ({
        type: "stopped_waiting",
        at,
        startedAt,
        ...about,
      }));
    case "meeting.started":
      return meetingStarted(envelope);
    case "meeting.ended":
      return meetingEnded(envelope);
    default:
      return null;
  }
}

function arrival(
  type: string,
  { payload }: DailyEnvelope,
  event: (about: About, at: Ms) => MeetingEvent,
): KeyedEvent {
  const connection = shaped(Connection, payload, "payload");
  const { room, about } = whoIn(connection);
  const at = requiredTime(connection.joined_at, "payload.joined_at");
  return { room, event: event(about, at), key: naturalKey(type, room, about.participantId, at) };
}

/**
 * A departure repeats when the connection began, so it is a whole visit, or a whole wait, by itself.
 * Its moment is `joined_at` + `duration`; `event_ts` is when it was sent, and used only without these.
 */
function departure(
  type: string,
  { payload, event_ts }: DailyEnvelope,
  event: (about: About, at: Ms, since: Ms | null) => MeetingEvent,
): KeyedEvent {
  const connection = shaped(Connection, payload, "payload");
  const { room, about } = whoIn(connection);
  const since = optionalTime(connection.joined_at, "payload.joined_at");
  const at = leftAt(connection, since, event_ts);
  // A connection leaves once. The duration is no part of the key: it varies by the noise of a subtraction.
  return {
    room,
    event: event(about, at, since),
    key: naturalKey(type, room, about.participantId, since),
  };
}

function leftAt(
  { joined_at, duration }: Connection,
  since: Ms | null,
  event_ts: number | null | undefined,
): Ms {
  if (since !== null && typeof joined_at === "number" && typeof duration === "number") {
    return moment((joined_at + Math.max(0, duration)) * 1000, "payload.duration");
  }
  const sentAt = optionalTime(event_ts, "event_ts");
  if (sentAt !== null) return Math.max(sentAt, since ?? sentAt);
  throw new Unreadable(`payload.${since === null ? "joined_at" : "duration"} is missing`);
}

function meetingStarted({ payload }: DailyEnvelope): KeyedEvent {
  const meeting = shaped(Meeting, payload, "payload");
  const room = requiredKey(meeting.room, "payload.room");
  const providerMeetingId = optionalKey(meeting.meeting_id, "payload.meeting_id");
  const at = requiredTime(meeting.start_ts, "payload.start_ts");
  return {
    room,
    event: { type: "meeting_started", at, providerMeetingId },
    key: meetingKey("meeting.started", providerMeetingId, room, at),
  };
}

function meetingEnded({ payload }: DailyEnvelope): KeyedEvent {
  const meeting = shaped(Meeting, payload, "payload");
  const room = requiredKey(meeting.room, "payload.room");
  const providerMeetingId = optionalKey(meeting.meeting_id, "payload.meeting_id");
  const at = requiredTime(meeting.end_ts, "payload.end_ts");
  const startedAt = optionalTime(meeting.start_ts, "payload.start_ts");
  return {
    room,
    event: { type: "meeting_ended", at, startedAt, providerMeetingId },
    key: meetingKey("meeting.ended", providerMeetingId, room, at),
  };
}

function meetingKey(type: string, meetingId: string | null, room: string, at: Ms): string {
  return meetingId === null ? naturalKey(type, room, at) : naturalKey(type, meetingId);
}

function whoIn(connection: Connection): { room: string; about: About } {
  const room = requiredKey(connection.room, "payload.room");
  const participantId = requiredKey(connection.session_id, "payload.session_id");
  const userId = optionalKey(connection.user_id, "payload.user_id");
  return {
    room,
    about: {
      participantId,
      // Without a token Daily may fill in the session id, which does not identify the person.
      userId: userId === participantId ? null : userId,
      name: nameOf(connection.user_name),
      isHost: connection.owner ?? null,
    },
  };
}

function optionalTime(seconds: number | null | undefined, field: string): Ms | null {
  return seconds === null || seconds === undefined ? null : moment(seconds * 1000, field);
}

function requiredTime(seconds: number | null | undefined, field: string): Ms {
  const at = optionalTime(seconds, field);
  if (at === null) throw new Unreadable(`${field} is missing`);
  return at;
}
