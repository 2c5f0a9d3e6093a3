import type { Floor, Summary, WaitingNow } from "#domain/wire.ts";
import { isInProgress } from "./meeting-order.ts";

/** Somebody who waits, and for which meeting. */
export interface Waiting {
  key: string;
  person: WaitingNow;
  meeting: Summary;
}

/** Everybody who waits, over all rooms, longest first. */
export function waitingOf(floor: Pick<Floor, "meetings">): Waiting[] {
  return floor.meetings
    .filter(isInProgress)
    .flatMap((meeting) =>
      meeting.waiting.map((person) => ({
        key: `${meeting.id} ${person.person_id}`,
        person,
        meeting,
      })),
    )
    .toSorted((a, b) => compare(a.person.started_at, b.person.started_at) || compare(a.key, b.key));
}

/** How urgent a wait is: below 2 minutes, from 2, from 5. */
export type WaitLevel = 1 | 2 | 3;

export function levelOf(waitedMs: number): WaitLevel {
  if (waitedMs >= 5 * 60_000) return 3;
  return waitedMs >= 2 * 60_000 ? 2 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
