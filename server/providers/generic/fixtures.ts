import type { MeetingEvent } from "#domain/event/event.ts";
import type { DeliveryReading, Fixture } from "#server/providers/contract/contract.ts";
import { naturalKey, sha256 } from "#server/providers/contract/reading.ts";
import bodies from "./bodies.json" with { type: "json" };

const ROOM = "biology";
const TEN = Date.UTC(2026, 2, 12, 10);
const MINUTE = 60_000;
const LATER = TEN + 5 * MINUTE;

const ada = { participantId: "c-1", userId: "u-ada", name: "Ada", isHost: true };
const guest = { participantId: "c-2", userId: null, name: null, isHost: null };

type BodyName = keyof typeof bodies;

function bodyOf(name: BodyName): string {
  return JSON.stringify(bodies[name]);
}

function events(
  type: string,
  parts: (string | number | null)[],
  event: MeetingEvent,
  title: string | null = null,
): DeliveryReading {
  const id = naturalKey(type, ROOM, ...parts);
  return {
    kind: "events",
    id,
    occurrence: id,
    type,
    about: { room: ROOM, title, events: [event] },
  };
}

function ignored(name: BodyName, type: string, room: string | null): DeliveryReading {
  const id = naturalKey("body", sha256(bodyOf(name)));
  return { kind: "ignored", id, occurrence: id, type, room };
}

function unreadable(type: string | null, reason: string, room: string | null = ROOM) {
  return { kind: "unreadable", reason, type, room } as const;
}

const STARTED = "meeting.started";
const ENDED = "meeting.ended";
const JOINED = "participant.joined";

const expectations: Record<BodyName, DeliveryReading> = {
  "a meeting starts": events(
    "meeting.started",
    ["m-1"],
    { type: "meeting_started", at: TEN, providerMeetingId: "m-1" },
    "Biology",
  ),
  "a meeting without an id starts": events("meeting.started", [TEN + 250], {
    type: "meeting_started",
    at: TEN + 250,
    providerMeetingId: null,
  }),
  "a meeting ends": events("meeting.ended", ["m-1"], {
    type: "meeting_ended",
    at: TEN + 60 * MINUTE,
    startedAt: null,
    providerMeetingId: "m-1",
  }),
  "a host joins": events("participant.joined", ["c-1", null, TEN], {
    type: "joined",
    at: TEN,
    ...ada,
  }),
  "a guest without a name joins": events("participant.joined", ["c-2", null, TEN], {
    type: "joined",
    at: TEN,
    ...guest,
  }),
  "a guest of nulls joins": events("participant.joined", ["c-2", null, TEN], {
    type: "joined",
    at: TEN,
    ...guest,
  }),
  "a host leaves, with when they came": events("participant.left", ["c-1", TEN, LATER], {
    type: "left",
    at: LATER,
    joinedAt: TEN,
    ...ada,
  }),
  "a guest leaves": events("participant.left", ["c-2", null, LATER], {
    type: "left",
    at: LATER,
    joinedAt: null,
    ...guest,
  }),
  "a guest waits": events("participant.waiting", ["c-2", null, TEN], {
    type: "knocked",
    at: TEN,
    ...guest,
  }),
  "a guest is admitted": events("participant.admitted", ["c-2", null, LATER], {
    type: "stopped_waiting",
    at: LATER,
    startedAt: null,
    ...guest,
  }),
  "a guest is refused": events("participant.refused", ["c-2", TEN, LATER], {
    type: "stopped_waiting",
    at: LATER,
    startedAt: TEN,
    ...guest,
  }),
  "somebody is host no longer": events("participant.role_changed", ["c-1", null, LATER], {
    type: "updated",
    at: LATER,
    ...ada,
    isHost: false,
  }),
  "unknown fields are ignored": events("participant.waiting", ["c-2", null, TEN], {
    type: "knocked",
    at: TEN,
    ...guest,
  }),
  "an unknown type": ignored("an unknown type", "participant.levitated", ROOM),
  "an unknown type without a room": ignored("an unknown type without a room", "constructor", null),
  "no type": unreadable(null, "type is missing"),
  "no room": unreadable(STARTED, "room is missing", null),
  "a room that is text": unreadable(STARTED, "room is not an object", null),
  "an empty key": unreadable(STARTED, "room.key is missing", null),
  "a title that is a number": unreadable(STARTED, "room.title is not text"),
  "no time": unreadable(ENDED, "at is missing"),
  "a time without an offset": unreadable(ENDED, "at is not a time with an offset"),
  "a time in seconds": unreadable(ENDED, "at is not text"),
  "a time long ago": unreadable(ENDED, "at is not a time between 2000 and 2100"),
  nobody: unreadable(JOINED, "participant is missing"),
  "a participant without an id": unreadable(JOINED, "participant.id is missing"),
  "a name that is a list": unreadable(JOINED, "participant.name is not text"),
  "a host who is perhaps": unreadable(JOINED, "participant.is_host is not true or false"),
  "a change of role to nothing": unreadable(
    "participant.role_changed",
    "participant.is_host is missing",
  ),
  "leaving before coming": unreadable("participant.left", "joined_at is after at"),
};

const NAMES = Object.keys(bodies).filter((name): name is BodyName => name in bodies);

export const fixtures: readonly Fixture[] = NAMES.map((name) => ({
  name,
  body: bodyOf(name),
  expected: expectations[name],
}));
