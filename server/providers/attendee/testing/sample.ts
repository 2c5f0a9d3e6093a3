import { type PythonJson, pythonJson } from "#server/providers/attendee/python-json.ts";

/** 12 March 2026, 10:00 UTC. */
export const TEN = 1773309600000;

export const BOT = "bot_Fw3kZ0qLr8TnYc1X";
const KEY = "0b9f2f7e-5f0c-4d3e-9a58-3f1b7c2d0e11";

/** Ada's arrival as Attendee describes it, in the key order in which PostgreSQL gives it back. */
export const joinData = {
  id: "pe_h2Vx9QmS4bTzL7aK",
  event_data: {},
  event_type: "join",
  timestamp_ms: TEN,
  participant_name: "Ada Lovelace",
  participant_uuid: "spaces/abc/devices/101",
  participant_is_host: false,
  participant_user_uuid: null,
} as const satisfies PythonJson;

/** The bot's own arrival as Attendee describes it. */
export const arrivalData = {
  new_state: "joined_not_recording",
  old_state: "joining",
  created_at: "2026-03-12T10:00:00.123456+00:00",
  event_type: "joined_meeting",
  event_metadata: {},
  event_sub_type: null,
} as const satisfies PythonJson;

export interface AttendeeBody {
  trigger: string;
  data: PythonJson;
  idempotency_key?: PythonJson;
  bot_id?: PythonJson;
  bot_metadata?: PythonJson;
}

/** The wire form, byte for byte as Python writes it. */
export function attendeeBody({ trigger, data, ...given }: AttendeeBody): string {
  const { idempotency_key = KEY, bot_id = BOT, bot_metadata = null } = given;
  return pythonJson({ idempotency_key, bot_id, bot_metadata, trigger, data });
}
