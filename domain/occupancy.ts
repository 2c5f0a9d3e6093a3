import type { Ms } from "./event.ts";
import type { Interval } from "./interval.ts";

/** From `at` on, `count` people, until the next step. */
export interface Step {
  at: Ms;
  count: number;
}

/**
 * How many were there at once, from each person's own disjoint intervals. Steps have distinct times and
 * differ from their neighbours. At one moment the leaving go before the coming, and an interval of no
 * length counts nobody.
 */
export function stepsOf(people: readonly (readonly Interval[])[]): Step[] {
  const [comings, goings] = momentsOf(people);
  const steps: Step[] = [];
  let count = 0;
  let come = 0;
  let gone = 0;
  while (come < comings.length || (goings[gone] ?? Infinity) < Infinity) {
    const at = Math.min(comings[come] ?? Infinity, goings[gone] ?? Infinity);
    const before = count;
    for (; comings[come] === at; come += 1) count += 1;
    for (; goings[gone] === at; gone += 1) count -= 1;
    if (count !== before) steps.push({ at, count });
  }
  return steps;
}

/** When anybody was there: the union of everybody's intervals, for very many of them. */
export function anybodyIn(people: readonly (readonly Interval[])[]): Interval[] {
  const [comings, goings] = momentsOf(people);
  const stretches: Interval[] = [];
  let from: Ms | null = null;
  for (const [index, to] of goings.entries()) {
    from ??= comings[index] ?? to;
    // As many have gone as have come, and the next comes only later.
    const next = comings[index + 1];
    if (next !== undefined && next <= to) continue;
    stretches.push({ from, to: to === Infinity ? null : to });
    from = null;
  }
  return stretches;
}

/** When anybody came and went, earliest first: plain numbers sort many times faster than by a comparison. */
function momentsOf(people: readonly (readonly Interval[])[]): [Float64Array, Float64Array] {
  const length = people.reduce((sum, intervals) => sum + intervals.length, 0);
  const comings = new Float64Array(length);
  const goings = new Float64Array(length);
  let next = 0;
  for (const intervals of people) {
    for (const { from, to } of intervals) {
      comings[next] = from;
      goings[next] = to === null ? Infinity : Math.max(from, to);
      next += 1;
    }
  }
  return [comings.sort(), goings.sort()];
}

/** The most at once and when that was first so; `null` if there was never anybody. */
export function peakOf(steps: readonly Step[]): Step | null {
  let peak: Step | null = null;
  for (const step of steps) if (step.count > (peak?.count ?? 0)) peak = step;
  return peak;
}

/** How many there were at a moment. */
export function countAt(steps: readonly Step[], at: Ms): number {
  return steps.findLast((step) => step.at <= at)?.count ?? 0;
}
