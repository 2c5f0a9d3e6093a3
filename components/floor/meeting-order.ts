import type { Ms } from "#domain/event.ts";
import { DEFAULT_EMPTY_GAP_MS } from "#domain/rules.ts";
import { fromWireTime, type Summary } from "#domain/wire.ts";

export function titleOf(meeting: Pick<Summary, "title" | "room">): string {
  return meeting.title ?? meeting.room;
}

export function isInProgress(meeting: Summary): boolean {
  return meeting.status !== "ended";
}

/** People are there and no host is: who waits there waits for nobody. */
export function isWithoutHost(meeting: Summary): boolean {
  return isInProgress(meeting) && meeting.hostless_since !== null;
}

/** Somebody waits where no host is to admit them. */
export function isAlarm(meeting: Summary): boolean {
  return isWithoutHost(meeting) && meeting.waiting_count > 0;
}

/** In progress, or ended so short a time ago that it may yet go on. */
export function isOnFloor(meeting: Summary, now: Ms): boolean {
  if (isInProgress(meeting)) return true;
  return meeting.ended_at !== null && now - fromWireTime(meeting.ended_at) <= DEFAULT_EMPTY_GAP_MS;
}

/**
 * Alarms first, then what is in progress, then what has just ended; within each the longest running
 * first. Counts take no part: a row must not jump while somebody reaches for it.
 */
export function inOrder(meetings: readonly Summary[]): Summary[] {
  return meetings.toSorted(
    (a, b) => rank(a) - rank(b) || compare(beganAt(a), beganAt(b)) || compare(a.id, b.id),
  );
}

/** When a meeting began, or the first one began to wait for it. */
function beganAt(meeting: Summary): string {
  return meeting.started_at ?? meeting.waiting[0]?.started_at ?? "";
}

function rank(meeting: Summary): number {
  if (isAlarm(meeting)) return 0;
  return isInProgress(meeting) ? 1 : 2;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
