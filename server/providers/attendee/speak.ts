import type { MeetingEvent } from "#domain/event/event.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { attendeeBody } from "./sample.ts";

const PARTICIPANT = { joined: "join", left: "leave", updated: "update" } as const;

/** The body with which the bot reports `event`, as delivery `id`; `null` for what Attendee never reports. */
export function speak(event: MeetingEvent, bot: string, id: string): string | null {
  const body = (trigger: string, data: Parameters<typeof attendeeBody>[0]["data"]) =>
    attendeeBody({ trigger, idempotency_key: id, bot_id: bot, data });
  const created_at = toWireTime(event.at);
  switch (event.type) {
    case "joined":
    case "left":
    case "updated":
      return body("participant_events.join_leave", {
        id: `pe_${id}`,
        event_type: PARTICIPANT[event.type],
        event_data: {},
        timestamp_ms: event.at,
        participant_uuid: event.participantId,
        participant_user_uuid: event.userId,
        participant_name: event.name,
        participant_is_host: event.isHost,
      });
    case "observer_joined":
      return body("bot.state_change", {
        event_type: "joined_meeting",
        old_state: "joining",
        new_state: "joined_not_recording",
        created_at,
      });
    case "observer_left":
      return body("bot.state_change", {
        event_type: "meeting_ended",
        old_state: "joined_recording",
        new_state: "post_processing",
        created_at,
      });
    default:
      return null;
  }
}
