import type { Fixture } from "#server/providers/contract/contract.ts";
import { connection, dailyBody, ROOM, TEN, TEN_MS, without } from "./sample.ts";

function ignored(type: string, payload: unknown, room: string | null = ROOM): Fixture {
  const id = `1-${type}`;
  return {
    name: `${type} says nothing about attendance`,
    body: dailyBody(type, payload),
    expected: { kind: "ignored", id, occurrence: id, type, room },
  };
}

function unreadable(
  name: string,
  type: string,
  payload: unknown,
  reason: string,
  room: string | null = ROOM,
): Fixture {
  const expected: Fixture["expected"] = { kind: "unreadable", reason, type, room };
  return { name, body: dailyBody(type, payload), expected };
}

const CALL = { room: ROOM, timestamp: String(TEN), domain_id: "d-1" };
const RECORDING = { recording_id: "r-1", room_name: ROOM, start_ts: TEN };

const otherTypes: Fixture[] = [
  ...["recording.started", "recording.ready-to-download", "recording.error"],
  ...["transcript.started", "transcript.ready-to-download", "transcript.error"],
  ...[
    "streaming.started",
    "streaming.updated",
    "streaming.ended",
    "streaming.error",
    "streaming.warning",
  ],
  ...["batch-processor.job-finished", "batch-processor.error"],
].map((type) => ignored(type, RECORDING));

const calls: Fixture[] = [
  ...["dialin.ready", "dialin.connected", "dialin.stopped", "dialin.warning", "dialin.error"],
  ...[
    "dialout.connected",
    "dialout.answered",
    "dialout.stopped",
    "dialout.warning",
    "dialout.error",
  ],
  ...[
    "calltransfer.triggered",
    "calltransfer.initiated",
    "calltransfer.answered",
    "calltransfer.completed",
  ],
].map((type) => ignored(type, CALL));

const unknownTypes: Fixture[] = [
  ignored("participant.levitated", connection),
  ignored("constructor", null, null),
  ignored("meeting.forgotten", undefined, null),
  ignored("Participant.Joined", connection),
];

const JOINED = "participant.joined";
const NO_TIME = "is not a time between 2000 and 2100";

const broken: Fixture[] = [
  unreadable("no payload", JOINED, undefined, "payload is missing", null),
  unreadable("a payload that is a list", JOINED, [connection], "payload is not an object", null),
  unreadable("a payload that is text", "meeting.started", "now", "payload is not an object", null),
  unreadable("no room", JOINED, without("room"), "payload.room is missing", null),
  unreadable("an empty room", JOINED, { ...connection, room: "" }, "payload.room is missing", null),
  unreadable(
    "a room that is a number",
    JOINED,
    { ...connection, room: 7 },
    "payload.room is not text",
    null,
  ),
  unreadable("no session", JOINED, without("session_id"), "payload.session_id is missing"),
  unreadable(
    "a leave without a session",
    "participant.left",
    without("session_id"),
    "payload.session_id is missing",
  ),
  unreadable("no time", JOINED, without("joined_at"), "payload.joined_at is missing"),
  unreadable(
    "a knock at no time",
    "waiting-participant.joined",
    without("joined_at"),
    "payload.joined_at is missing",
  ),
  unreadable(
    "a time in words",
    JOINED,
    { ...connection, joined_at: "at ten" },
    "payload.joined_at is not a number",
  ),
  unreadable(
    "a time in milliseconds",
    JOINED,
    { ...connection, joined_at: TEN_MS },
    `payload.joined_at ${NO_TIME}`,
  ),
  unreadable(
    "a time of zero",
    JOINED,
    { ...connection, joined_at: 0 },
    `payload.joined_at ${NO_TIME}`,
  ),
  unreadable(
    "a visit of centuries",
    "participant.left",
    { ...connection, duration: 1e10 },
    `payload.duration ${NO_TIME}`,
  ),
  unreadable(
    "a meeting that starts never",
    "meeting.started",
    { room: ROOM },
    "payload.start_ts is missing",
  ),
  unreadable(
    "a meeting that ends never",
    "meeting.ended",
    { room: ROOM },
    "payload.end_ts is missing",
  ),
  unreadable(
    "a meeting nowhere",
    "meeting.ended",
    { end_ts: TEN },
    "payload.room is missing",
    null,
  ),
  unreadable(
    "a room too long to index",
    JOINED,
    { ...connection, room: "r".repeat(1_001) },
    "payload.room is longer than 1000 bytes",
    null,
  ),
  {
    name: "no type",
    body: JSON.stringify({ id: "1", payload: connection }),
    expected: { kind: "unreadable", reason: "type is missing", type: null, room: ROOM },
  },
  {
    name: "an id that is a number",
    body: dailyBody(JOINED, connection, 7),
    expected: { kind: "unreadable", reason: "id is not text", type: JOINED, room: ROOM },
  },
];

/** Bodies that are not about attendance, and bodies that cannot be read. */
export const withoutEvents: readonly Fixture[] = [
  ...otherTypes,
  ...calls,
  ...unknownTypes,
  ...broken,
];
