import type { WireSource } from "#domain/event/recorded.ts";
import type { Choices, Narrowed, SortOrder } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import { averageUntilAdmittedMs } from "#domain/waits/waiting.ts";
import type { Matched } from "./matched.ts";

/** What a list of people can be sorted by. */
export const PEOPLE_SORTS = ["last", "name", "meetings", "attended"] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

/** How somebody is known to one source. */
export interface KnownAs {
  /** Leads to the person, also when they are joined with others. */
  id: string;
  source: WireSource;
  /** By a user id, or, as a guest, by name alone. */
  knownBy: "user_id" | "name";
  userId: string | null;
  /** As they were called last; `null` where they never were. */
  name: string | null;
}

/** What somebody did over many meetings. */
export interface PersonFigures {
  firstAt: Ms;
  /** The first moment of the latest meeting they were at. */
  lastAt: Ms;
  meetings: number;
  /** How often more than one of the name was in a meeting: who of them is who is not known. */
  namesakes: number;
  /** Up to the last closed ends. */
  attendedMs: Ms;
  /** What is open: how many stretches, and the sum of their starts. */
  openCount: number;
  openSum: Ms;
  /** What they may have attended on top, where nobody reported that they left. */
  unknownMs: Ms;
  waitCount: number;
  admittedCount: number;
  /** Σ of the waits that ended with being admitted. */
  admittedMs: Ms;
  /** Waits of theirs that were left before admitted, and the meetings in which one was really lost. */
  leftCount: number;
  lostMeetings: number;
}

/** One person of a list: everybody an operator said is one. */
export interface PersonMet extends PersonFigures {
  id: string;
  name: string | null;
  /** Who stands for them first. */
  knownAs: KnownAs[];
}

/** One of a list, and why a search found them. */
export interface PersonFound extends PersonMet {
  matched: Matched | null;
}

/** A page of the list of people, with what it was asked. */
export interface PeoplePage {
  rows: PersonFound[];
  /** Over all pages. */
  total: Total;
  next: string | null;
  previous: string | null;
  asOf: Ms;
  period: Period;
  today: string;
  narrowed: Narrowed;
  sort: PeopleSort;
  order: SortOrder;
  choices: Choices;
  /** Guests without a name, of one meeting each: nobody over several. */
  unnamedCount: number;
  suggestions: Suggestions;
  /** Who are not the same, as operators said, newest first. */
  apart: KeptApartPair;
}

/** Pairs that may be one, the first of them. */
export interface Suggestions {
  pairs: Suggestion[];
  /** How many there are; where there are more than can be counted, as many as were. */
  count: number;
  isMore: boolean;
}

/** Pairs of whom an operator said that they are not the same. */
export interface KeptApartPair {
  pairs: Apart[];
  isMore: boolean;
}

/** An operator's word that two are not the same; `null` of whom nothing is kept any more. */
export interface Apart {
  id: string;
  one: KnownAs | null;
  other: KnownAs | null;
  by: string;
  at: Ms;
}

/** Two who may be one: they go by the same name. */
export interface Suggestion {
  name: string;
  one: Suggested;
  other: Suggested;
}

export interface Suggested extends KnownAs {
  meetings: number;
  lastAt: Ms;
}

/** Attended time = Σ of what they attended of each meeting, what is open up to `now`. */
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

/** Nobody said who they are but they themselves: known by name alone. */
export function isGuest({ knownAs }: Pick<PersonMet, "knownAs">): boolean {
  return knownAs.every(({ knownBy }) => knownBy === "name");
}
