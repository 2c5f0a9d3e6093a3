import type { About, MeetingEvent } from "#domain/event/event.ts";
import { hostChange } from "#domain/event/host-change.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Trigger } from "./endpoint.ts";
import { keyOf, type MessageName, type Occurrence, type ToldMeeting } from "./occurrence.ts";

/* What other systems are told of single events, in the payloads of the two providers, field by field. */

/** An event that was read from a delivery, and what its delivery says besides. */
export interface ToldEvent {
  event: MeetingEvent;
  deliveryId: number | null;
  /** Sixteen characters that name it, however its meeting is merged or parted. */
  name: string;
  /** Of an update, whether they were host by the report before it; `null` where none said. */
  wasHost: boolean | null;
  /** The provider's own name and data of the event, and what users put to the bot: `null` where it gives none. */
  given: {
    id: string | null;
    eventData: Readonly<Record<string, unknown>> | null;
    metadata: Readonly<Record<string, unknown>> | null;
  } | null;
}

/** What is told of one event; what an operator corrected is no report of a provider, and is not told so. */
export function occurrencesOfEvent(meeting: ToldMeeting, told: ToldEvent): Occurrence[] {
  const { event } = told;
  switch (event.type) {
    case "joined":
      return [
        participantEvent(meeting, told, event, "join"),
        connectionEvent(meeting, told, event, "participant.joined", event.at),
      ];
    case "left":
      return [
        participantEvent(meeting, told, event, "leave"),
        connectionEvent(meeting, told, event, "participant.left", event.joinedAt),
      ];
    case "updated":
      return [participantEvent(meeting, told, event, "update")];
    case "knocked":
      return [connectionEvent(meeting, told, event, "waiting-participant.joined", event.at)];
    case "stopped_waiting":
      return [connectionEvent(meeting, told, event, "waiting-participant.left", event.startedAt)];
    // Told of the meeting as a whole, or ours alone.
    case "meeting_started":
    case "meeting_ended":
    case "observer_joined":
    case "observer_left":
    case "data_deleted":
    case "identity_ruled":
    case "meeting_ruled":
    case "presence_ruled":
    case "observer_ruled":
      return [];
    default:
      return event satisfies never;
  }
}

type Told = About & { at: Ms; observer?: string };

function occurrenceOf(
  { id, source }: ToldMeeting,
  { name, deliveryId }: ToldEvent,
  event: Told,
  trigger: Trigger,
  body: Occurrence["body"],
): Occurrence {
  return {
    trigger,
    key: keyOf(trigger, source.id, name),
    // A delivery that is read otherwise than before corrects what was told of it.
    about: keyOf(trigger, source.id, deliveryId ?? name),
    at: event.at,
    meetingId: id,
    body,
  };
}

/** `participant_events.…`; `data` is in the order in which it is sent by those who sent it first. */
function participantEvent(
  meeting: ToldMeeting,
  told: ToldEvent,
  event: Told,
  event_type: "join" | "leave" | "update",
): Occurrence {
  const trigger =
    event_type === "update" ? "participant_events.update" : "participant_events.join_leave";
  const { participantId, userId, name, isHost, at } = event;
  return occurrenceOf(meeting, told, event, trigger, ({ id }) => ({
    idempotency_key: id,
    bot_id: meeting.isOnePerRoom ? (event.observer ?? meeting.room) : meeting.id,
    bot_metadata: told.given?.metadata ?? null,
    trigger,
    data: {
      id: told.given?.id ?? `pe_${told.name}`,
      event_data:
        told.given?.eventData ?? (event_type === "update" ? hostChange(told.wasHost, isHost) : {}),
      event_type,
      timestamp_ms: at,
      participant_name: name,
      participant_uuid: participantId,
      participant_is_host: isHost ?? false,
      participant_user_uuid: userId,
    },
  }));
}

/** `participant.…` and `waiting-participant.…`; seconds have the noise of the difference they are. */
function connectionEvent(
  meeting: ToldMeeting,
  told: ToldEvent,
  event: Told,
  trigger: Trigger,
  since: Ms | null,
): Occurrence {
  const { participantId, userId, name, isHost, at } = event;
  const isEnd = event.at !== since;
  const isHosting = isHost ?? false;
  return occurrenceOf(meeting, told, event, trigger, (message) =>
    envelope(trigger, message, {
      room: meeting.room,
      ...(userId !== null && { user_id: userId }),
      user_name: name,
      session_id: participantId,
      ...(since !== null && { joined_at: since / 1000 }),
      will_eject_at: null,
      owner: isHosting,
      permissions: {
        hasPresence: true,
        canSend: true,
        canReceive: { base: true },
        canAdmin: isHosting ? ["participants", "streaming", "transcription"] : false,
      },
      ...(isEnd && since !== null && { duration: at / 1000 - since / 1000 }),
    }),
  );
}

/** `meeting.started`, once its meeting began, whatever its provider reports. */
export function meetingStarted(meeting: ToldMeeting, startedAt: Ms): Occurrence {
  const trigger = "meeting.started";
  const { id, source, room } = meeting;
  return {
    ...{ trigger, at: startedAt, meetingId: id },
    key: keyOf(trigger, source.id, id),
    about: keyOf(trigger, source.id, id),
    body: (message) =>
      envelope(trigger, message, {
        start_ts: startedAt / 1000,
        meeting_id: idOf(meeting),
        room,
      }),
  };
}

/** `meeting.ended`; a meeting that went on and ended later is told once more, as a correction. */
export function meetingEnded(meeting: ToldMeeting, endedAt: Ms): Occurrence {
  const trigger = "meeting.ended";
  const { id, source, room, startedAt } = meeting;
  return {
    ...{ trigger, at: endedAt, meetingId: id },
    key: keyOf(trigger, source.id, id, endedAt),
    about: keyOf(trigger, source.id, id),
    body: (message) =>
      envelope(trigger, message, {
        // It is cut to a whole second here.
        start_ts: startedAt === null ? null : Math.floor(startedAt / 1000),
        end_ts: endedAt / 1000,
        meeting_id: idOf(meeting),
        room,
      }),
  };
}

function idOf({ providerIds, id }: ToldMeeting): string {
  return providerIds[0] ?? id;
}

function envelope(type: string, { id, madeAt }: MessageName, payload: object) {
  return { version: "1.0.0", type, id, payload, event_ts: madeAt / 1000 };
}
