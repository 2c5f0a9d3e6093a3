import type { Ms } from "#domain/time/ms.ts";

/**
 * Who an event is about, as the provider named them at that moment.
 * `participantId` is one connection (Daily `session_id`, Attendee `participant_uuid`);
 * `userId` identifies a human inside one meeting; `isHost` is `null` where the provider did not say.
 */
export interface About {
  participantId: string;
  userId: string | null;
  name: string | null;
  isHost: boolean | null;
}

/** Somebody asked to be let in. */
export interface Knocked extends About {
  type: "knocked";
  at: Ms;
}

/** Somebody is no longer in the waiting room: admitted, refused or gone. `startedAt` anchors the knock it ends. */
export interface StoppedWaiting extends About {
  type: "stopped_waiting";
  at: Ms;
  startedAt: Ms | null;
}

export interface Joined extends About {
  type: "joined";
  at: Ms;
}

/** Somebody left. `joinedAt`, where the provider repeats it, makes this event a whole visit by itself. */
export interface Left extends About {
  type: "left";
  at: Ms;
  joinedAt: Ms | null;
  /** Only how long they were there is known: `at` was worked out from that. */
  inferred?: true;
}

/** Something about somebody present changed: their host role or their name. */
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
  /** It is the end of a list of all who came and went: whoever is still in was seen to be. */
  listed?: true;
}

/** Whoever watches the meeting for us (an Attendee bot) came in: what happened before was not seen. */
export interface ObserverJoined {
  type: "observer_joined";
  at: Ms;
}

/** The observer is gone for good: nothing after this is seen, so what is open ends here, inferred. */
export interface ObserverLeft {
  type: "observer_left";
  at: Ms;
  reason: string | null;
  /** Whether it was outside until then, or in; absent where the provider does not say. */
  outside?: boolean;
  /** Somebody put it out, or refused it; and who, where the provider says. */
  removed?: true;
  by?: string;
}

/** The provider erased what it held of this meeting: what we hold of its people goes too. */
export interface DataDeleted {
  type: "data_deleted";
  at: Ms;
  reason: string | null;
}

/**
 * An operator's word on who is who, beside what the provider says. Of two that contradict each other the
 * later counts; `undone` takes the one with the same `ruling` back.
 */
export interface IdentityCorrected {
  type: "identity_ruled";
  /** The first moment of anybody it speaks of, so that it belongs to the meeting they were in. */
  at: Ms;
  ruling: string;
  /**
   * `same`: all the participants are one person. `different`: none of them is one with any of `apartFrom`.
   * `note_taker` and `person`: what each of them is, whatever their name says.
   */
  verdict: "same" | "different" | "note_taker" | "person" | "undone";
  participantIds: string[];
  apartFrom: string[];
  /** The name of the key or the user, and when they said so. */
  by: string;
  ruledAt: Ms;
}

/**
 * An operator's word on what is one meeting of a room. `undone` takes the one with the same `ruling` back.
 */
export interface MeetingCorrected {
  type: "meeting_ruled";
  /** `joined`: when the later of the two began. `parted`: from when on it is another. */
  at: Ms;
  /** When the earlier of the two had ended; of those that are parted the same as `at`. */
  from: Ms;
  ruling: string;
  verdict: "joined" | "parted" | "undone";
  /** The name of the key or the user, and when they said so. */
  by: string;
  ruledAt: Ms;
}

/** An operator's word that something is not there any more. `undone` takes the one with the same `ruling` back. */
interface PutAwayByHand {
  ruling: string;
  verdict: "not_here" | "undone";
  /** From when on. */
  since: Ms;
  /** The name of the key or the user, and when they said so. */
  by: string;
  ruledAt: Ms;
}

/**
 * An operator's word that a connection is not there any more: it neither waits nor is in. One for each that
 * it speaks of, all with the same `ruling`.
 */
export interface PresenceCorrected extends About, PutAwayByHand {
  type: "presence_ruled";
  /** When the stay or the wait began that it speaks of, so that it belongs to the same meeting. */
  at: Ms;
  /** Whether they are known to have left at `since`; else they were gone by then, and nobody knows since when. */
  exact: boolean;
}

/** The same of whoever watches the meeting for us. */
export interface ObserverCorrected extends PutAwayByHand {
  type: "observer_ruled";
  /** When anything was heard of the meeting last. */
  at: Ms;
}

/** What one participant did, or what was said of them. */
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

/** A fact that happened in a room. Facts never change; every view is told from them. */
export type MeetingEvent = ParticipantEvent | MeetingLevelEvent;

export type MeetingEventType = MeetingEvent["type"];

export function isAboutParticipant(event: MeetingEvent): event is ParticipantEvent {
  return "participantId" in event;
}

/**
 * The earliest moment an event speaks of: its own, or the anchor it repeats.
 * A `left` at 10:30 that says "joined at 10:00" speaks of 10:00.
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
    // What lies before the later of the two is not of it, where the word is taken back.
    case "meeting_ruled":
      return event.at;
    default:
      return event satisfies never;
  }
}
