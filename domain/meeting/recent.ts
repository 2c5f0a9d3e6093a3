import type { Ms } from "#domain/time/ms.ts";
import type { Step } from "./occupancy.ts";
import type { PersonView } from "./person-view.ts";

/**
 * How many were in a meeting recently. With it, an event that arrives a little late changes the counts
 * after it without rebuilding all other people.
 */
export interface RecentHeadcount {
  /** Every change from then on is in `changes`; `null`: every change there ever was is. */
  since: Ms | null;
  /** How many were in before, and how many in or waiting. */
  present: number;
  occupied: number;
  /** The highest count before, and when it was first reached. */
  peak: Step | null;
  /** Earliest first, one per moment. */
  changes: readonly HeadcountChange[];
}

/** By how many the number of those in changed at a moment, and of those in or waiting. */
export type HeadcountChange = readonly [at: Ms, present: number, occupied: number];

/** A meeting before anyone came. */
export const EMPTY_HEADCOUNT: RecentHeadcount = {
  since: null,
  present: 0,
  occupied: 0,
  peak: null,
  changes: [],
};

/** Late events are only a few moments late; this many changes are stored while the meeting goes on. */
const MOST_CHANGES = 256;

/** From a meeting projected whole. */
export function recentOf(people: readonly PersonView[]): RecentHeadcount {
  return shortened({ ...EMPTY_HEADCOUNT, changes: difference([], people) });
}

/** With those changes added, not shortened; `null` where one of them lies too far back. */
export function withChanges(
  recent: RecentHeadcount,
  changes: readonly HeadcountChange[],
): RecentHeadcount | null {
  const since = recent.since ?? -Infinity;
  if (changes.some(([at]) => at < since)) return null;
  return { ...recent, changes: summed([...recent.changes, ...changes]) };
}

/** The highest count of those in, and when it was first reached. */
export function peakIn({ present, peak, changes }: RecentHeadcount): Step | null {
  return changes.reduce(higher, { count: present, peak }).peak;
}

/** The changes to the counts when some people's views replace their earlier ones. Earliest first. */
export function difference(
  was: readonly PersonView[],
  is: readonly PersonView[],
): HeadcountChange[] {
  return summed([
    ...was.flatMap((person) => changesOf(person, -1)),
    ...is.flatMap((person) => changesOf(person, 1)),
  ]);
}

function changesOf({ presence, waits }: PersonView, by: 1 | -1): HeadcountChange[] {
  return [
    ...presence.flatMap(({ from, to }): HeadcountChange[] => [
      [from, by, by],
      ...(to === null ? [] : [[to, -by, -by] as const]),
    ]),
    ...waits.flatMap(({ startedAt, endedAt }): HeadcountChange[] => [
      [startedAt, 0, by],
      ...(endedAt === null ? [] : [[endedAt, 0, -by] as const]),
    ]),
  ];
}

/** One change per moment; moments without a change are left out. */
function summed(changes: readonly HeadcountChange[]): HeadcountChange[] {
  const moments = new Map<Ms, HeadcountChange>();
  for (const [at, present, occupied] of changes) {
    const [, before, occupiedBefore] = moments.get(at) ?? [at, 0, 0];
    moments.set(at, [at, before + present, occupiedBefore + occupied]);
  }
  return [...moments.values()]
    .filter(([, present, occupied]) => present !== 0 || occupied !== 0)
    .toSorted(([a], [b]) => a - b);
}

/** The headcount as it is stored. */
export function shortened(recent: RecentHeadcount): RecentHeadcount {
  const over = recent.changes.length - MOST_CHANGES;
  const last = recent.changes[over - 1];
  if (last === undefined) return recent;
  const gone = recent.changes.slice(0, over);
  const { count, peak } = gone.reduce(higher, { count: recent.present, peak: recent.peak });
  return {
    since: last[0] + 1,
    present: count,
    occupied: gone.reduce((sum, [, , by]) => sum + by, recent.occupied),
    peak,
    changes: recent.changes.slice(over),
  };
}

function higher(
  { count, peak }: { count: number; peak: Step | null },
  [at, by]: HeadcountChange,
): { count: number; peak: Step | null } {
  const next = count + by;
  return { count: next, peak: next > (peak?.count ?? 0) ? { at, count: next } : peak };
}
