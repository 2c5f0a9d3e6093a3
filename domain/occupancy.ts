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
  const all = people.flat();
  const comings = inOrder(all.map(({ from }) => from));
  const goings = inOrder(all.map(({ to }) => to ?? Infinity));
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

/** Numbers sort by themselves, and much faster than by a comparison. */
function inOrder(times: readonly Ms[]): Float64Array {
  return new Float64Array(times).sort();
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
