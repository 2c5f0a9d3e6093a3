import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import {
  instant,
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
import {
  EVENT_TYPES,
  type EventType,
  GenericMeeting,
  GenericParticipant,
  TypedBody,
} from "./schema.ts";

const NAMED = { type: "type", room: [["room", "key"]] };
const TITLE_LENGTH = 200;

/** Reads a verified body. Never throws. */
export function read(raw: Uint8Array): DeliveryReading {
  return readJson(raw, NAMED, (body) => translated(body, raw));
}

function translated(body: unknown, raw: Uint8Array): Translation {
  const given = requiredKey(shaped(TypedBody, body, null).type, "type");
  const type = EVENT_TYPES.find((one) => one === given);
  if (type === undefined) {
    const id = naturalKey("body", sha256(raw));
    return { kind: "ignored", id, occurrence: id, type: typeName(given) };
  }
  const isOfMeeting = type === "meeting.started" || type === "meeting.ended";
  return isOfMeeting ? ofMeeting(type, body) : ofParticipant(type, body);
}

function ofMeeting(type: "meeting.started" | "meeting.ended", body: unknown): Translation {
  const { room, ...meeting } = shaped(GenericMeeting, body, null);
  const at = instant(meeting.at, "at");
  const providerMeetingId = optionalKey(meeting.meeting_id, "meeting_id");
  const event: MeetingEvent =
    type === "meeting.started"
      ? { type: "meeting_started", at, providerMeetingId }
      : { type: "meeting_ended", at, startedAt: null, providerMeetingId };
  return told(type, room, event, [providerMeetingId ?? at]);
}

function ofParticipant(type: ParticipantType, body: unknown): Translation {
  const { room, ...given } = shaped(GenericParticipant, body, null);
  const about = aboutIn(given);
  const at = instant(given.at, "at");
  const since = given.joined_at ? instant(given.joined_at, "joined_at") : null;
  if (since !== null && since > at) throw new Unreadable("joined_at is after at");
  return told(type, room, eventOf(type, about, at, since), [about.participantId, since, at]);
}

type ParticipantType = Exclude<EventType, "meeting.started" | "meeting.ended">;

function eventOf(type: ParticipantType, about: About, at: Ms, since: Ms | null): MeetingEvent {
  switch (type) {
    case "participant.joined":
      return { type: "joined", at, ...about };
    case "participant.left":
      return { type: "left", at, joinedAt: since, ...about };
    case "participant.waiting":
      return { type: "knocked", at, ...about };
    // Who was let in joins next, and who was not does not: that tells the two apart.
    case "participant.admitted":
    case "participant.refused":
      return { type: "stopped_waiting", at, startedAt: since, ...about };
    case "participant.role_changed":
      if (about.isHost === null) throw new Unreadable("participant.is_host is missing");
      return { type: "updated", at, ...about };
    default:
      return type satisfies never;
  }
}

function aboutIn({ participant }: Pick<GenericParticipant, "participant">): About {
  return {
    participantId: requiredKey(participant.id, "participant.id"),
    userId: optionalKey(participant.user_id, "participant.user_id"),
    name: nameOf(participant.name),
    isHost: participant.is_host ?? null,
  };
}

/** A delivery has no id in its body: what it says is its name, so that sending it again is a repeat. */
function told(
  type: EventType,
  given: GenericParticipant["room"],
  event: MeetingEvent,
  parts: (string | number | null)[],
): Translation {
  const room = requiredKey(given.key, "room.key");
  const id = naturalKey(type, room, ...parts);
  const about = { room, title: nameOf(given.title?.trim(), TITLE_LENGTH), events: [event] };
  return { kind: "events", id, occurrence: id, type, about };
}
