import type { WireSource } from "#domain/event/recorded.ts";
import type { HistoryPage } from "#domain/lists/history-page.ts";
import type { Ms } from "#domain/time/ms.ts";
import { averageUntilAdmittedMs } from "#domain/waits/waiting.ts";

/** The sort orders of a list of people. */
export const PEOPLE_SORTS = ["last", "name", "meetings", "attended"] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

/** The columns of the page beside the person, in their order. */
export const PEOPLE_COLUMNS = ["known", "meetings", "attended", "waits", "left", "last"] as const;
export type PeopleColumnName = (typeof PEOPLE_COLUMNS)[number];

/** One identity of a person in one source. */
export interface KnownAs {
  /** Leads to the person, also when they are joined with others. */
  id: string;
  source: WireSource;
  /** By a user id, or, as a guest, by name alone. */
  knownBy: "user_id" | "name";
  userId: string | null;
  /** Their latest name; `null` where they never had one. */
  name: string | null;
}

/** What a person did over many meetings. */
export interface PersonFigures {
  firstAt: Ms;
  /** The first moment of the latest meeting they were at. */
  lastAt: Ms;
  meetings: number;
  /** How often several people of the name were in a meeting: it is not known which of them is which. */
  namesakes: number;
  /** Up to the last closed ends. */
  attendedMs: Ms;
  /** Open visits: how many intervals, and the sum of their starts. */
  openCount: number;
  openSum: Ms;
  /** What they may have attended on top, where their leave was not reported. */
  unknownMs: Ms;
  waitCount: number;
  admittedCount: number;
  /** Σ of the waits that ended with an admission. */
  admittedMs: Ms;
  /** Their waits that were left before admission, and the meetings in which one was really lost. */
  leftCount: number;
  lostMeetings: number;
}

/** One person of a list: all identities that an operator joined. */
export interface PersonMet extends PersonFigures {
  id: string;
  name: string | null;
  /** The identity that represents them first. */
  knownAs: KnownAs[];
}

/** A person of a list, and why a search found them. */
export interface PersonFound extends PersonMet {
  matched: Matched | null;
}

/** A page of the list of people, with its filters. */
export interface PeoplePage extends HistoryPage<PersonFound, PeopleSort> {
  /** Guests without a name, of one meeting each: they cannot be matched over several. */
  unnamedCount: number;
  suggestions: Suggestions;
  /** Pairs that operators marked as different people, newest first. */
  apart: DifferentPeople;
}

/** Pairs that may be one person, the first of them. */
export interface Suggestions {
  pairs: Suggestion[];
  /** How many there are, up to the number that is counted. */
  count: number;
  isMore: boolean;
}

/** A pair that an operator marked as different people. */
export interface DifferentPeople {
  pairs: Apart[];
  isMore: boolean;
}

/**
 * An operator's correction that two are different people; `null` for one of whom nothing is stored any
 * more.
 */
export interface Apart {
  id: string;
  one: KnownAs | null;
  other: KnownAs | null;
  by: string;
  at: Ms;
}

/** Two who may be one person: they have the same name. */
export interface Suggestion {
  name: string;
  one: Suggested;
  other: Suggested;
}

export interface Suggested extends KnownAs {
  meetings: number;
  lastAt: Ms;
}

/** Attended time = Σ of the attended time of each meeting, open ones up to `now`. */
export function attendedUntil(
  { attendedMs, openCount, openSum }: Pick<PersonFigures, "attendedMs" | "openCount" | "openSum">,
  now: Ms,
): Ms {
  return attendedMs + Math.max(0, openCount * now - openSum);
}

/** Average wait until admitted, in whole ms: as `averageUntilAdmittedMs` of all their waits. */
export function averageWaitMs({
  admittedCount: admitted,
  admittedMs,
}: Pick<PersonFigures, "admittedCount" | "admittedMs">): Ms | null {
  const average = averageUntilAdmittedMs({ admitted, admittedMs });
  return average === null ? null : Math.round(average);
}

/** Known by name alone, without a provider's user id. */
export function isGuest({ knownAs }: Pick<PersonMet, "knownAs">): boolean {
  return knownAs.every(({ knownBy }) => knownBy === "name");
}

/** What a search matched, for a person whose name does not show it. */
export interface Matched {
  name: string;
  as: "former_name" | "joined" | "user_id";
}
