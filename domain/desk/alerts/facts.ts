import type { ExpectedFacts } from "#domain/scheduled/attendance.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Somebody in a meeting, as far as an alert may be about them. */
export interface WatchedPerson {
  personId: string;
  nameKey: string | null;
  userId: string | null;
  visits: readonly { joinedAt: Ms; leftAt: Ms | null }[];
  waits: readonly { participantId: string; startedAt: Ms; endedAt: Ms | null }[];
  tenures: readonly Interval[];
  /** Nobody reported that they left, and it is not known whether they did. */
  isUnheard: boolean;
}

/** A room as the house has it. */
export interface WatchedHouse {
  /** The ids of its groups. */
  groups: readonly string[];
  /** When it is closed, about now: nothing alarms then. */
  closed: readonly Interval[];
}

/** A meeting that goes on or ended lately, with its people and without programs. */
export interface WatchedMeeting extends WatchedHouse {
  id: string;
  roomId: number;
  sourceId: string;
  room: string;
  title: string | null;
  graceMs: Ms;
  firstAt: Ms;
  people: readonly WatchedPerson[];
}

/** A scheduled meeting about the time at which it is expected to begin. */
export interface WatchedAppointment extends WatchedHouse {
  id: string;
  roomId: number | null;
  sourceId: string;
  room: string;
  title: string | null;
  facts: ExpectedFacts;
}

/** How a source is heard. */
export interface WatchedSource {
  id: string;
  /** When it was last heard, and for how long it usually is not; `null` where that is not known. */
  lastAt: Ms | null;
  allowedMs: Ms | null;
  /** Since when what it sends is refused. */
  refusedSince: Ms | null;
}

/** What is known at a moment of all that an alert may be about. */
export interface AlertFacts {
  meetings: readonly WatchedMeeting[];
  appointments: readonly WatchedAppointment[];
  sources: readonly WatchedSource[];
}

/** What an alert is about. */
export interface AlertSubject {
  /** Names it, whatever meeting it is filed in. */
  key: string;
  sourceId: string;
  roomId: number | null;
  meetingId: string | null;
  personId: string | null;
  scheduledId: string | null;
}

/** Something that was so from a moment until another; `to` is `null` while it lasts. */
export interface Stretch extends Interval {
  subject: AlertSubject;
  /** For how long it has to be so before somebody is alarmed. */
  afterMs: Ms;
}
