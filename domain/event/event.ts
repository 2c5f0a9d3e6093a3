import type { Ms } from "#domain/time/ms.ts";

/**
 * Who an event is about, as the provider named them at that moment. `participantId` is one connection
 * (Daily `session_id`, Attendee `participant_uuid`); `userId` identifies a human inside one meeting;
 * `isHost` is `null` where the provider did not report it.
 */
export interface About {
  participantId: string;
  userId: string | null;
  name: string | null;
  isHost: boolean | null;
}

/** A participant asked to be let in. */
export interface Knocked extends About {
  type: "knocked";
  at: Ms;
}

/**
 * A participant is no longer in the waiting room: admitted, refused or gone. `startedAt` names the knock
 * that it ends.
 */
export interface StoppedWaiting extends About {
  type: "stopped_waiting";
  at: Ms;
  startedAt: Ms | null;
}

export interface Joined extends About {
  type: "joined";
  at: Ms;
}

/** A participant left. `joinedAt`, where the provider repeats it, makes this event a whole visit by itself. */
export interface Left extends About {
  type: "left";
  at: Ms;
  joinedAt: Ms | null;
  /** Only the length of the visit was reported: `at` was computed from it. */
  inferred?: true;
}

/** The host role or the name of a present participant changed. */
export interface Updated extends About {
  type: "updated";
  at: Ms;
}

export interface MeetingStarted {
  type: "meeting_started";
  at: Ms;
  providerMeetingId: string | null;
}

/** `startedAt` may be coarser than the one in `meeting_started`. */
export interface MeetingEnded {
  type: "meeting_ended";
  at: Ms;
  startedAt: Ms | null;
  providerMeetingId: string | null;
  /** It ends a list of everyone who came and went: a participant without a leave was present until then. */
  listed?: true;
}

/** The observer (an Attendee bot) came in: what happened before was not seen. */
export interface ObserverJoined {
  type: "observer_joined";
  at: Ms;
}

/** The observer left for good: nothing after this is seen, so every open visit and wait ends here, inferred. */
export interface ObserverLeft {
  type: "observer_left";
  at: Ms;
  reason: string | null;
  /** Whether the observer was outside until then, or in; absent where the provider does not report it. */
  outside?: boolean;
  /** Someone removed or refused the observer; `by` names them where the provider does. */
  removed?: true;
  by?: string;
}

/** The provider erased its data of this meeting, so our data of its people is erased too. */
export interface DataDeleted {
  type: "data_deleted";
  at: Ms;
  reason: string | null;
}

/**
 * An operator's correction of who is who, beside what the provider reports. Of two that contradict each
 * other the later counts; `undone` takes back the one with the same `ruling`.
 */
export interface IdentityCorrected {
  type: "identity_ruled";
  /** The first moment of any of its participants, so that it belongs to the meeting they were in. */
  at: Ms;
  ruling: string;
  /**
   * `same`: all the participants are one person. `different`: none of them is one with any of `apartFrom`.
   * `note_taker` and `person`: what each of them is, whatever the name suggests.
   */
  verdict: "same" | "different" | "note_taker" | "person" | "undone";
  participantIds: string[];
  apartFrom: string[];
  /** The name of the key or the user, and when they entered it. */
  by: string;
  ruledAt: Ms;
}

/**
 * An operator's correction of what is one meeting of a room. `undone` takes back the one with the same
 * `ruling`.
 */
export interface MeetingCorrected {
  type: "meeting_ruled";
  /** `joined`: when the later of the two began. `parted`: from when on it is another meeting. */
  at: Ms;
  /** `joined`: when the earlier of the two had ended. `parted`: the same as `at`. */
  from: Ms;
  ruling: string;
  verdict: "joined" | "parted" | "undone";
  /** The name of the key or the user, and when they entered it. */
  by: string;
  ruledAt: Ms;
}

/**
 * An operator's correction that a participant or observer is gone. `undone` takes back the one with the
 * same `ruling`.
 */
interface PutAwayByHand {
  ruling: string;
  verdict: "not_here" | "undone";
  /** Gone from this moment on. */
  since: Ms;
  /** The name of the key or the user, and when they entered it. */
  by: string;
  ruledAt: Ms;
}

/**
 * An operator's correction that a connection is not there any more: it neither waits nor is in. One event
 * for each connection, all with the same `ruling`.
 */
export interface PresenceCorrected extends About, PutAwayByHand {
  type: "presence_ruled";
  /** When the corrected visit or wait began, so that the correction belongs to the same meeting. */
  at: Ms;
  /** Whether they left exactly at `since`; else they were gone by then, and the time they left is not known. */
  exact: boolean;
}

/** The same correction for the observer. */
export interface ObserverCorrected extends PutAwayByHand {
  type: "observer_ruled";
  /** The time of the meeting's latest event. */
  at: Ms;
}

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
