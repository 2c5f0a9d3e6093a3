import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The body with which Daily reports `event` in `room`, as delivery `id`; `null` for what it never reports. */
export function speak(event: MeetingEvent, room: string, id: string): string | null {
  const body = (type: string, payload: object) => bodyOf(type, id, { room, ...payload }, event.at);
  switch (event.type) {
    case "joined":
      return body("participant.joined", connection(event, event.at));
    case "knocked":
      return body("waiting-participant.joined", connection(event, event.at));
    case "left":
      return body("participant.left", stay(event, event.joinedAt));
    case "stopped_waiting":
      return body("waiting-participant.left", stay(event, event.startedAt));
    case "meeting_started":
      return body("meeting.started", {
        meeting_id: event.providerMeetingId,
        start_ts: event.at / 1000,
      });
    case "meeting_ended":
      return body("meeting.ended", {
        meeting_id: event.providerMeetingId,
        // It is cut to a whole second here.
        start_ts: event.startedAt === null ? null : Math.floor(event.startedAt / 1000),
        end_ts: event.at / 1000,
      });
    default:
      return null;
  }
}

/** A body about a recording or a transcript of `room`, as delivery `id`, which also says which of them. */
export function digress(room: string, at: Ms, id: string): string {
  const start_ts = Math.floor(at / 1000);
  switch (oneOfThree(id)) {
    case 0:
      return bodyOf("recording.started", id, { action: "start-cloud-recording", start_ts }, at);
    case 1:
      return bodyOf("transcript.started", id, { room_name: room, status: "t_in_progress" }, at);
    default:
      return bodyOf(
        "recording.ready-to-download",
        id,
        { room_name: room, start_ts, status: "finished", duration: 9 },
        at,
      );
  }
}

function bodyOf(type: string, id: string, payload: object, at: Ms): string {
  return JSON.stringify({ version: "1.0.0", type, id, payload, event_ts: at / 1000 });
}

function connection({ participantId, isHost, ...who }: About, since: Ms | null) {
  return {
    ...anonymity(participantId, who),
    session_id: participantId,
    ...(since === null ? {} : { joined_at: since / 1000 }),
    will_eject_at: null,
    owner: isHost,
    permissions: {
      hasPresence: true,
      canSend: true,
      canReceive: { base: true },
      canAdmin: isHost === true ? ["participants", "streaming"] : false,
    },
  };
}

/** Without a token there is no user id, an empty one, or the connection's own; and a name only where it is given. */
function anonymity(connectionId: string, { userId, name }: Pick<About, "userId" | "name">) {
  if (userId !== null) return { user_id: userId, user_name: name };
  switch (oneOfThree(connectionId)) {
    case 0:
      return name === null ? {} : { user_name: name };
    case 1:
      return { user_id: null, user_name: name };
    default:
      return { user_id: connectionId, user_name: name };
  }
}

/** The difference of the moments has the floating-point noise of Daily's own durations. */
function stay(event: About & { at: Ms }, since: Ms | null) {
  const whole = since === null ? {} : { duration: event.at / 1000 - since / 1000 };
  return { ...connection(event, since), ...whole };
}

function oneOfThree(id: string): number {
  return id.charCodeAt(id.length - 1) % 3;
}
