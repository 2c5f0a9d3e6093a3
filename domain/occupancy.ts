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
  const changes = new Map<Ms, number>();
  const change = (at: Ms, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const intervals of people) {
    for (const { from, to } of intervals) {
      change(from, 1);
      if (to !== null) change(to, -1);
    }
  }
  const steps: Step[] = [];
  let count = 0;
  for (const [at, by] of [...changes].toSorted(([a], [b]) => a - b)) {
    if (by === 0) continue;
    count += by;
    steps.push({ at, count });
  }
  return steps;
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
