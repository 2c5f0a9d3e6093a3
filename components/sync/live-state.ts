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

/** How far back the line of the number of people in a meeting's row goes. */
export const STEPS_WINDOW_MS = 30 * 60_000;
const MOST_HAPPENED = 50;

/**
 * What a browser knows of the meetings in progress. A meeting's summary is never replaced by an older one. Up to the
 * frontier every meeting is in it, because any change that moves one there is pushed; beyond it only some, and the
 * totals.
 */
export interface LiveState extends LiveSnapshot {
  /** How often a snapshot came without all its meetings: the changes of the others may have been missed. */
  gaps: number;
  /** From a merged meeting's id to its survivor's, so that a late summary does not bring it back. */
  merged: Record<string, string>;
}

type Steps = LiveSnapshot["steps"][string];

export type LivePush = Parameters<ServerToClient["floor:changed"]>[0];

export function liveStateOf(live: LiveSnapshot): LiveState {
  return { ...live, gaps: 0, merged: {} };
}

/** Whether only the totals were read so far. */
export function isUnread(live: Pick<LiveSnapshot, "frontier">): boolean {
  return live.frontier?.rank === LIVE_START.rank;
}

/** The meetings up to the frontier, of which none is missing, in the order of the live page. */
export function shownMeetings({
  meetings,
  frontier,
}: Pick<LiveSnapshot, "meetings" | "frontier">): LiveMeeting[] {
  return meetings
    .map((meeting) => ({ meeting, position: livePositionOf(meeting) }))
    .filter(({ position }) => frontier === null || compareLivePositions(position, frontier) <= 0)
    .toSorted((a, b) => compareLivePositions(a.position, b.position))
    .map(({ meeting }) => meeting);
}

/** The totals of all meetings in progress: counted here if all are in the state, otherwise the server's. */
export function totalsNow(
  live: Pick<LiveSnapshot, "meetings" | "frontier" | "totals">,
): LiveTotals {
  return live.frontier === null ? liveTotalsOf(live.meetings) : live.totals;
}

/** Whether more meetings should be read, because fewer than half of a page's first ones are still shown. */
export function isRunningLow(live: LiveState): boolean {
  if (live.frontier === null || isUnread(live)) return false;
  return shownMeetings(live).length < FIRST_MEETINGS / 2;
}

/** Applies a whole snapshot. Pushes may already have brought something newer, which stays. */
export function applySnapshot(state: LiveState, fresh: LiveSnapshot): LiveState {
  const older = fresh.as_of < state.as_of;
  if (isUnread(fresh)) return older ? state : { ...state, ...countsOf(fresh) };
  const meetings = fresh.meetings.map((summary) => {
    const before = find(state, summary.id);
    return same(before, newer(summary, before));
  });
  // Only a snapshot read after the last push can say that a meeting is gone.
  const stillThere = older ? state.meetings.filter(({ id }) => !find(fresh, id)) : [];
  const present = [...meetings, ...stillThere].filter(({ id }) => state.merged[id] === undefined);
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

function countsOf({ as_of, today, totals, sources, last_event_at }: LiveSnapshot) {
  return { as_of, today, totals, sources, last_event_at };
}

/** Applies a push. Summaries that did not change stay the same objects. */
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
  const isNewer = push.as_of >= state.as_of;
  return {
    ...state,
    as_of: isNewer ? push.as_of : state.as_of,
    meetings: [...state.meetings.map((row) => changed.get(row.id) ?? row), ...added],
    steps,
    happened: push.happened.length > 0 ? merge(push.happened, state.happened) : state.happened,
    today: (isNewer ? todayIn(push, state.today.time_zone) : undefined) ?? state.today,
    totals: push.totals !== undefined && isNewer ? push.totals : state.totals,
    last_event_at:
      push.last_event_at !== undefined && isNewer ? push.last_event_at : state.last_event_at,
  };
}

/** A push brings today's figures for every zone in which a browser watches. */
function todayIn({ today, elsewhere = [] }: LivePush, zone: string): Today | undefined {
  return [...(today === null ? [] : [today]), ...elsewhere].find(
    ({ time_zone }) => time_zone === zone,
  );
}

/** Applies a merge: the row of the merged meeting goes, and its happenings belong to the survivor. */
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
 * The existing object where the fresh one is equal, so that it is not rendered again. JSON can be compared because
 * the server writes both with their fields in one order.
 */
function same<T>(existing: T | undefined, fresh: T): T {
  return existing !== undefined && JSON.stringify(existing) === JSON.stringify(fresh)
    ? existing
    : fresh;
}

/** Whether two lines look the same. The first time is not compared: the window began there when it was read. */
function isSameLine([before, ...existingRest]: Steps, [begun, ...freshRest]: Steps): boolean {
  if (before === undefined || begun === undefined) return before === begun;
  return (
    before.count === begun.count &&
    before.at <= begun.at &&
    existingRest.length === freshRest.length &&
    existingRest.every(
      ({ at, count }, index) => freshRest[index]?.at === at && freshRest[index]?.count === count,
    )
  );
}

function find(live: LiveSnapshot, id: string): LiveMeeting | undefined {
  return live.meetings.find((summary) => summary.id === id);
}

/** At the same `seq` the fresh one wins: only the clock can have changed it. */
function newer(fresh: LiveMeeting, existing: LiveMeeting | undefined): LiveMeeting {
  return existing !== undefined && existing.seq > fresh.seq ? existing : fresh;
}

function stepTo(steps: Steps, count: number, at: string): Steps {
  if (steps.at(-1)?.count === count) return steps;
  const begin = toWireTime(fromWireTime(at) - STEPS_WINDOW_MS);
  const baseline = steps.findLastIndex((step) => step.at <= begin);
  return [...steps.slice(Math.max(0, baseline)), { at, count }];
}

/** Newest first, each once. */
function merge(fresh: readonly Happening[], existing: readonly Happening[]): Happening[] {
  const lines = new Map<string, Happening>();
  for (const line of [...existing, ...fresh]) lines.set(line.id, line);
  const admitted = new Set([...lines.values()].map(admissionOf));
  return [...lines.values()]
    .filter((line) => line.what.kind !== "left_before_admitted" || !admitted.has(waitOf(line)))
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1))
    .slice(0, MOST_HAPPENED);
}

/** Daily may report the end of a wait before the join that ended it: then the person did not leave. */
function admissionOf(line: Happening): string | null {
  return line.what.kind === "admitted" ? waitOf(line) : null;
}

/** Identifies the wait a line is about: meeting, person and begin. */
function waitOf({ meeting_id, person_id, at, what }: Happening): string | null {
  if (!("waited_ms" in what) || person_id === null) return null;
  return `${meeting_id} ${person_id} ${fromWireTime(at) - what.waited_ms}`;
}
