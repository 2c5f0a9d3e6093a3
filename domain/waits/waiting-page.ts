import type { WireSource } from "#domain/event/recorded.ts";
import type { Choices, Narrowed, SortOrder } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { WaitBin } from "./wait-bins.ts";
import {
  type CountedWait,
  isLeftBeforeAdmitted,
  isReallyLost,
  type WaitCount,
} from "./wait-count.ts";
import type { LevelMode, ShortLeaves } from "./waiting.ts";
import type { WeekHour } from "./week-hours.ts";

/** What the hours of the week are coloured by. */
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

/** Whether a wait is one of the shown; of the `lost` only the last of each person is listed, see `lastOfLost`. */
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

/** How many rows the list has, from what is counted of where it looks. */
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
/** As long as a wait that nothing is heard of; see `domain/participant/rules.ts`. */
export const MOST_TARGET_MS: Ms = 14_400_000;

/** How a waiting room is measured. */
export interface WaitMeasure {
  /** X of the service level. */
  targetMs: Ms;
  mode: LevelMode;
  short: ShortLeaves;
}

/** How waiting rooms are measured where nobody says otherwise: on every page but the one where it can be set. */
export const DEFAULT_MEASURE: WaitMeasure = {
  targetMs: DEFAULT_TARGET_MS,
  mode: "neutral",
  short: "apart",
};

/** How the page is looked at, all of it in the address. */
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

/** What became of everybody who began to wait in a period. */
export interface WaitingMeasured {
  count: WaitCount;
  untilAdmitted: Quantiles;
  untilLeaving: Quantiles;
  /** People who were lost: who gives up in a room again within a day is one. */
  lostPeople: number;
  bins: WaitBin[];
  /** Those in which anybody began to wait. */
  hours: WeekHour[];
  /** The first of them in the order asked for. */
  rooms: WaitsOfRoom[];
  roomCount: number;
}

/** A wait of a list, with where it was. */
export interface WaitListRow {
  meetingId: string;
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
  /** Nobody reported when it ended, and an operator said when. */
  isSaid: boolean;
  /** How often the person left the room's waiting room before being admitted in the day up to then. */
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
  /** How many the list has over all pages. */
  total: Total;
  /** The addresses of the list's pages after and before; `null` where there is none. */
  next: string | null;
  previous: string | null;
}
