import { firstIndex } from "#domain/time/first-after.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { PersonView } from "./person-view.ts";

/** From `at` on, `count` people, until the next step. */
export interface Step {
  at: Ms;
  count: number;
}

/**
 * How many were there at once, from each person's own disjoint intervals. Steps have distinct times and
 * differ from their neighbours. At one moment those who leave go before those who come, and an interval of
 * no length counts no one.
 */
export function stepsOf(people: readonly (readonly Interval[])[]): Step[] {
  return new Occupancy().change([], people);
}

/** The steps of people whose intervals change now and then: the steps before the first change stay. */
export class Occupancy {
  /** By how many the count changes at a moment. */
  readonly #changes = new Map<Ms, number>();
  #steps: Step[] = [];

  /** Removes the intervals of some people, adds those of others, and returns the new steps. */
  change(gone: readonly (readonly Interval[])[], come: readonly (readonly Interval[])[]): Step[] {
    const moved = new Map<Ms, number>();
    const move = (at: Ms, by: number) => moved.set(at, (moved.get(at) ?? 0) + by);
    for (const [people, sign] of [[gone, -1] as const, [come, 1] as const]) {
      for (const { from, to } of people.flat()) {
        move(from, sign);
        if (to !== null) move(to, -sign);
      }
    }
    const moments: Ms[] = [];
    for (const [at, by] of moved) {
      if (by === 0) continue;
      moments.push(at);
      this.#changes.set(at, (this.#changes.get(at) ?? 0) + by);
    }
    if (moments.length > 0) this.#stepAgain(moments);
    return this.#steps;
  }

  #stepAgain(moments: readonly Ms[]): void {
    const first = moments.reduce((least, at) => Math.min(least, at), Infinity);
    const unchanged = this.#steps.findLastIndex(({ at }) => at < first) + 1;
    const later = [...moments, ...this.#steps.slice(unchanged).map(({ at }) => at)];
    const steps = this.#steps.slice(0, unchanged);
    let count = steps.at(-1)?.count ?? 0;
    let last = -Infinity;
    // As plain numbers they sort many times faster than by a comparison.
    for (const at of new Float64Array(later).sort()) {
      const by = at === last ? 0 : (this.#changes.get(at) ?? 0);
      last = at;
      if (by === 0) continue;
      count += by;
      steps.push({ at, count });
    }
    this.#steps = steps;
  }
}

/** When anyone was there: the union of all people's intervals, fast for very many of them. */
export function anybodyIn(people: readonly (readonly Interval[])[]): Interval[] {
  // In time order, with gaps between. In a crowd they soon grow, and then nearly every interval lies
  // within one of few.
  const merged: { from: Ms; to: Ms }[] = [];
  for (const intervals of people) {
    for (const interval of intervals) {
      let { from } = interval;
      let to = interval.to === null ? Infinity : Math.max(from, interval.to);
      const first = firstIndex(merged, (met) => met.to >= from);
      const around = merged[first];
      if (around !== undefined && around.from <= from && around.to >= to) continue;
      let next = first;
      for (let met = merged[next]; met !== undefined && met.from <= to; met = merged[next]) {
        from = Math.min(from, met.from);
        to = Math.max(to, met.to);
        next += 1;
      }
      merged.splice(first, next - first, { from, to });
    }
  }
  return merged.map(({ from, to }) => ({ from, to: to === Infinity ? null : to }));
}

/** The highest count and when it was first reached; `null` if no one ever was there. */
export function peakOf(steps: readonly Step[]): Step | null {
  let peak: Step | null = null;
  for (const step of steps) if (step.count > (peak?.count ?? 0)) peak = step;
  return peak;
}

/** How many there were at a moment. */
export function countAt(steps: readonly Step[], at: Ms): number {
  return steps.findLast((step) => step.at <= at)?.count ?? 0;
}

/** Several numbers of a page use it, so it is computed once for the same people. */
const occupied = new WeakMap<readonly object[], Interval[]>();

/** When anyone was in or waiting. */
export function occupiedOf(people: readonly Pick<PersonView, "presence" | "waits">[]): Interval[] {
  const cached = occupied.get(people);
  if (cached !== undefined) return cached;
  const intervals = anybodyIn(
    people.map(({ presence, waits }) => [
      ...presence,
      ...waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
    ]),
  );
  occupied.set(people, intervals);
  return intervals;
}
