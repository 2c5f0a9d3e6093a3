import type { Ms } from "./event.ts";
import type { Step } from "./occupancy.ts";
import type { PersonStory } from "./story.ts";

/**
 * How many were in a meeting of late. With it, what is heard a little late changes what followed it, and nobody
 * else has to be told again.
 */
export interface Recent {
  /** Every change from then on is one of `changes`; `null`: every change there ever was. */
  since: Ms | null;
  /** How many were in before, and how many in or waiting. */
  present: number;
  occupied: number;
  /** The most who were in before, and when that was first so. */
  peak: Step | null;
  /** Earliest first, each at a moment of its own. */
  changes: readonly Change[];
}

/** By how many those who are in became more at a moment, and those who are in or waiting. */
type Change = readonly [at: Ms, present: number, occupied: number];

/** Changes of a count by moment, in time order; moments at which nothing changed are left out. */
export type Changes = readonly (readonly [at: Ms, by: number])[];

/** A meeting that nobody has been to. */
export const NOBODY_YET: Recent = { since: null, present: 0, occupied: 0, peak: null, changes: [] };

/** What comes late comes a few moments late; each is kept with the meeting while it goes on. */
const MOST_CHANGES = 64;

/** Of a meeting told whole. */
export function recentOf(people: readonly PersonStory[]): Recent {
  const here = difference([], people, presenceChanges);
  const occupied = difference([], people, occupancyChanges);
  return shortened({ ...NOBODY_YET, changes: merged([], here, occupied) });
}

/** As it is once those changes are known, at its full length; `null` where one of them lies too far back. */
export function withChanges(recent: Recent, here: Changes, occupied: Changes): Recent | null {
  const since = recent.since ?? -Infinity;
  if ([...here, ...occupied].some(([at]) => at < since)) return null;
  return { ...recent, changes: merged(recent.changes, here, occupied) };
}

/** The most who were in at once, and when that was first so. */
export function peakOf({ present, peak, changes }: Recent): Step | null {
  return changes.reduce(higher, { count: present, peak }).peak;
}

/** What the stories of some make of the counts, instead of what they made of them before. */
export function difference(
  was: readonly PersonStory[],
  is: readonly PersonStory[],
  changesOf: (person: PersonStory, add: (at: Ms, by: number) => void) => void,
): Changes {
  const changes = new Map<Ms, number>();
  const adding = (sign: 1 | -1) => (at: Ms, by: number) =>
    changes.set(at, (changes.get(at) ?? 0) + sign * by);
  for (const person of was) changesOf(person, adding(-1));
  for (const person of is) changesOf(person, adding(1));
  return [...changes].filter(([, by]) => by !== 0).toSorted(([a], [b]) => a - b);
}

export function presenceChanges(person: PersonStory, add: (at: Ms, by: number) => void): void {
  for (const { from, to } of person.presence) {
    add(from, 1);
    if (to !== null) add(to, -1);
  }
}

export function occupancyChanges(person: PersonStory, add: (at: Ms, by: number) => void): void {
  presenceChanges(person, add);
  for (const { startedAt, endedAt } of person.waits) {
    add(startedAt, 1);
    if (endedAt !== null) add(endedAt, -1);
  }
}

function merged(known: readonly Change[], here: Changes, occupied: Changes): Change[] {
  const moments = new Map(known.map(([at, present, occupied]) => [at, { present, occupied }]));
  const at = (moment: Ms) => {
    const change = moments.get(moment) ?? { present: 0, occupied: 0 };
    moments.set(moment, change);
    return change;
  };
  for (const [moment, by] of here) at(moment).present += by;
  for (const [moment, by] of occupied) at(moment).occupied += by;
  return [...moments]
    .map(([moment, { present, occupied }]): Change => [moment, present, occupied])
    .filter(([, present, occupied]) => present !== 0 || occupied !== 0)
    .toSorted(([a], [b]) => a - b);
}

/** As it is kept. */
export function shortened(recent: Recent): Recent {
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
  [at, by]: Change,
): { count: number; peak: Step | null } {
  const next = count + by;
  return { count: next, peak: next > (peak?.count ?? 0) ? { at, count: next } : peak };
}
