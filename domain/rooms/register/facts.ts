import type { Sureness } from "#domain/meeting/certainty.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { RosterAlias } from "#domain/scheduled/entry-key.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";

import type { KnownStarts } from "./start.ts";

/** One stored meeting of a room's register. */
export interface RegisterMeeting {
  id: string;
  status: MeetingStatus;
  firstAt: Ms;
  startedAt: Ms | null;
  endedAt: Ms | null;
  /** Everyone who came in or waited; known also where the people were erased. */
  peopleCount: number;
  /** Its people were erased: who was there is not known. */
  erased: boolean;
  /** The known starts of the meeting. */
  starts: KnownStarts;
}

/** One stored person of one meeting, who came in or waited. */
export interface RegisterEntry {
  meetingId: string;
  /** An id within that meeting. */
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
  /** When they first were host; `null` for one who never was. */
  hostedFrom: Ms | null;
  /** How sure these times are. */
  sureness: Sureness;
  /** For an attendance that an operator joined with others; `null` otherwise. */
  joined: JoinedEntry | null;
}

/** The joined person of several attendances. */
export interface JoinedEntry {
  id: string;
  /** The visits of this entry: several entries of the joined person may be at a meeting. */
  visits: readonly Omit<Visit, "participantId">[];
}

/** The input of a register. */
export interface RegisterFacts {
  meetings: readonly RegisterMeeting[];
  entries: readonly RegisterEntry[];
  /** Whether the provider's user ids name the same human in every meeting; else names are used. */
  userIdsLast: boolean;
  /** Gaps up to this are no absence, where several joined attendances were at a meeting. */
  graceMs: Ms;
  /** The people of these meetings, where the room has a class list. */
  list?: RegisterList | null;
}

/** Actual length = end − start; up to now while it goes on. `null` where it never began or no end is known. */
export function lengthOf({ status, startedAt, endedAt }: RegisterMeeting, now: Ms): Ms | null {
  const end = endedAt ?? (status === "ended" ? null : now);
  return startedAt === null || end === null ? null : Math.max(0, end - startedAt);
}

/** The people of a register's class list, and the aliases that operators entered. */
export interface RegisterList {
  people: readonly ExpectedPerson[];
  aliases: readonly RosterAlias[];
}
