import {
  compareLivePositions,
  FIRST_MEETINGS,
  LIVE_START,
  livePositionOf,
  liveTotalsOf,
} from "#domain/live/live-position.ts";
import type {
  Happening,
  LiveMeeting,
  LiveSnapshot,
  LiveTotals,
  ServerToClient,
  Today,
} from "#domain/live/wire.ts";
import { fromWireTime, toWireTime } from "#domain/time/wire-time.ts";

/** How far back the line of people in a meeting's row goes. */
export const STEPS_WINDOW_MS = 30 * 60_000;
const MOST_HAPPENED = 50;

/**
 * What a browser knows of the floor. A meeting's summary never gives way to an older one. Of the meetings
 * up to the frontier it knows every one, because whatever moves one there is pushed; of those beyond it
 * only some, and their totals.
 */
export interface LiveState extends LiveSnapshot {
  /** How often it was read anew without all its meetings: what was missed of the others is not known. */
  gaps: number;
  /** Meetings that are part of another now, so that a late word of them does not bring them back. */
  merged: Record<string, string>;
}

type Steps = LiveSnapshot["steps"][string];

export type LivePush = Parameters<ServerToClient["floor:changed"]>[0];

export function liveStateOf(live: LiveSnapshot): LiveState {
  return { ...live, gaps: 0, merged: {} };
}

/** Whether nothing but the totals was read yet. */
export function isUnread(live: Pick<LiveSnapshot, "frontier">): boolean {
  return live.frontier?.rank === LIVE_START.rank;
}

/** The meetings of which none is missing, in their order on the floor. */
export function shownMeetings({
  meetings,
  frontier,
}: Pick<LiveSnapshot, "meetings" | "frontier">): LiveMeeting[] {
  return meetings
    .map((meeting) => ({ meeting, place: livePositionOf(meeting) }))
    .filter(
      ({ place: position }) => frontier === null || compareLivePositions(position, frontier) <= 0,
    )
    .toSorted((a, b) => compareLivePositions(a.place, b.place))
    .map(({ meeting }) => meeting);
}

/** What is counted over all meetings in progress: those that are known, where these are all. */
export function totalsNow(
  live: Pick<LiveSnapshot, "meetings" | "frontier" | "totals">,
): LiveTotals {
  return live.frontier === null ? liveTotalsOf(live.meetings) : live.totals;
}

/** Whether more meetings should be read, because so many of those that were shown are over. */
export function isRunningLow(live: LiveState): boolean {
  if (live.frontier === null || isUnread(live)) return false;
  return shownMeetings(live).length < FIRST_MEETINGS / 2;
}

/** A whole floor, read while pushes may already have told something newer. */
export function applySnapshot(state: LiveState, fresh: LiveSnapshot): LiveState {
  const older = fresh.as_of < state.as_of;
  if (isUnread(fresh)) return older ? state : { ...state, ...countsOf(fresh) };
  const meetings = fresh.meetings.map((summary) => {
    const before = find(state, summary.id);
    return same(before, newer(summary, before));
  });
  // Only a floor read after our last word of a meeting can say that it is gone.
  const kept = older ? state.meetings.filter(({ id }) => !find(fresh, id)) : [];
  const present = [...meetings, ...kept].filter(({ id }) => state.merged[id] === undefined);
  const steps: LiveSnapshot["steps"] = {};
  for (const { id } of present) {
    const read = fresh.steps[id] ?? [];
    const pushed = state.steps[id] ?? [];
    steps[id] = (older && pushed.length > 0) || isSameLine(pushed, read) ? pushed : read;
  }
  return {
    ...fresh,
    as_of: older ? state.as_of : fresh.as_of,
    meetings: present,
    steps,
    happened: same(state.happened, merge(fresh.happened, state.happened)),
    today: older ? state.today : fresh.today,
    totals: older && !isUnread(state) ? state.totals : fresh.totals,
    last_event_at: older ? state.last_event_at : fresh.last_event_at,
    gaps: state.gaps + (fresh.frontier === null || isUnread(state) ? 0 : 1),
    merged: state.merged,
  };
}

/** What a floor says without its meetings. */
function countsOf({ as_of, today, totals, sources, last_event_at }: LiveSnapshot) {
  return { as_of, today, totals, sources, last_event_at };
}

/** What changed since. Summaries that did not change stay the same objects. */
export function applyPush(state: LiveState, push: LivePush): LiveState {
  const changed = new Map<string, LiveMeeting>();
  for (const summary of push.summaries) {
    if (state.merged[summary.id] !== undefined) continue;
    const before = changed.get(summary.id) ?? find(state, summary.id);
    if (newer(summary, before) === summary) changed.set(summary.id, summary);
  }
  const added = [...changed.values()].filter(({ id }) => !find(state, id));
  const steps = { ...state.steps };
  for (const summary of changed.values()) {
    steps[summary.id] = stepTo(steps[summary.id] ?? [], summary.present_count, push.as_of);
  }
  const isNews = push.as_of >= state.as_of;
  return {
    ...state,
    as_of: isNews ? push.as_of : state.as_of,
    meetings: [...state.meetings.map((row) => changed.get(row.id) ?? row), ...added],
    steps,
    happened: push.happened.length > 0 ? merge(push.happened, state.happened) : state.happened,
    today: (isNews ? todayIn(push, state.today.time_zone) : undefined) ?? state.today,
    totals: push.totals !== undefined && isNews ? push.totals : state.totals,
    last_event_at:
      push.last_event_at !== undefined && isNews ? push.last_event_at : state.last_event_at,
  };
}

/** A push says of every zone in which anybody watches what today is there. */
function todayIn({ today, elsewhere = [] }: LivePush, zone: string): Today | undefined {
  return [...(today === null ? [] : [today]), ...elsewhere].find(
    ({ time_zone }) => time_zone === zone,
  );
}

/** A meeting became part of another: its row goes, what happened there belongs to the survivor. */
export function applyMerge(state: LiveState, id: string, into: string): LiveState {
  const { [id]: _gone, ...steps } = state.steps;
  return {
    ...state,
    meetings: state.meetings.filter((summary) => summary.id !== id),
    steps,
    happened: state.happened.map((line) =>
      line.meeting_id === id ? { ...line, meeting_id: into } : line,
    ),
    merged: { ...state.merged, [id]: into },
  };
}

/**
 * What was known where the fresh one says the same, so that nothing of it is drawn again. Both came as the server
 * wrote them, with their fields in one order.
 */
function same<T>(known: T | undefined, fresh: T): T {
  return known !== undefined && JSON.stringify(known) === JSON.stringify(fresh) ? known : fresh;
}

/** Whether two lines are drawn the same: how many there were as the window began is said as of whenever it is read. */
function isSameLine([before, ...known]: Steps, [begun, ...fresh]: Steps): boolean {
  if (before === undefined || begun === undefined) return before === begun;
  return (
    before.count === begun.count &&
    before.at <= begun.at &&
    known.length === fresh.length &&
    known.every(({ at, count }, index) => fresh[index]?.at === at && fresh[index]?.count === count)
  );
}

function find(live: LiveSnapshot, id: string): LiveMeeting | undefined {
  return live.meetings.find((summary) => summary.id === id);
}

/** At the same `seq` the fresh one wins: only the clock can have changed it. */
function newer(fresh: LiveMeeting, known: LiveMeeting | undefined): LiveMeeting {
  return known !== undefined && known.seq > fresh.seq ? known : fresh;
}

function stepTo(steps: Steps, count: number, at: string): Steps {
  if (steps.at(-1)?.count === count) return steps;
  const begin = toWireTime(fromWireTime(at) - STEPS_WINDOW_MS);
  const baseline = steps.findLastIndex((step) => step.at <= begin);
  return [...steps.slice(Math.max(0, baseline)), { at, count }];
}

/** Newest first, each once. */
function merge(fresh: readonly Happening[], known: readonly Happening[]): Happening[] {
  const lines = new Map<string, Happening>();
  for (const line of [...known, ...fresh]) lines.set(line.id, line);
  const admitted = new Set([...lines.values()].map(admissionOf));
  return [...lines.values()]
    .filter((line) => line.what.kind !== "left_before_admitted" || !admitted.has(waitOf(line)))
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1))
    .slice(0, MOST_HAPPENED);
}

/** Daily may tell that a wait is over before it tells of the join that ended it: then nobody left. */
function admissionOf(line: Happening): string | null {
  return line.what.kind === "admitted" ? waitOf(line) : null;
}

/** Whose wait a line is about, and since when. */
function waitOf({ meeting_id, person_id, at, what }: Happening): string | null {
  if (!("waited_ms" in what) || person_id === null) return null;
  return `${meeting_id} ${person_id} ${fromWireTime(at) - what.waited_ms}`;
}
