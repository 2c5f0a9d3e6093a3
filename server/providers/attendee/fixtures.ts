import type { MeetingEvent, ObserverLeft } from "#domain/event/event.ts";
import type { DeliveryReading, Fixture } from "#server/providers/contract/contract.ts";
import { withoutEvents } from "./fixtures-without-events.ts";
import { type PythonJson, pythonJson } from "./python-json.ts";
import { arrivalData, attendeeBody, BOT, joinData, KEY, TEN } from "./sample.ts";

const PRESENCE = "participant_events.join_leave";
const STATE = "bot.state_change";

const ada = {
  participantId: joinData.participant_uuid,
  userId: null,
  name: "Ada Lovelace",
  isHost: false,
};

function eventReading(type: string, occurrence: string, event: MeetingEvent): DeliveryReading {
  return {
    kind: "events",
    id: KEY,
    occurrence,
    type,
    about: { room: BOT, title: null, events: [event] },
  };
}

function adaReading(event: MeetingEvent): DeliveryReading {
  return eventReading(PRESENCE, `participant_event|${joinData.id}`, event);
}

function arrives(name: string, changes: { [key: string]: PythonJson }, event: object): Fixture {
  return {
    name,
    body: attendeeBody({ trigger: PRESENCE, data: { ...joinData, ...changes } }),
    expected: adaReading({ type: "joined", at: TEN, ...ada, ...event }),
  };
}

const presence: Fixture[] = [
  arrives("a guest joins", {}, {}),
  arrives("a host joins", { participant_is_host: true }, { isHost: true }),
  arrives("a host flag of null says nothing", { participant_is_host: null }, { isHost: null }),
  arrives("a name of null is no name", { participant_name: null }, { name: null }),
  arrives("an empty name is no name", { participant_name: "" }, { name: null }),
  arrives(
    "a user id",
    { participant_user_uuid: "zoom-persistent-1" },
    { userId: "zoom-persistent-1" },
  ),
  arrives("an empty user id is none", { participant_user_uuid: "" }, { userId: null }),
  arrives("an emoji in a name", { participant_name: "Zoë 👩‍🚀" }, { name: "Zoë 👩‍🚀" }),
  arrives("a name from right to left", { participant_name: "עדה لافليس" }, { name: "עדה لافليس" }),
  arrives("quotes in a name", { participant_name: 'A "B"\n\\C/' }, { name: 'A "B"\n\\C/' }),
  arrives("a DEL in a name", { participant_name: "A\x7f\u2028" }, { name: "A\x7f\u2028" }),
  arrives("a NUL in a name", { participant_name: "A\0da" }, { name: "Ada" }),
  arrives(
    "a name of six hundred",
    { participant_name: "🦊".repeat(600) },
    { name: "🦊".repeat(500) },
  ),
  arrives("unknown fields are ignored", { shoe_size: 39, event_data: { x: [1.5] } }, {}),
  arrives("a time as text", { timestamp_ms: String(TEN) }, {}),
  {
    name: "a time with a fraction of nothing",
    body: attendeeBody({ trigger: PRESENCE, data: joinData }).replace(`${TEN}`, `${TEN}.0`),
    expected: adaReading({ type: "joined", at: TEN, ...ada }),
  },
  {
    name: "a guest leaves",
    body: attendeeBody({ trigger: PRESENCE, data: { ...joinData, event_type: "leave" } }),
    expected: adaReading({ type: "left", at: TEN, joinedAt: null, ...ada }),
  },
  {
    name: "a guest becomes the host",
    body: attendeeBody({
      trigger: PRESENCE,
      data: { ...joinData, event_type: "update", participant_is_host: true },
    }),
    expected: adaReading({ type: "updated", at: TEN, ...ada, isHost: true }),
  },
  {
    name: "a delivery without a key is named by what happened",
    body: attendeeBody({ trigger: PRESENCE, data: joinData, idempotency_key: null }),
    expected: {
      kind: "events",
      id: `participant_event|${joinData.id}`,
      occurrence: `participant_event|${joinData.id}`,
      type: PRESENCE,
      about: { room: BOT, title: null, events: [{ type: "joined", at: TEN, ...ada }] },
    },
  },
  {
    name: "an event without an id is named by who did what when",
    body: attendeeBody({ trigger: PRESENCE, data: { ...joinData, id: null } }),
    expected: eventReading(PRESENCE, `participant_event|${BOT}|${ada.participantId}|join|${TEN}`, {
      type: "joined",
      at: TEN,
      ...ada,
    }),
  },
  {
    name: "an app session is a room too",
    body: pythonJson({
      idempotency_key: KEY,
      app_session_id: "app_9sKd02LmQwEr7TyU",
      app_session_metadata: { title: "Standup" },
      trigger: PRESENCE,
      data: joinData,
    }),
    expected: {
      kind: "events",
      id: KEY,
      occurrence: `participant_event|${joinData.id}`,
      type: PRESENCE,
      about: {
        room: "app_9sKd02LmQwEr7TyU",
        title: "Standup",
        events: [{ type: "joined", at: TEN, ...ada }],
      },
    },
  },
];

function titled(name: string, bot_metadata: PythonJson, title: string | null): Fixture {
  return {
    name,
    body: attendeeBody({ trigger: PRESENCE, data: joinData, bot_metadata }),
    expected: {
      kind: "events",
      id: KEY,
      occurrence: `participant_event|${joinData.id}`,
      type: PRESENCE,
      about: { room: BOT, title, events: [{ type: "joined", at: TEN, ...ada }] },
    },
  };
}

const titles: Fixture[] = [
  titled("a title in the metadata", { title: "Weekly sync" }, "Weekly sync"),
  titled("a title by another key", { "10": "a", "9": "b", subject: " Réunion 🚀 " }, "Réunion 🚀"),
  titled("the first title that says something", { title: " ", name: "Ventas" }, "Ventas"),
  titled("a title of three hundred", { meeting_name: "🦊".repeat(300) }, "🦊".repeat(200)),
  titled("a title that is a number", { title: 7 }, null),
  titled("metadata without a title", { customer: "cus_42" }, null),
  titled("metadata that is a list", ["title"], null),
];

function state(
  name: string,
  changes: { [key: string]: PythonJson },
  event:
    | { type: "observer_joined" }
    | { type: "data_deleted"; reason: string }
    | (Omit<ObserverLeft, "at" | "reason"> & { reason: string }),
): Fixture {
  const data = { ...arrivalData, ...changes };
  const at = TEN + 123;
  return {
    name,
    body: attendeeBody({ trigger: STATE, data }),
    expected: eventReading(
      STATE,
      `state_change|${BOT}|${at}|${data.event_type.replace("\0", "")}`,
      {
        at,
        ...event,
      },
    ),
  };
}

const observer: Fixture[] = [
  state("the bot comes in", {}, { type: "observer_joined" }),
  state("the bot is let in", { old_state: "waiting_room" }, { type: "observer_joined" }),
  state(
    "the bot comes in by an unknown change",
    { event_type: "beamed_in", new_state: "joined_recording" },
    { type: "observer_joined" },
  ),
  state(
    "an app session begins",
    { event_type: "app_session_connected", old_state: "connecting", new_state: "connected" },
    { type: "observer_joined" },
  ),
  state(
    "the meeting ends",
    { event_type: "meeting_ended", old_state: "joined_recording", new_state: "post_processing" },
    { type: "observer_left", reason: "meeting_ended", outside: false },
  ),
  state(
    "the bot leaves",
    { event_type: "left_meeting", old_state: "leaving", new_state: "post_processing" },
    { type: "observer_left", reason: "left_meeting" },
  ),
  state(
    "the bot dies",
    { event_type: "fatal_error", event_sub_type: "heartbeat_timeout", new_state: "fatal_error" },
    { type: "observer_left", reason: "fatal_error/heartbeat_timeout", outside: true },
  ),
  state(
    "the bot is refused",
    {
      event_type: "could_not_join_meeting",
      event_sub_type: "request_to_join_denied",
      new_state: "fatal_error",
    },
    {
      type: "observer_left",
      reason: "could_not_join_meeting/request_to_join_denied",
      outside: true,
      removed: true,
    },
  ),
  state(
    "a person removes the bot",
    {
      event_type: "meeting_ended",
      old_state: "joined_not_recording",
      new_state: "post_processing",
      event_metadata: {
        remover_name: "Ida Blum",
        remover_uuid: "8:orgid:1",
        remover_is_host: true,
      },
    },
    {
      type: "observer_left",
      reason: "meeting_ended",
      outside: false,
      removed: true,
      by: "Ida Blum",
    },
  ),
  state(
    "the data are deleted",
    { event_type: "data_deleted", old_state: "ended", new_state: "data_deleted" },
    { type: "data_deleted", reason: "data_deleted" },
  ),
  state(
    "an app session ends",
    { event_type: "app_session_disconnected", old_state: "disconnecting", new_state: "ended" },
    { type: "observer_left", reason: "app_session_disconnected" },
  ),
  state(
    "the bot ends by an unknown change",
    { event_type: "vanished\0", new_state: "ended" },
    { type: "observer_left", reason: "vanished", outside: true },
  ),
  {
    name: "a whole charge keeps its fraction in the signature",
    body: attendeeBody({
      trigger: STATE,
      data: {
        ...arrivalData,
        old_state: "post_processing",
        new_state: "ended",
        event_type: "post_processing_completed",
        event_metadata: { credits_consumed: "1.0", bot_duration_seconds: 3600 },
      },
    }).replace('"1.0"', "1.0"),
    expected: eventReading(STATE, `state_change|${BOT}|${TEN + 123}|post_processing_completed`, {
      type: "observer_left",
      at: TEN + 123,
      reason: "post_processing_completed",
    }),
  },
  ...[
    ["2026-03-12T10:00:00+00:00", TEN],
    ["2026-03-12T10:00:00Z", TEN],
    ["2026-03-12 11:00:00.5+0100", TEN + 500],
    ["2026-03-12T04:30:00.0006-05:30", TEN + 1],
  ].map(
    ([created_at, at]): Fixture => ({
      name: `a time written as ${created_at}`,
      body: attendeeBody({ trigger: STATE, data: { ...arrivalData, created_at: `${created_at}` } }),
      expected: eventReading(STATE, `state_change|${BOT}|${at}|joined_meeting`, {
        type: "observer_joined",
        at: Number(at),
      }),
    }),
  ),
];

/** Bodies as Attendee sends them, kind by kind, and what each must be read as. */
export const fixtures: readonly Fixture[] = [...presence, ...titles, ...observer, ...withoutEvents];
