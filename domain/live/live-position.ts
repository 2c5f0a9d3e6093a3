import type { LiveMeeting, LivePosition, LiveTotals } from "./wire.ts";

/** How many meetings a page opens with. */
export const FIRST_MEETINGS = 50;

/** Before every meeting: only the totals are loaded. */
export const LIVE_START: LivePosition = { rank: -1, at: null, id: "" };

/**
 * Where a meeting stands on the live page: first where a person waits, the longest wait first; then all
 * others in progress, and then those that just ended, the longest running first. So the longest wait is
 * always among the first, and a change of headcount moves no row.
 */
export function livePositionOf(
  meeting: Pick<LiveMeeting, "id" | "status" | "started_at" | "waiting">,
): LivePosition {
  const { id, status, started_at: startedAt } = meeting;
  if (status === "ended") return { rank: 2, at: startedAt, id };
  const [longest] = meeting.waiting;
  return longest === undefined
    ? { rank: 1, at: startedAt, id }
    : { rank: 0, at: longest.started_at, id };
}

/** Negative where `a` stands before `b`. */
export function compareLivePositions(a: LivePosition, b: LivePosition): number {
  return a.rank - b.rank || compare(a.at ?? "", b.at ?? "") || compare(a.id, b.id);
}

/** The totals of these meetings alone. */
export function liveTotalsOf(meetings: readonly LiveMeeting[]): LiveTotals {
  const inProgress = meetings.filter(({ status }) => status !== "ended");
  const hostless = inProgress.filter((meeting) => meeting.hostless_since !== null);
  const since = inProgress.flatMap(({ waiting: [longest] }) => longest?.started_at ?? []);
  return {
    meetings: inProgress.length,
    present: sum(inProgress, (meeting) => meeting.present_count),
    waiting: sum(inProgress, (meeting) => meeting.waiting.length),
    hostless: hostless.length,
    waiting_without_host: sum(hostless, (meeting) => meeting.waiting_count),
    longest_since: since.toSorted()[0] ?? null,
  };
}

function sum(meetings: readonly LiveMeeting[], count: (meeting: LiveMeeting) => number): number {
  return meetings.reduce((all, meeting) => all + count(meeting), 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
