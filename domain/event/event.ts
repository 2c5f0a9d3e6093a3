import type { Ms } from "#domain/time/ms.ts";
import type { FieldsOf, MEETING_EVENTS, PARTICIPANT_EVENTS } from "./table.ts";

type Participants = typeof PARTICIPANT_EVENTS;
type Meetings = typeof MEETING_EVENTS;

/** An event of one type, with the fields of its table. */
type EventOf<Type extends keyof Participants | keyof Meetings> = {
  type: Type;
  at: Ms;
} & (Type extends keyof Participants
  ? { participantId: string } & FieldsOf<Participants[Type]>
  : Type extends keyof Meetings
    ? FieldsOf<Meetings[Type]>
    : never);

/**
 * Who an event is about, as the provider named them at that moment. `participantId` is one connection
 * (Daily `session_id`, Attendee `participant_uuid`).
 */
export type About = Pick<EventOf<"joined">, "participantId" | "userId" | "name" | "isHost">;

/** A participant asked to be let in. */
export type Knocked = EventOf<"knocked">;

/**
 * A participant is no longer in the waiting room: admitted, refused or gone. `startedAt` names the knock
 * that it ends.
 */
export type StoppedWaiting = EventOf<"stopped_waiting">;

export type Joined = EventOf<"joined">;

/** A participant left. `joinedAt`, where the provider repeats it, makes this event a whole visit by itself. */
export type Left = EventOf<"left">;

/** The host role or the name of a present participant changed. */
export type Updated = EventOf<"updated">;

export type MeetingStarted = EventOf<"meeting_started">;

/** `startedAt` may be coarser than the one in `meeting_started`. */
export type MeetingEnded = EventOf<"meeting_ended">;

/** The observer (an Attendee bot) came in: what happened before was not seen. */
export type ObserverJoined = EventOf<"observer_joined">;

/** The observer left for good: nothing after this is seen, so every open visit and wait ends here, inferred. */
export type ObserverLeft = EventOf<"observer_left">;

/** The provider erased its data of this meeting, so our data of its people is erased too. */
export type DataDeleted = EventOf<"data_deleted">;

/**
 * An operator's correction of who is who, beside what the provider reports. Of two that contradict each
 * other the later counts; `undone` takes back the one with the same `ruling`. `at` is the first moment of any
 * of its participants, so that it belongs to the meeting they were in.
 */
export type IdentityCorrected = EventOf<"identity_ruled">;

/**
 * An operator's correction of what is one meeting of a room. `undone` takes back the one with the same
 * `ruling`. `at`: for `joined` when the later of the two began, for `parted` from when on it is another
 * meeting.
 */
export type MeetingCorrected = EventOf<"meeting_ruled">;

/**
 * An operator's correction that a connection is not there any more: it neither waits nor is in. One event
 * for each connection, all with the same `ruling`. `at` is when the corrected visit or wait began, so that the
 * correction belongs to the same meeting.
 */
export type PresenceCorrected = EventOf<"presence_ruled">;

/** The same correction for the observer. `at` is the time of the meeting's latest event. */
export type ObserverCorrected = EventOf<"observer_ruled">;

/** What one participant did, or what was reported or corrected about them. */
export type ParticipantEvent =
  | Knocked
  | StoppedWaiting
  | Joined
  | Left
  | Updated
  | PresenceCorrected;

/** What happened to the meeting as a whole. */
export type MeetingLevelEvent =
  | MeetingStarted
  | MeetingEnded
  | ObserverJoined
  | ObserverLeft
  | DataDeleted
  | IdentityCorrected
  | MeetingCorrected
  | ObserverCorrected;

/** A fact that happened in a room. Facts never change; every view is projected from them. */
export type MeetingEvent = ParticipantEvent | MeetingLevelEvent;

export type MeetingEventType = MeetingEvent["type"];

export function isAboutParticipant(event: MeetingEvent): event is ParticipantEvent {
  return "participantId" in event;
}

/**
 * The earliest moment an event is about: its own, or the anchor it repeats. A `left` at 10:30 with
 * `joinedAt` 10:00 is about 10:00.
 */
export function earliest(event: MeetingEvent): Ms {
  switch (event.type) {
    case "left":
      return Math.min(event.at, event.joinedAt ?? event.at);
    case "stopped_waiting":
    case "meeting_ended":
      return Math.min(event.at, event.startedAt ?? event.at);
    case "knocked":
    case "joined":
    case "updated":
    case "meeting_started":
    case "observer_joined":
    case "observer_left":
    case "data_deleted":
    case "identity_ruled":
    case "presence_ruled":
    case "observer_ruled":
    // Events before the later meeting do not belong to it, should the correction be undone.
    case "meeting_ruled":
      return event.at;
    default:
      return event satisfies never;
  }
}
