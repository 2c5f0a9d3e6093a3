import type { WireSource } from "#domain/event/recorded.ts";
import { type Sureness, surenessOf, waitedMs } from "#domain/meeting/certainty.ts";
import { type Tenure, withoutGaps } from "#domain/meeting/host.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays, type Period, weekdayOf } from "#domain/time/period.ts";
import type { Apart, KnownAs, PersonMet, Suggestion } from "./people.ts";

/** A name of a person, with its identity and its first and last use. */
export interface Alias {
  identity: string;
  name: string;
  firstAt: Ms;
  lastAt: Ms;
  meetings: number;
}

/** An operator's correction that two are one, and who undid it. */
export interface LinkRow {
  id: string;
  one: string;
  other: string;
  by: string;
  at: Ms;
  undoneBy: string | null;
  undoneAt: Ms | null;
}

/** A person in general, independent of the period. */
export interface PersonRecord {
  id: string;
  name: string | null;
  knownAs: KnownAs[];
  aliases: Alias[];
  links: LinkRow[];
}

/** What is stored of a person in one meeting; for a joined person, all their attendances. */
export interface AttendanceListRow {
  name: string | null;
  visits: readonly Pick<Visit, "joinedAt" | "leftAt" | "start" | "end">[];
  waits: readonly Pick<Wait, "startedAt" | "endedAt" | "outcome">[];
  tenures: readonly Tenure[];
  attendedMs: Ms;
  openSince: Ms | null;
}

/** One meeting that a person was at. */
export interface MeetingAttended {
  meetingId: string;
  source: WireSource;
  room: string;
  title: string | null;
  status: MeetingStatus;
  startedAt: Ms | null;
  endedAt: Ms | null;
  graceMs: Ms;
  /** The first moment they appear in there. */
  firstAt: Ms;
  firstJoinedAt: Ms | null;
  /** `null` while they are in, and where they never came in. */
  lastLeftAt: Ms | null;
  isIn: boolean;
  sureness: Sureness;
  attendedMs: Ms;
  openSince: Ms | null;
  hostedMs: Ms;
  waitCount: number;
  /** The waits of unknown end: their length is not known. */
  unknownWaits: number;
  /** The length of the union of the other waits, open ones up to the requested moment. */
  waitedMs: Ms;
  lastOutcome: Wait["outcome"] | null;
  /** How many people of the name were there, where it is not known which is which. */
  namesakes: number;
}

/** A period of the trend and what a person did in it. */
export interface TrendStep {
  /** `YYYY-MM-DD`, the first day of the month, or of the week as the reader's settings begin it. */
  day: string;
  meetings: number;
  attendedMs: Ms;
  openCount: number;
  openSum: Ms;
  /** Σ of the lengths of these meetings, open ones up to now. */
  heldMs: Ms;
}

export type TrendBy = "week" | "month";

/** A person's page. */
export interface PersonPage {
  person: PersonRecord;
  /** The other people in links of their history. */
  linked: KnownAs[];
  /** What they did in the period; `null` where they were at no meeting. */
  figures: PersonMet | null;
  heldMs: Ms;
  trend: { by: TrendBy; steps: TrendStep[] };
  rows: MeetingAttended[];
  next: string | null;
  previous: string | null;
  asOf: Ms;
  period: Period;
  today: string;
  suggestions: Suggestion[];
  /** The people that operators marked as different from them. */
  apart: Apart[];
}

/**
 * What a person did in one meeting. Attended time is the union of their visits after short gaps are closed;
 * also for namesakes who are not told apart (`isOne` false): then anyone of the name was in that long.
 */
export function attendedIn(
  rows: readonly AttendanceListRow[],
  { graceMs, isOne }: { graceMs: Ms; isOne: boolean },
  now: Ms,
) {
  const visits = rows.flatMap((row) => row.visits);
  const waits = rows.flatMap((row) => row.waits).toSorted((a, b) => a.startedAt - b.startedAt);
  const isIn = rows.some(({ openSince }) => openSince !== null);
  const attended = union(visits.map(spanOf), graceMs);
  const open = attended.find(({ to }) => to === null) ?? null;
  const only = rows.length === 1 ? rows[0] : null;
  return {
    firstJoinedAt: least(visits.map(({ joinedAt }) => joinedAt)),
    lastLeftAt: isIn ? null : greatest(visits.flatMap(({ leftAt }) => leftAt ?? [])),
    isIn,
    sureness: surenessOf(visits),
    attendedMs:
      only?.attendedMs ??
      lengthMs(
        attended.filter(({ to }) => to !== null),
        now,
      ),
    openSince: only ? only.openSince : (open?.from ?? null),
    hostedMs: lengthMs(union(rows.flatMap(({ tenures }) => withoutGaps(tenures, graceMs))), now),
    waitCount: waits.length,
    unknownWaits: waits.filter(({ outcome }) => outcome === "unknown").length,
    waitedMs: waitedMs(waits, now),
    lastOutcome: waits.at(-1)?.outcome ?? null,
    namesakes: isOne ? 1 : rows.length,
  };
}

function spanOf({ joinedAt, leftAt }: Pick<Visit, "joinedAt" | "leftAt">) {
  return { from: joinedAt, to: leftAt };
}

function least(values: readonly Ms[]): Ms | null {
  return values.length === 0 ? null : Math.min(...values);
}

function greatest(values: readonly Ms[]): Ms | null {
  return values.length === 0 ? null : Math.max(...values);
}

/** Attended time of one meeting, up to `now`. */
export function attendedMsOf(
  { attendedMs, openSince }: Pick<MeetingAttended, "attendedMs" | "openSince">,
  now: Ms,
): Ms {
  return attendedMs + (openSince === null ? 0 : Math.max(0, now - openSince));
}

/** Share = attended ÷ length of the meetings they were at, 0 to 1; `null` where these had no length. */
export function shareOf(attendedMs: Ms, heldMs: Ms): number | null {
  return heldMs <= 0 ? null : Math.min(1, attendedMs / heldMs);
}

/** Weeks for half a year, months for more. */
export function trendBy({ firstDay, lastDay }: Pick<Period, "firstDay" | "lastDay">): TrendBy {
  return addDays(firstDay, MOST_DAYS_BY_WEEK) >= lastDay ? "week" : "month";
}

const MOST_DAYS_BY_WEEK = 183;
const MOST_STEPS = 600;

/** The step of a trend, and on which day a week begins, 1 for Monday to 7 for Sunday. */
export interface Pace {
  by: TrendBy;
  firstDay: number;
}

/**
 * A trend without holes, so that equal steps are equal times: from the first step of the period to its
 * last. A period that begins years before the first meeting is cut to begin shortly before it.
 */
export function withoutHoles(
  steps: readonly TrendStep[],
  pace: Pace,
  period: Pick<Period, "firstDay" | "lastDay">,
): TrendStep[] {
  const [first] = steps;
  if (first === undefined) return [];
  const byDay = new Map(steps.map((step) => [step.day, step]));
  const ahead = daysOf(stepOf(period.firstDay, pace), first.day, pace.by);
  const days = ahead.length > MOST_AHEAD ? [] : ahead;
  days.push(...daysOf(first.day, addDays(period.lastDay, 1), pace.by));
  return days.map((day) => byDay.get(day) ?? { ...NOTHING, day });
}

/** The most steps before the first meeting: five years of months. */
const MOST_AHEAD = 60;

/** The first days of the steps from `from` to before `until`, up to a limit. */
function daysOf(from: string, until: string, by: TrendBy): string[] {
  const days: string[] = [];
  for (let day = from; day < until && days.length < MOST_STEPS; ) {
    days.push(day);
    day = by === "week" ? addDays(day, 7) : nextMonth(day);
  }
  return days;
}

/** The first day of the step that contains a day. */
function stepOf(day: string, { by, firstDay }: Pace): string {
  return by === "week"
    ? addDays(day, -((weekdayOf(day) - firstDay + 7) % 7))
    : `${day.slice(0, 7)}-01`;
}

const NOTHING = { meetings: 0, attendedMs: 0, openCount: 0, openSum: 0, heldMs: 0 };

function nextMonth(day: string): string {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}
