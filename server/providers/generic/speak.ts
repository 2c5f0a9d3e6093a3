import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { Beside } from "#server/providers/contract/contract.ts";
import type { EventType } from "./schema.ts";

/** The body that reports `event` in `room`; `null` for what has no event here. It has no id of its own. */
export function speak(
  event: MeetingEvent,
  room: string,
  _id: string,
  { title = null, isRefused = false }: Beside = {},
): string | null {
  const named = title === null ? { key: room } : { key: room, title };
  const body = (type: EventType, fields: object) =>
    JSON.stringify({ type, room: named, ...fields, at: toWireTime(event.at) });
  switch (event.type) {
    case "meeting_started":
      return body("meeting.started", { meeting_id: event.providerMeetingId });
    case "meeting_ended":
      return body("meeting.ended", { meeting_id: event.providerMeetingId });
    case "joined":
      return body("participant.joined", participantOf(event));
    case "left":
      return body("participant.left", { ...participantOf(event), ...sinceOf(event.joinedAt) });
    case "knocked":
      return body("participant.waiting", participantOf(event));
    case "stopped_waiting":
      return body(isRefused ? "participant.refused" : "participant.admitted", {
        ...participantOf(event),
        ...sinceOf(event.startedAt),
      });
    case "updated":
      return event.isHost === null ? null : body("participant.role_changed", participantOf(event));
    default:
      return null;
  }
}

function participantOf({ participantId, userId, name, isHost }: About) {
  return { participant: { id: participantId, user_id: userId, name, is_host: isHost } };
}

function sinceOf(since: Ms | null) {
  return since === null ? {} : { joined_at: toWireTime(since) };
}
