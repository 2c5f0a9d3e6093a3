import type { Ms } from "#domain/time/ms.ts";
import type {
  Actor,
  AttendeeGathering,
  PlottedBot,
  PlottedStay,
} from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import type { PythonJson } from "#server/providers/attendee/python-json.ts";
import type { Emission, EmittedBody } from "./emission.ts";

const SECOND: Ms = 1000;

/** Puts `data` in the envelope of one delivery. */
type Send = (trigger: string, data: EmittedBody, at: Ms, tells: boolean) => Emission;

/** Everything Attendee sends about one gathering between `start` and `end`, not in order. */
export function attendeeEmissions(
  ids: Random,
  gathering: AttendeeGathering,
  start: Ms,
  end: Ms,
): Emission[] {
  const { room, title, actors, bot } = gathering;
  const send = sender(ids, { bot_id: room, bot_metadata: { title } });
  const until = bot.goesAt ?? end;
  return [
    ...arrival(send, bot, start),
    ...actors.flatMap((actor) => actor.stays.flatMap((stay) => ofStay(ids, send, actor, stay))),
    ...actors.flatMap((actor) => chatter(ids, send, actor, until)),
    ...departure(send, bot),
  ];
}

/**
 * What Attendee still sends when a bot that came at `comesAt` leaves at `at`; only the end of post-processing
 * where it had left before.
 */
export function botLeaves(
  ids: Random,
  bot: EmittedBody,
  { comesAt, at, hadLeft }: { comesAt: Ms; at: Ms; hadLeft: boolean },
): Emission[] {
  const send = sender(ids, bot);
  if (hadLeft) return processed(send, at);
  return departure(send, { comesAt, goesAt: at, goes: "left_meeting", processedAt: at });
}

/** `bot` has the fields that every delivery repeats. */
function sender(ids: Random, bot: EmittedBody): Send {
  return (trigger, data, at, tells) => ({
    at,
    readyAt: at,
    body: { idempotency_key: ids.uuid(), ...bot, trigger, data },
    tells,
  });
}

/** In the key order in which Attendee's database gives it back. */
function participantEvent(
  ids: Random,
  { name, userId }: Actor,
  connection: string,
  event_type: string,
  at: Ms,
  isHost: boolean,
): EmittedBody {
  return {
    id: `pe_${ids.token(16)}`,
    event_data: {},
    event_type,
    timestamp_ms: at,
    participant_name: name,
    participant_uuid: connection,
    participant_is_host: isHost,
    participant_user_uuid: userId,
  };
}

function ofStay(ids: Random, send: Send, actor: Actor, stay: PlottedStay): Emission[] {
  const { connection, from, to, told: isReported, hostAtFirst, hostAtLast } = stay;
  const trigger = "participant_events.join_leave";
  const join = participantEvent(ids, actor, connection, "join", from, hostAtFirst);
  const joined = send(trigger, join, from, true);
  if (to === null || !isReported) return [joined];
  const leave = participantEvent(ids, actor, connection, "leave", to, hostAtLast);
  return [joined, send(trigger, leave, to, true)];
}

/** Speech and transcripts, which are not about attendance. */
function chatter(ids: Random, send: Send, actor: Actor, until: Ms): Emission[] {
  const stay = actor.stays[0];
  if (stay === undefined || ids.chance(0.7)) return [];
  const at = ids.int(stay.from, stay.to ?? until);
  const { connection, hostAtFirst } = stay;
  const speech = participantEvent(ids, actor, connection, "speech_start", at, hostAtFirst);
  const transcript = {
    speaker_name: actor.name,
    speaker_uuid: connection,
    speaker_user_uuid: actor.userId,
    speaker_is_host: hostAtFirst,
    timestamp_ms: at,
    duration_ms: 1800,
    transcription: { transcript: "Shall we wait for the others? …" },
  };
  return [
    send("participant_events.speech_start_stop", speech, at, false),
    send("transcript.update", transcript, at, false),
  ];
}

function arrival(send: Send, { comesAt }: PlottedBot, start: Ms): Emission[] {
  const asked = Math.max(start, comesAt - 9 * SECOND);
  const granted = comesAt + 150;
  return [
    change(send, ["join_requested", "ready", "joining"], asked, false, { source: "api" }),
    change(send, ["joined_meeting", "joining", "joined_not_recording"], comesAt, true),
    change(
      send,
      ["recording_permission_granted", "joined_not_recording", "joined_recording"],
      granted,
      false,
    ),
  ];
}

function departure(send: Send, { comesAt, goes, goesAt, processedAt }: PlottedBot): Emission[] {
  if (goesAt === null) return [];
  // The bot is not asked to leave before it came.
  const askedAt = Math.min(goesAt, Math.max(comesAt + 1, goesAt - 400));
  switch (goes) {
    case "left_meeting":
      return [
        change(send, ["leave_requested", "joined_recording", "leaving"], askedAt, false),
        change(send, ["left_meeting", "leaving", "post_processing"], goesAt, true),
        ...processed(send, processedAt),
      ];
    case "meeting_ended":
      return [
        change(send, ["meeting_ended", "joined_recording", "post_processing"], goesAt, true),
        ...processed(send, processedAt),
      ];
    case "fatal_error":
      return [
        change(
          send,
          ["fatal_error", "joined_recording", "fatal_error"],
          goesAt,
          true,
          { error: "browser closed" },
          "attendee_internal_error",
        ),
      ];
    default:
      return goes satisfies never;
  }
}

function processed(send: Send, at: Ms | null): Emission[] {
  if (at === null) return [];
  const metadata = {
    credits_consumed: 0.25,
    bot_duration_seconds: 1_200,
    transcription_errors: [],
  };
  const names = ["post_processing_completed", "post_processing", "ended"] as const;
  return [change(send, names, at, true, metadata)];
}

function change(
  send: Send,
  [event_type, old_state, new_state]: readonly [string, string, string],
  at: Ms,
  tells: boolean,
  event_metadata: PythonJson = {},
  event_sub_type: string | null = null,
): Emission {
  const data = {
    new_state,
    old_state,
    created_at: isoformat(at),
    event_type,
    event_metadata,
    event_sub_type,
  };
  return send("bot.state_change", data, at, tells);
}

/** As Python writes a time: microseconds, and none at all where they are zero. */
function isoformat(at: Ms): string {
  const text = new Date(at).toISOString();
  return at % 1000 === 0 ? text.replace(".000Z", "+00:00") : text.replace("Z", "000+00:00");
}
