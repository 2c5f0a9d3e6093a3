import { shownMeetings } from "#components/sync/live-state.ts";
import { isInProgress } from "#components/sync/meeting-order.ts";
import type { LiveMeeting, LiveSnapshot } from "#domain/live/wire.ts";
import type { WaitingNow } from "#domain/waits/handling-wire.ts";

/** A person who waits, and the meeting they wait for. */
export interface WaitingPerson {
  key: string;
  person: WaitingNow;
  meeting: LiveMeeting;
}

/**
 * The people who wait, over all rooms, longest first. Where the live state lacks meetings, only those who wait longer
 * than any person in a lacking meeting.
 */
export function waitingOf(live: Pick<LiveSnapshot, "meetings" | "frontier">): WaitingPerson[] {
  const { frontier } = live;
  const until = frontier?.rank === 0 ? frontier.at : null;
  return shownMeetings(live)
    .filter(isInProgress)
    .flatMap((meeting) =>
      meeting.waiting.map((person) => ({
        key: `${meeting.id} ${person.person_id}`,
        person,
        meeting,
      })),
    )
    .filter(({ person }) => until === null || person.started_at <= until)
    .toSorted((a, b) => compare(a.person.started_at, b.person.started_at) || compare(a.key, b.key));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
