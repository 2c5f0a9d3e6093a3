import { firstIndex } from "#domain/time/first-after.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { oncePer } from "./once-per.ts";
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
  #steps: Step[] = [];

  /** Removes the intervals of some people, adds those of others, and returns the new steps. */
  change(gone: readonly (readonly Interval[])[], come: readonly (readonly Interval[])[]): Step[] {
    const moved = new Map<Ms, number>();
    const move = (at: Ms, by: number) => moved.set(at, (moved.get(at) ?? 0) + by);
    const moveAll = (people: readonly (readonly Interval[])[], sign: number) => {
      for (const intervals of people) {
        for (const { from, to } of intervals) {
          move(from, sign);
          if (to !== null) move(to, -sign);
        }
      }
    };
    moveAll(gone, -1);
    moveAll(come, 1);
    for (const [at, by] of moved) if (by === 0) moved.delete(at);
    if (moved.size > 0) this.#steps = moveSteps(this.#steps, moved);
    return this.#steps;
  }
}

/** The steps after the count changes at each of the moments by so many more. */
function moveSteps(steps: readonly Step[], moved: ReadonlyMap<Ms, number>): Step[] {
  // As plain numbers they sort many times faster than by a comparison.
  const moments = new Float64Array(moved.keys()).sort();
  const [first = Infinity] = moments;
  let next = firstIndex(steps, ({ at }) => at >= first);
  const after = steps.slice(0, next);
  let count = after.at(-1)?.count ?? 0;
  let more = 0;
  const reach = (at: Ms, now: number) => {
    if (now === count) return;
    count = now;
    after.push({ at, count });
  };
  let before = count;
  for (const moment of moments) {
    for (let step = steps[next]; step !== undefined && step.at < moment; step = steps[next]) {
      before = step.count;
      reach(step.at, before + more);
      next += 1;
    }
    const step = steps[next];
    if (step?.at === moment) {
      before = step.count;
      next += 1;
    }
    more += moved.get(moment) ?? 0;
    reach(moment, before + more);
  }
  for (const { at, count: was } of steps.slice(next)) reach(at, was + more);
  return after;
}

/** When anyone was there: the union of all people's intervals, fast for very many of them. */
export function anybodyIn(people: readonly (readonly Interval[])[]): Interval[] {
  const union = new CrowdUnion();
  for (const intervals of people) for (const { from, to } of intervals) union.add(from, to);
  return union.intervals();
}

/** The union of very many intervals, of which nearly all soon lie within one of few. */
class CrowdUnion {
  /** In time order, with gaps between. */
  readonly #merged: { from: Ms; to: Ms }[] = [];

  /** Adds the time until `end`, or all time from then on where that is `null`. */
  add(start: Ms, end: Ms | null): void {
    const merged = this.#merged;
    let from = start;
    let to = end === null ? Infinity : Math.max(start, end);
    const first = firstIndex(merged, (met) => met.to >= start);
    const around = merged[first];
    if (around !== undefined && around.from <= from && around.to >= to) return;
    let next = first;
    for (let met = merged[next]; met !== undefined && met.from <= to; met = merged[next]) {
      from = Math.min(from, met.from);
      to = Math.max(to, met.to);
      next += 1;
    }
    merged.splice(first, next - first, { from, to });
  }

  intervals(): Interval[] {
    return this.#merged.map(({ from, to }) => ({ from, to: to === Infinity ? null : to }));
  }
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

/** When anyone was in or waiting. Several numbers of a page use it, so it is computed once for the same people. */
export const occupiedOf = oncePer(
  (people: readonly Pick<PersonView, "presence" | "waits">[]): Interval[] => {
    const union = new CrowdUnion();
    for (const { presence, waits } of people) {
      for (const { from, to } of presence) union.add(from, to);
      for (const { startedAt, endedAt } of waits) union.add(startedAt, endedAt);
    }
    return union.intervals();
  },
);
