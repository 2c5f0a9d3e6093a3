import type { Ms } from "#domain/time/ms.ts";
import type { Step } from "./occupancy.ts";
import type { PersonView } from "./person-view.ts";

/**
 * How many were in a meeting of late. With it, what is heard a little late changes what followed it, and nobody
 * else has to be told again.
 */
export interface RecentHeadcount {
  /** Every change from then on is one of `changes`; `null`: every change there ever was. */
  since: Ms | null;
  /** How many were in before, and how many in or waiting. */
  present: number;
  occupied: number;
  /** The most who were in before, and when that was first so. */
  peak: Step | null;
  /** Earliest first, each at a moment of its own. */
  changes: readonly HeadcountChange[];
}

/** By how many those who are in became more at a moment, and those who are in or waiting. */
export type HeadcountChange = readonly [at: Ms, present: number, occupied: number];

/** A meeting that nobody has been to. */
export const NOBODY_YET: RecentHeadcount = {
  since: null,
  present: 0,
  occupied: 0,
  peak: null,
  changes: [],
};

/** What comes late comes a few moments late; each is kept with the meeting while it goes on. */
const MOST_CHANGES = 256;

/** Of a meeting told whole. */
export function recentOf(people: readonly PersonView[]): RecentHeadcount {
  return shortened({ ...NOBODY_YET, changes: difference([], people) });
}

/** As it is once those changes are known, at its full length; `null` where one of them lies too far back. */
export function withChanges(
  recent: RecentHeadcount,
  changes: readonly HeadcountChange[],
): RecentHeadcount | null {
  const since = recent.since ?? -Infinity;
  if (changes.some(([at]) => at < since)) return null;
  return { ...recent, changes: summed([...recent.changes, ...changes]) };
}

/** The most who were in at once, and when that was first so. */
export function peakIn({ present, peak, changes }: RecentHeadcount): Step | null {
  return changes.reduce(higher, { count: present, peak }).peak;
}

/** What the stories of some make of the counts, instead of what they made of them before. Earliest first. */
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

/** One change a moment; moments at which nothing changed are left out. */
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

/** As it is kept. */
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
