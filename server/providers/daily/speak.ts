import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The body with which Daily reports `event` in `room`, as delivery `id`; `null` for what it never reports. */
export function speak(event: MeetingEvent, room: string, id: string): string | null {
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
      return null;
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
