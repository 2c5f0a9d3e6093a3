import { v7 as uuid } from "uuid";
import { clock } from "#domain/testing/history.ts";
import { arrivalData, attendeeBody, joinData } from "#server/providers/attendee/testing/sample.ts";

/** What Attendee reports of one participant, besides the event and its time. */
export interface Whom {
  uuid?: string;
  user?: string | null;
  host?: boolean | null;
  /** The `data.id`: the same through all subscriptions. */
  id?: string;
  /** The idempotency key: one for each subscription. */
  key?: string;
}

/** A bot whose bodies are those Attendee sends, each a delivery of its own. */
export interface TestBot {
  id: string;
  joins(at: string, name: string | null, whom?: Whom): string;
  leaves(at: string, name: string | null, whom?: Whom): string;
  /** For example `meeting_ended`, `post_processing`: what happened to the bot, and its new state. */
  turns(
    at: string,
    event_type: string,
    new_state: string,
    old_state?: string,
    more?: { event_sub_type?: string; event_metadata?: object },
  ): string;
  comesIn(at: string): string;
  deletes(at: string): string;
  /** Carries a name and reports no attendance, as do `chat` and `transcript`. */
  speech(name: string): string;
  chat(name: string, text: string): string;
  transcript(name: string, text: string): string;
}

export function botNamed(bot_id: string, title: string | null = null): TestBot {
  const bot_metadata = title === null ? null : { title };
  const body = (trigger: string, data: Parameters<typeof attendeeBody>[0]["data"], key = uuid()) =>
    attendeeBody({ trigger, data, bot_id, bot_metadata, idempotency_key: key });
  const presence = (event_type: string, at: string, name: string | null, whom: Whom = {}) =>
    body(
      "participant_events.join_leave",
      {
        ...joinData,
        event_type,
        id: whom.id ?? `pe_${uuid()}`,
        timestamp_ms: clock(at),
        participant_name: name,
        participant_uuid: whom.uuid ?? name ?? "nobody",
        participant_user_uuid: whom.user ?? null,
        participant_is_host: whom.host ?? null,
      },
      whom.key,
    );
  const turns: TestBot["turns"] = (
    at,
    event_type,
    new_state,
    old_state = "joined_recording",
    more = {},
  ) => {
    const created_at = new Date(clock(at)).toISOString().replace("Z", "123+00:00");
    return body("bot.state_change", {
      ...arrivalData,
      event_type,
      new_state,
      old_state,
      created_at,
      ...more,
    });
  };
  return {
    id: bot_id,
    joins: (at, name, whom) => presence("join", at, name, whom),
    leaves: (at, name, whom) => presence("leave", at, name, whom),
    turns,
    comesIn: (at) => turns(at, "joined_meeting", "joined_not_recording", "joining"),
    deletes: (at) => turns(at, "data_deleted", "data_deleted", "ended"),
    speech: (name) =>
      body("participant_events.speech_start_stop", {
        ...joinData,
        event_type: "speech_start",
        participant_name: name,
      }),
    chat: (name, text) =>
      body("chat_messages.update", { id: `msg_${uuid()}`, text, sender_name: name }),
    transcript: (name, text) =>
      body("transcript.update", { speaker_name: name, transcription: { transcript: text } }),
  };
}
