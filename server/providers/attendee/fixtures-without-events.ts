import type { Fixture } from "#server/providers/contract/contract.ts";
import { type PythonJson, pythonJson } from "./python-json.ts";
import { arrivalData, attendeeBody, BOT, joinData, KEY, TEN, without } from "./sample.ts";

const PRESENCE = "participant_events.join_leave";
const STATE = "bot.state_change";

function ignored(name: string, trigger: string, data: PythonJson): Fixture {
  return {
    name,
    body: attendeeBody({ trigger, data }),
    expected: { kind: "ignored", id: KEY, occurrence: KEY, type: trigger, room: BOT },
  };
}

const triggers: Fixture[] = [
  ...["transcript.update", "chat_messages.update", "participant_events.speech_start_stop"],
  ...["calendar.events_update", "calendar.state_change", "async_transcription.state_change"],
  ...["zoom_oauth_connection.state_change", "bot_logs.update"],
  ...["participant_events.screenshare_start_stop", "constructor"],
].map((trigger) => ignored(`${trigger} says nothing about attendance`, trigger, joinData));

const bare: Fixture = {
  name: "a trigger without data says nothing about attendance",
  body: pythonJson({ idempotency_key: KEY, trigger: "bot_logs.update" }),
  expected: { kind: "ignored", id: KEY, occurrence: KEY, type: "bot_logs.update", room: null },
};

const kinds: Fixture[] = [
  "speech_start",
  "speech_stop",
  "screenshare_start",
  "participant_joined",
].map((event_type) =>
  ignored(`${event_type} says nothing about attendance`, PRESENCE, {
    event_type,
    timestamp_ms: null,
  }),
);

/** Event, old state, new state. */
const changes = [
  ["join_requested", "ready", "joining"],
  ["staged", "scheduled", "staged"],
  ["put_in_waiting_room", "joining", "waiting_room"],
  ["recording_permission_granted", "joined_not_recording", "joined_recording"],
  ["recording_permission_denied", "joined_recording", "joined_recording_permission_denied"],
  ["recording_paused", "joined_recording", "joined_recording_paused"],
  ["recording_resumed", "joined_recording_paused", "joined_recording"],
  ["began_joining_breakout_room", "joined_recording", "joining_breakout_room"],
  ["joined_breakout_room", "joining_breakout_room", "joined_recording"],
  ["began_leaving_breakout_room", "joined_recording", "leaving_breakout_room"],
  ["left_breakout_room", "leaving_breakout_room", "joined_not_recording"],
  ["leave_requested", "joined_recording", "leaving"],
  ["app_session_connection_requested", "ready", "connecting"],
  ["app_session_disconnect_requested", "connected", "disconnecting"],
].map(([event_type = "", old_state = "", new_state = ""]) =>
  ignored(`${event_type} is neither a join nor a leave of the bot`, STATE, {
    ...arrivalData,
    event_type,
    old_state,
    new_state,
  }),
);

function unreadable(name: string, trigger: string, data: PythonJson, reason: string): Fixture {
  return {
    name,
    body: attendeeBody({ trigger, data }),
    expected: { kind: "unreadable", reason, type: trigger, room: BOT },
  };
}

const NO_TIME = "is not a time between 2000 and 2100";

const brokenData: Fixture[] = [
  unreadable("no data", PRESENCE, null, "data is missing"),
  unreadable("data that are a list", PRESENCE, [joinData], "data is not an object"),
  unreadable("data that are text", STATE, "ended", "data is not an object"),
  ...["event_type", "participant_uuid", "timestamp_ms"].map((field) =>
    unreadable(`no ${field}`, PRESENCE, without(joinData, field), `data.${field} is missing`),
  ),
  unreadable(
    "an empty uuid",
    PRESENCE,
    { ...joinData, participant_uuid: "" },
    "data.participant_uuid is missing",
  ),
  unreadable(
    "a uuid that is an object",
    PRESENCE,
    { ...joinData, participant_uuid: {} },
    "data.participant_uuid is not text",
  ),
  unreadable(
    "a uuid too long to index",
    PRESENCE,
    { ...joinData, participant_uuid: "é".repeat(501) },
    "data.participant_uuid is longer than 1000 bytes",
  ),
  unreadable(
    "a time in words",
    PRESENCE,
    { ...joinData, timestamp_ms: "at ten" },
    "data.timestamp_ms is not a number",
  ),
  unreadable(
    "a time in seconds",
    PRESENCE,
    { ...joinData, timestamp_ms: TEN / 1000 },
    `data.timestamp_ms ${NO_TIME}`,
  ),
  unreadable(
    "a change at no time",
    STATE,
    without(arrivalData, "created_at"),
    "data.created_at is missing",
  ),
  ...["yesterday", "2026-03-12", "2026-03-12T10:00:00", "2026-13-12T10:00:00Z"].map((created_at) =>
    unreadable(
      `a change at "${created_at}"`,
      STATE,
      { ...arrivalData, created_at },
      "data.created_at is not a time with an offset",
    ),
  ),
  unreadable(
    "a change long ago",
    STATE,
    { ...arrivalData, created_at: "1999-12-31T23:59:59.999Z" },
    `data.created_at ${NO_TIME}`,
  ),
];

const brokenEnvelopes: Fixture[] = [
  {
    name: "no bot",
    body: attendeeBody({ trigger: PRESENCE, data: joinData, bot_id: null }),
    expected: { kind: "unreadable", reason: "bot_id is missing", type: PRESENCE, room: null },
  },
  {
    name: "a bot that is a number",
    body: attendeeBody({ trigger: PRESENCE, data: joinData, bot_id: 7 }),
    expected: { kind: "unreadable", reason: "bot_id is not text", type: PRESENCE, room: null },
  },
  {
    name: "no trigger",
    body: pythonJson({ idempotency_key: KEY, data: joinData }),
    expected: { kind: "unreadable", reason: "trigger is missing", type: null, room: null },
  },
];

/** Bodies that are not about attendance, and bodies that cannot be read. */
export const withoutEvents: readonly Fixture[] = [
  ...triggers,
  bare,
  ...kinds,
  ...changes,
  ...brokenData,
  ...brokenEnvelopes,
];
