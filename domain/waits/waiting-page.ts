import type { WireSource } from "#domain/event/recorded.ts";
import type { Choices, Narrowed, SortOrder } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { Handling } from "./handling.ts";
import type { WaitBin } from "./wait-bins.ts";
import {
  type CountedWait,
  isLeftBeforeAdmitted,
  isReallyLost,
  type WaitCount,
} from "./wait-count.ts";
import type { LevelMode, ShortLeaves } from "./waiting.ts";
import type { WeekHour } from "./week-hours.ts";

/** What the colours of the week's hours can show. */
export const HEATS = ["left", "waits", "average", "level"] as const;
export type Heat = (typeof HEATS)[number];

/** Which waits are listed; `lost` lists people, each with their last wait, all others list waits. */
export const WAITING_TABS = [
  "lost",
  "all",
  "admitted",
  "late",
  "left",
  "came_back",
  "short",
  "unknown",
  "waiting",
] as const;
export type WaitingTab = (typeof WAITING_TABS)[number];

/** Whether a wait is in a tab; in `lost` only the last one of each person is listed, see `lastLostOf`. */
export function isWaitingTab(
  { outcome, startedAt, endedAt }: CountedWait,
  shown: WaitingTab,
  targetMs: Ms,
): boolean {
  switch (shown) {
    case "all":
      return true;
    case "lost":
      return isReallyLost({ outcome });
    case "late":
      return outcome === "admitted" && endedAt !== null && endedAt - startedAt > targetMs;
    case "left":
      return isLeftBeforeAdmitted({ outcome });
    case "admitted":
    case "came_back":
    case "short":
    case "unknown":
    case "waiting":
      return outcome === shown;
    default:
      return shown satisfies never;
  }
}

/** How many rows the list has, from the counts of its filters. */
export function listedCount(
  shown: WaitingTab,
  { count, lostPeople }: Pick<WaitingMeasured, "count" | "lostPeople">,
): number {
  switch (shown) {
    case "all":
      return count.began;
    case "lost":
      return lostPeople;
    case "late":
      return count.admitted - count.admittedWithin;
    case "left":
      return count.lost + count.cameBack;
    case "came_back":
      return count.cameBack;
    case "admitted":
    case "short":
    case "unknown":
    case "waiting":
      return count[shown];
    default:
      return shown satisfies never;
  }
}

export const WAITING_ROOM_SORTS = ["waits", "rate", "average", "longest", "level", "lost"] as const;
export type WaitingRoomSort = (typeof WAITING_ROOM_SORTS)[number];

export const DEFAULT_TARGET_MS: Ms = 120_000;
/** As long as a wait lasts until it expires; see `domain/participant/rules.ts`. */
export const MOST_TARGET_MS: Ms = 14_400_000;

/** The settings by which a waiting room is measured. */
export interface WaitMeasure {
  /** X of the service level. */
  targetMs: Ms;
  mode: LevelMode;
  short: ShortLeaves;
}

/** The service level that is aimed for where nobody says, in percent. */
export const DEFAULT_GOAL = 90;

/** The default settings: used on every page but the one where they can be changed. */
export const DEFAULT_MEASURE: WaitMeasure = {
  targetMs: DEFAULT_TARGET_MS,
  mode: "neutral",
  short: "apart",
};

/** The lens of the page, all of it in the address. */
export interface WaitingLens extends WaitMeasure {
  /** The service level that is aimed at, in percent. */
  goal: number;
  heat: Heat;
  shown: WaitingTab;
  /** Waits that began in this hour of the week only. */
  weekHour: number | null;
  sort: WaitingRoomSort;
  order: SortOrder;
}

/** The median and the 90th percentile; `null` of none. */
export interface Quantiles {
  medianMs: Ms | null;
  p90Ms: Ms | null;
}

export interface WaitsOfRoom {
  source: WireSource;
  room: string;
  title: string | null;
  count: WaitCount;
}

/** The figures of all waits that began in a period. */
export interface WaitingMeasured {
  count: WaitCount;
  untilAdmitted: Quantiles;
  untilLeaving: Quantiles;
  /** People who were lost: giving up again in a room within a day counts once. */
  lostPeople: number;
  bins: WaitBin[];
  /** The hours in which any wait began. */
  hours: WeekHour[];
  /** The first of them in the order asked for. */
  rooms: WaitsOfRoom[];
  roomCount: number;
}

/** A wait of a list, with its meeting and room. */
export interface WaitListRow {
  waitId: string;
  meetingId: string;
  roomId: number;
  source: WireSource;
  room: string;
  title: string | null;
  personId: string;
  participantId: string;
  name: string | null;
  startedAt: Ms;
  endedAt: Ms | null;
  outcome: Outcome;
  inferred: boolean;
  /** Its end was not reported, and an operator entered it. */
  endEntered: boolean;
  /** What the desk entered of it: `handlingAt` says what counts. */
  handlings: Handling[];
  /** How often the person left the room's waiting room before admission in the day up to then. */
  leaves: number;
}

export interface WaitingPage extends WaitingMeasured {
  asOf: Ms;
  period: Period;
  /** Today in the zone of the period. */
  today: string;
  narrowed: Narrowed;
  choices: Choices;
  lens: WaitingLens;
  waits: WaitListRow[];
  /** How many rows the list has over all pages. */
  total: Total;
  /** The addresses of the list's next and previous pages; `null` where there is none. */
  next: string | null;
  previous: string | null;
}
