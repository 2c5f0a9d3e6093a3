import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Weekly } from "./repeating.ts";

/*
 * Whom an operator expects, and when. This is their word and not told from events: a replay leaves it as
 * it is, and what came of it is reckoned anew from who was seen whenever somebody looks.
 */

export const ROSTER_ROLES = ["host", "guest"] as const;
export type RosterRole = (typeof ROSTER_ROLES)[number];

/** A meeting that is to take place in a room, which need not have been heard of yet. */
export interface ScheduledMeeting {
  id: string;
  source: WireSource;
  /** The room's key, as its provider names it. */
  room: string;
  /** What the room is called, where it has been heard of. */
  roomTitle: string | null;
  title: string | null;
  /** `[startsAt, endsAt)`. */
  startsAt: Ms;
  endsAt: Ms;
  /** The IANA zone in which it was set. */
  timeZone: string;
  /** Whoever comes in later than this after the start is late. */
  lateAfterMs: Ms;
  /** How long after the start the verdict is taken. */
  verdictAfterMs: Ms;
  /** Who is expected, where that is a class list and no roster of its own. */
  classList: { id: string; name: string | null } | null;
  /** Of what takes place every week: this is one week's. */
  repeats: RepeatedFrom | null;
  /** Who set it last, and when. */
  by: string;
  changedAt: Ms;
  /** When the names of its people were erased with what was held of the room. */
  erasedAt: Ms | null;
}

/** What a scheduled meeting is an occurrence of, and of which day. */
export interface RepeatedFrom extends Pick<Weekly, "weekdays" | "lastDay"> {
  id: string;
  day: string;
  /** It was changed for itself. */
  changedAlone: boolean;
}

/** One line of a roster. Somebody erased has neither name nor anything else to be known by. */
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
/** Nothing scheduled lasts longer than a day, which bounds where the running ones are looked for. */
export const LONGEST_SCHEDULED_MS: Ms = 24 * 3_600_000;
/** Whoever is in the room or waits so long before the start has come for it. */
const LEAD_MS: Ms = 15 * 60_000;

/** The times of a scheduled meeting that what is told of it depends on. */
export type Times = Pick<
  ScheduledMeeting,
  "startsAt" | "endsAt" | "lateAfterMs" | "verdictAfterMs"
>;

/** The moments at which what is told changes by the clock alone, in time order. */
function turnsOf({ startsAt, endsAt, lateAfterMs, verdictAfterMs }: Times): Ms[] {
  // Late is who comes after the limit, not at it.
  const late = startsAt + lateAfterMs + 1;
  return [startsAt - LEAD_MS, startsAt, late, startsAt + verdictAfterMs, endsAt].toSorted(
    (a, b) => a - b,
  );
}

/** When the clock alone next changes what is told; `null` when it no longer does. */
export function nextTurn(times: Times, now: Ms): Ms | null {
  return turnsOf(times).find((at) => at > now) ?? null;
}

/** When the clock alone last changed what is told; `null` before it ever did. */
export function lastTurn(times: Times, now: Ms): Ms | null {
  return turnsOf(times).findLast((at) => at <= now) ?? null;
}

/** What a scheduled meeting is called. */
export function calledBy({
  title,
  roomTitle,
  room,
}: Pick<ScheduledMeeting, "title" | "roomTitle" | "room">): string {
  return title ?? roomTitle ?? room;
}

/** Those for which whoever is in their room counts by then. */
export function begunBy<One extends Pick<ScheduledMeeting, "startsAt">>(
  scheduled: readonly One[],
  now: Ms,
): One[] {
  return scheduled.filter(({ startsAt }) => now >= startsAt - LEAD_MS);
}
