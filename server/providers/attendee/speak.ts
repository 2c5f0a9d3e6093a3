import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Beside } from "#server/providers/contract/contract.ts";
import { type PythonJson, pythonJson } from "./python-json.ts";

const PARTICIPANT = { joined: "join", left: "leave", updated: "update" } as const;
const PARTICIPANTS = "participant_events.join_leave";
const STATES = "bot.state_change";
const ENDED = "meeting_ended";

/** The body with which the bot reports `event`, as delivery `id`; `null` for what Attendee never reports. */
export function speak(
  event: MeetingEvent,
  bot: string,
  id: string,
  { title = null }: Beside = {},
): string | null {
  const body = (trigger: string, data: PythonJson) => bodyOf(trigger, data, bot, id, title);
  switch (event.type) {
    case "joined":
    case "left":
    case "updated":
      return body(PARTICIPANTS, participant(event, PARTICIPANT[event.type], id));
    case "observer_joined":
      return body(STATES, change("joined_meeting", "joining", "joined_not_recording", event.at));
    case "observer_left":
      return body(STATES, departure(event.reason ?? ENDED, event.outside === true, event.at));
    default:
      return null;
  }
}

/** A body about speech, a transcript or the bot itself, as delivery `id`, which also says which of them. */
export function digress(bot: string, at: Ms, id: string): string {
  const connection = "spaces/abc/devices/101";
  switch (id.charCodeAt(id.length - 1) % 3) {
    case 0:
      return bodyOf(STATES, change("join_requested", "ready", "joining", at), bot, id, null);
    case 1: {
      const who = { participantId: connection, userId: null, name: null, isHost: false, at };
      const speech = participant(who, "speech_start", id);
      return bodyOf("participant_events.speech_start_stop", speech, bot, id, null);
    }
    default: {
      const transcript = {
        speaker_name: null,
        speaker_uuid: connection,
        timestamp_ms: at,
        duration_ms: 1800,
        transcription: { transcript: "Shall we wait for the others? …" },
      };
      return bodyOf("transcript.update", transcript, bot, id, null);
    }
  }
}

/** In the key order in which Attendee's database gives it back. */
function participant(
  { participantId, userId, name, isHost, at }: About & { at: Ms },
  event_type: string,
  id: string,
) {
  return {
    id: `pe_${id}`,
    event_data: {},
    event_type,
    timestamp_ms: at,
    participant_name: name,
    participant_uuid: participantId,
    participant_is_host: isHost,
    participant_user_uuid: userId,
  };
}

/** How the bot leaves: `reason` is a change of its state, and after a slash the kind of it. */
function departure(reason: string, wasOutside: boolean, at: Ms) {
  const [type = ENDED, kind = null] = reason.split("/");
  const inside = wasOutside ? "joining" : "joined_recording";
  switch (type) {
    case "left_meeting":
      return change(type, "leaving", "post_processing", at, kind);
    case "post_processing_completed":
      return change(type, "post_processing", "ended", at, kind);
    case "fatal_error":
      return change(type, inside, "fatal_error", at, kind);
    default:
      return change(type, inside, "post_processing", at, kind);
  }
}

function change(
  event_type: string,
  old_state: string,
  new_state: string,
  at: Ms,
  event_sub_type: string | null = null,
) {
  const created_at = isoformat(at);
  return { new_state, old_state, created_at, event_type, event_metadata: {}, event_sub_type };
}

/** As Python writes a time: microseconds, and none at all where they are zero. */
function isoformat(at: Ms): string {
  const text = new Date(at).toISOString();
  return at % 1000 === 0 ? text.replace(".000Z", "+00:00") : text.replace("Z", "000+00:00");
}

function bodyOf(trigger: string, data: PythonJson, bot: string, id: string, title: string | null) {
  const bot_metadata = title === null ? null : { title };
  return pythonJson({ idempotency_key: id, bot_id: bot, bot_metadata, trigger, data });
}
