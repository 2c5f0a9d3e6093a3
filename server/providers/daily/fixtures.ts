import type { MeetingEvent } from "#domain/event/event.ts";
import type { DeliveryReading, Fixture } from "#server/providers/contract/contract.ts";
import { withoutEvents } from "./fixtures-without-events.ts";
import { ADA, connection, dailyBody, ROOM, TEN, TEN_MS, without } from "./sample.ts";

const GRACE = "5f1c7a52-6a0e-4c4e-9d0b-1a0c3a5f0002";
const MEETING = "a3b1c9de-77aa-4b1f-8d55-0f4c2b9e0aaa";

const ada = { participantId: ADA, userId: "u-ada", name: "Ada Lovelace", isHost: false };

function eventReading(
  type: string,
  occurrence: string,
  event: MeetingEvent,
  room = ROOM,
): DeliveryReading {
  return {
    kind: "events",
    id: `1-${type}`,
    occurrence,
    type,
    about: { room, title: null, events: [event] },
  };
}

function arrives(name: string, changes: object, event: object): Fixture {
  return {
    name,
    body: dailyBody("participant.joined", { ...connection, ...changes }),
    expected: eventReading("participant.joined", `participant.joined|${ROOM}|${ADA}|${TEN_MS}`, {
      type: "joined",
      at: TEN_MS,
      ...ada,
      ...event,
    }),
  };
}

function leaves(name: string, changes: object, event: object): Fixture {
  return {
    name,
    body: dailyBody("participant.left", { ...connection, duration: 60, ...changes }),
    expected: eventReading("participant.left", `participant.left|${ROOM}|${ADA}|${TEN_MS}`, {
      type: "left",
      at: TEN_MS + 60_000,
      joinedAt: TEN_MS,
      ...ada,
      ...event,
    }),
  };
}

const presence: Fixture[] = [
  arrives("a guest joins", {}, {}),
  arrives("an owner joins", { owner: true }, { isHost: true }),
  arrives("an absent owner flag says nothing", { owner: undefined }, { isHost: null }),
  arrives("an owner flag of null says nothing", { owner: null }, { isHost: null }),
  arrives("a name of null is no name", { user_name: null }, { name: null }),
  arrives("an absent name is no name", { user_name: undefined }, { name: null }),
  arrives("an empty name is no name", { user_name: "" }, { name: null }),
  arrives("a user id of null is none", { user_id: null }, { userId: null }),
  arrives("an absent user id is none", { user_id: undefined }, { userId: null }),
  arrives("an empty user id is none", { user_id: "" }, { userId: null }),
  arrives("a user id filled with the session id is none", { user_id: ADA }, { userId: null }),
  arrives("an emoji in a name", { user_name: "Zoë 👩‍🚀" }, { name: "Zoë 👩‍🚀" }),
  arrives("a name from right to left", { user_name: "עדה لافليس" }, { name: "עדה لافليس" }),
  arrives("quotes and line breaks in a name", { user_name: 'A "B"\n\\C' }, { name: 'A "B"\n\\C' }),
  arrives("a NUL in a name", { user_name: "A\0da" }, { name: "Ada" }),
  arrives("half a surrogate pair in a name", { user_name: "Ada \ud83d" }, { name: "Ada \ufffd" }),
  arrives("a name of six hundred", { user_name: "🦊".repeat(600) }, { name: "🦊".repeat(500) }),
  arrives("unknown fields are ignored", { networkQualityState: "good", shoeSize: 39 }, {}),
  arrives("a time as text", { joined_at: String(TEN) }, {}),
  arrives("half a millisecond is rounded", { joined_at: TEN - 0.0004 }, {}),
  leaves("a person leaves", {}, {}),
  leaves(
    "the noise of a subtraction is rounded away",
    { duration: 14.403000116348267 },
    { at: TEN_MS + 14_403 },
  ),
  leaves(
    "parts of a millisecond are added before they are rounded",
    { joined_at: TEN + 0.0004, duration: 0.0004 },
    { at: TEN_MS + 1 },
  ),
  leaves("a visit of no time", { duration: 0 }, { at: TEN_MS }),
  leaves("a negative duration is no time", { duration: -3.5 }, { at: TEN_MS }),
  leaves("a duration as text", { duration: "60.0" }, {}),
  leaves(
    "without a duration it left when it was sent",
    { duration: undefined },
    { at: TEN_MS + 3_600_250 },
  ),
  {
    name: "a fraction of a second is kept to the millisecond",
    body: dailyBody("participant.joined", { ...connection, joined_at: TEN + 0.961 }),
    expected: eventReading(
      "participant.joined",
      `participant.joined|${ROOM}|${ADA}|${TEN_MS + 961}`,
      {
        type: "joined",
        at: TEN_MS + 961,
        ...ada,
      },
    ),
  },
  {
    name: "without a time of joining it left when it was sent",
    body: dailyBody("participant.left", { ...without("joined_at"), duration: 60 }),
    expected: eventReading("participant.left", `participant.left|${ROOM}|${ADA}|`, {
      type: "left",
      at: TEN_MS + 3_600_250,
      joinedAt: null,
      ...ada,
    }),
  },
  {
    name: "a delivery without an id is named by what happened",
    body: dailyBody("participant.joined", connection, null),
    expected: {
      kind: "events",
      id: `participant.joined|${ROOM}|${ADA}|${TEN_MS}`,
      occurrence: `participant.joined|${ROOM}|${ADA}|${TEN_MS}`,
      type: "participant.joined",
      about: { room: ROOM, title: null, events: [{ type: "joined", at: TEN_MS, ...ada }] },
    },
  },
];

/** A person in the waiting room has no token, and so no user id. */
const waiter = { ...without("user_id"), user_name: "Grace", session_id: GRACE };
const grace = { participantId: GRACE, userId: null, name: "Grace", isHost: false };

const waiting: Fixture[] = [
  {
    name: "a person knocks",
    body: dailyBody("waiting-participant.joined", waiter),
    expected: eventReading(
      "waiting-participant.joined",
      `waiting-participant.joined|${ROOM}|${GRACE}|${TEN_MS}`,
      {
        type: "knocked",
        at: TEN_MS,
        ...grace,
      },
    ),
  },
  {
    name: "a person stops waiting",
    body: dailyBody("waiting-participant.left", { ...waiter, duration: 14.403000116348267 }),
    expected: eventReading(
      "waiting-participant.left",
      `waiting-participant.left|${ROOM}|${GRACE}|${TEN_MS}`,
      {
        type: "stopped_waiting",
        at: TEN_MS + 14_403,
        startedAt: TEN_MS,
        ...grace,
      },
    ),
  },
  {
    name: "without a duration the wait ended when it was sent",
    body: dailyBody("waiting-participant.left", waiter),
    expected: eventReading(
      "waiting-participant.left",
      `waiting-participant.left|${ROOM}|${GRACE}|${TEN_MS}`,
      {
        type: "stopped_waiting",
        at: TEN_MS + 3_600_250,
        startedAt: TEN_MS,
        ...grace,
      },
    ),
  },
];

const meetings: Fixture[] = [
  {
    name: "a meeting starts",
    body: dailyBody("meeting.started", { start_ts: TEN + 0.672, meeting_id: MEETING, room: ROOM }),
    expected: eventReading("meeting.started", `meeting.started|${MEETING}`, {
      type: "meeting_started",
      at: TEN_MS + 672,
      providerMeetingId: MEETING,
    }),
  },
  {
    name: "a meeting ends, its start given in whole seconds",
    body: dailyBody("meeting.ended", {
      start_ts: TEN,
      end_ts: TEN + 72.5,
      meeting_id: MEETING,
      room: ROOM,
    }),
    expected: eventReading("meeting.ended", `meeting.ended|${MEETING}`, {
      type: "meeting_ended",
      at: TEN_MS + 72_500,
      startedAt: TEN_MS,
      providerMeetingId: MEETING,
    }),
  },
  {
    name: "a meeting without an id is named by its room and time",
    body: dailyBody("meeting.ended", { end_ts: TEN, room: ROOM }),
    expected: eventReading("meeting.ended", `meeting.ended|${ROOM}|${TEN_MS}`, {
      type: "meeting_ended",
      at: TEN_MS,
      startedAt: null,
      providerMeetingId: null,
    }),
  },
];

/** Bodies as Daily sends them, kind by kind, and what each must be read as. */
export const fixtures: readonly Fixture[] = [
  ...presence,
  ...waiting,
  ...meetings,
  ...withoutEvents,
];
