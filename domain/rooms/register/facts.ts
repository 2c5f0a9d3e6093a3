import type { Sureness } from "#domain/meeting/certainty.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Visit } from "#domain/participant/participant.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RegisterList } from "./listed.ts";
import type { KnownStarts } from "./start.ts";

/** One meeting of a room's register, as it is kept. */
export interface RegisterMeeting {
  id: string;
  status: MeetingStatus;
  firstAt: Ms;
  startedAt: Ms | null;
  endedAt: Ms | null;
  /** Everybody who came in or waited; known also where the people were erased. */
  peopleCount: number;
  /** Its people were erased: who was there, and who was not, is not known. */
  erased: boolean;
  /** What is known of when it was to begin. */
  starts: KnownStarts;
}

/** One person in one meeting, as they are kept: somebody who came in, or who waited. */
export interface RegisterEntry {
  meetingId: string;
  /** Of that meeting alone. */
  personId: string;
  userId: string | null;
  name: string | null;
  /** The folded name. */
  nameKey: string | null;
  firstJoinedAt: Ms | null;
  lastLeftAt: Ms | null;
  /** Attended after the grace, up to the last closed end; from `openSince` on comes on top. */
  attendedMs: Ms;
  openSince: Ms | null;
  /** In the waiting room now. */
  isWaiting: boolean;
  /** Since when they first were a host; `null` of whom is none. */
  hostedFrom: Ms | null;
  /** How sure that is. */
  sureness: Sureness;
  /** Of whom an operator said that they are one with others; `null` of everybody else. */
  joined: JoinedEntry | null;
}

/** The one whom several are by an operator's word. */
export interface JoinedEntry {
  id: string;
  /** Of this entry, because several of the one may be at a meeting. */
  visits: readonly Omit<Visit, "participantId">[];
}

/** What a register is told from. */
export interface RegisterFacts {
  meetings: readonly RegisterMeeting[];
  entries: readonly RegisterEntry[];
  /** Whether the provider's user ids name the same human in every meeting; else names have to do. */
  userIdsLast: boolean;
  /** Gaps up to this are no absence, where several who are one were at a meeting. */
  graceMs: Ms;
  /** Who belongs to these meetings, where the room has a class list. */
  list?: RegisterList | null;
}

/** Actual length = end − start; up to now while it goes on. `null` where it never began or no end is known. */
export function lengthOf({ status, startedAt, endedAt }: RegisterMeeting, now: Ms): Ms | null {
  const end = endedAt ?? (status === "ended" ? null : now);
  return startedAt === null || end === null ? null : Math.max(0, end - startedAt);
}
