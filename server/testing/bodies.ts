import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { attendeeBody } from "#server/providers/attendee/sample.ts";
import type { WebhookProvider } from "#server/providers/contract/contract.ts";

/*
 * The events of a meeting as the providers would send them, so that a test lists events and the server receives
 * webhooks.
 */

/** The body with which a provider reports `event` of `room`. The same `id` makes the same delivery. */
export function bodyOf(
  provider: WebhookProvider,
  event: MeetingEvent,
  room: string,
  id: string,
): string {
  switch (provider) {
    case "daily":
      return daily(event, room, id);
    case "attendee":
      return attendee(event, room, id);
    default:
      return provider satisfies never;
  }
}

function daily(event: MeetingEvent, room: string, id: string): string {
  const body = (type: string, payload: object) =>
    JSON.stringify({
      version: "1.0.0",
      type,
      id,
      payload: { room, ...payload },
      event_ts: event.at / 1000,
    });
  switch (event.type) {
    case "joined":
      return body("participant.joined", { ...connection(event), joined_at: event.at / 1000 });
    case "knocked":
      return body("waiting-participant.joined", {
        ...connection(event),
        joined_at: event.at / 1000,
      });
    case "left":
      return body("participant.left", {
        ...connection(event),
        ...stay(event.joinedAt, event.at),
      });
    case "stopped_waiting":
      return body("waiting-participant.left", {
        ...connection(event),
        ...stay(event.startedAt, event.at),
      });
    case "meeting_started":
      return body("meeting.started", {
        meeting_id: event.providerMeetingId,
        start_ts: event.at / 1000,
      });
    case "meeting_ended":
      return body("meeting.ended", {
        meeting_id: event.providerMeetingId,
        start_ts: event.startedAt === null ? null : event.startedAt / 1000,
        end_ts: event.at / 1000,
      });
    default:
      throw new Error(`Daily never tells ${event.type}`);
  }
}

function connection(event: Extract<MeetingEvent, { participantId: string }>) {
  return {
    session_id: event.participantId,
    user_id: event.userId,
    user_name: event.name,
    owner: event.isHost,
  };
}

function stay(since: Ms | null, at: Ms) {
  return since === null ? {} : { joined_at: since / 1000, duration: (at - since) / 1000 };
}

const PARTICIPANT = { joined: "join", left: "leave", updated: "update" } as const;

function attendee(event: MeetingEvent, bot: string, id: string): string {
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
      throw new Error(`Attendee never tells ${event.type}`);
  }
}
