import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Weekly } from "./repeating.ts";

/*
 * The people an operator expects, and when. Entered, not projected from events: a replay leaves it as it
 * is, and its outcome is computed from the people seen on each request.
 */

export const ROSTER_ROLES = ["host", "guest"] as const;
export type RosterRole = (typeof ROSTER_ROLES)[number];

/** A meeting that is to take place in a room, which may not exist yet. */
export interface ScheduledMeeting {
  id: string;
  source: WireSource;
  /** The room's key, as its provider names it. */
  room: string;
  /** The room's title, where the room exists. */
  roomTitle: string | null;
  title: string | null;
  /** `[startsAt, endsAt)`. */
  startsAt: Ms;
  endsAt: Ms;
  /** The IANA zone in which it was entered. */
  timeZone: string;
  /** A person who comes in later than this after the start is late. */
  lateAfterMs: Ms;
  /** How long after the start the verdict is taken. */
  verdictAfterMs: Ms;
  /** The class list of the expected people, where it has no roster of its own. */
  classList: { id: string; name: string | null } | null;
  /** The weekly series that this is one occurrence of. */
  repeats: RepeatedFrom | null;
  /** Who changed it last, and when. */
  by: string;
  changedAt: Ms;
  /** When the names of its people were erased together with the data of the room. */
  erasedAt: Ms | null;
  /** Since when its calendar says that it does not take place; `null` where it does. */
  cancelledAt: Ms | null;
  /** It was taken from a calendar, and follows it. */
  isFromCalendar: boolean;
}

/** The series of an occurrence, and its day. */
export interface RepeatedFrom extends Pick<Weekly, "weekdays" | "lastDay"> {
  id: string;
  day: string;
  /** It was changed apart from its series. */
  changedAlone: boolean;
}

/** One line of a roster. An erased one has neither name nor id. */
export interface ExpectedPerson {
  /** From 1 on, as the roster lists them. */
  position: number;
  name: string | null;
  userId: string | null;
  email: string | null;
  role: RosterRole;
}

export const DEFAULT_LATE_AFTER_MS: Ms = 5 * 60_000;
export const DEFAULT_VERDICT_AFTER_MS: Ms = 5 * 60_000;
/** No scheduled meeting lasts longer than a day, which bounds the search for running ones. */
export const LONGEST_SCHEDULED_MS: Ms = 24 * 3_600_000;
/** A person who is in the room or waits this long before the start has come for it. */
const LEAD_MS: Ms = 15 * 60_000;

/** The times of a scheduled meeting that its attendance depends on. */
export type Times = Pick<
  ScheduledMeeting,
  "startsAt" | "endsAt" | "lateAfterMs" | "verdictAfterMs"
>;

/** The moments at which the clock alone changes the attendance, in time order. */
function turnsOf({ startsAt, endsAt, lateAfterMs, verdictAfterMs }: Times): Ms[] {
  // A join at the limit is not late, only one after it.
  const late = startsAt + lateAfterMs + 1;
  return [startsAt - LEAD_MS, startsAt, late, startsAt + verdictAfterMs, endsAt].toSorted(
    (a, b) => a - b,
  );
}

/** When the clock alone next changes the attendance; `null` when it no longer does. */
export function nextTurn(times: Times, now: Ms): Ms | null {
  return turnsOf(times).find((at) => at > now) ?? null;
}

/** When the clock alone last changed the attendance; `null` before it ever did. */
export function lastTurn(times: Times, now: Ms): Ms | null {
  return turnsOf(times).findLast((at) => at <= now) ?? null;
}

/** The shown name of a scheduled meeting. */
export function calledBy({
  title,
  roomTitle,
  room,
}: Pick<ScheduledMeeting, "title" | "roomTitle" | "room">): string {
  return title ?? roomTitle ?? room;
}

/** The scheduled meetings that people in their room count for by then. */
export function begunBy<One extends Pick<ScheduledMeeting, "startsAt">>(
  scheduled: readonly One[],
  now: Ms,
): One[] {
  return scheduled.filter(({ startsAt }) => now >= startsAt - LEAD_MS);
}
