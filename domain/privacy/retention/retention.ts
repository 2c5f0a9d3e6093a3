import type { Ms } from "#domain/time/ms.ts";

/* How long a source keeps what it received, and who was in its meetings. */

/** What a source keeps, and for how long; `null` for ever. */
export interface Retention {
  /** Deliveries of so many whole months before the present one are kept. */
  keepDeliveriesMonths: number | null;
  /** People of meetings are kept for so many days after these ended. */
  keepPeopleDays: number | null;
}

export const MOST_KEPT_MONTHS = 600;
export const MOST_KEPT_DAYS = 36_500;

const DAY_MS: Ms = 86_400_000;

/** The people of meetings that ended before then are erased. */
export function peopleKeptSince(now: Ms, days: number): Ms {
  return now - days * DAY_MS;
}

/** What went, or would go now. */
export interface Expired {
  /** Deliveries that are deleted, each with its body. */
  deliveries: number;
  /** Meetings whose people are erased. */
  meetings: number;
  /** Attendances of these: a person in two of them counts twice. */
  people: number;
}

export const NOTHING_EXPIRED: Expired = { deliveries: 0, meetings: 0, people: 0 };

/** What was last done with what is old of a source. */
export interface Retained extends Expired {
  begunAt: Ms;
  /** `null` while it is under way, or was cut off: the next run goes on with it. */
  doneAt: Ms | null;
}

const EVERY_MS: Ms = DAY_MS;
/** So long after it was due somebody should look why it was not done. */
const OVERDUE_MS: Ms = 2 * DAY_MS;

/** Whether what is old is to go: it was not done for a day, or not to its end. */
export function isDue(retained: Retained | null, now: Ms): boolean {
  if (retained === null || retained.doneAt === null) return true;
  return retained.doneAt + EVERY_MS <= now;
}

/** Whether it should have been done long ago. */
export function isOverdue({ begunAt, doneAt }: Retained, now: Ms): boolean {
  return (doneAt ?? begunAt) + OVERDUE_MS < now;
}

export function hasLimit({ keepDeliveriesMonths, keepPeopleDays }: Retention): boolean {
  return keepDeliveriesMonths !== null || keepPeopleDays !== null;
}
