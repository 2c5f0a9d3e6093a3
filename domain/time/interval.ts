import type { Ms } from "./ms.ts";

/** Half open: `[from, to)`. `to` is `null` while it lasts. */
export interface Interval {
  from: Ms;
  to: Ms | null;
}

/**
 * The union of intervals after gaps of at most `graceMs` are closed, in time order. An end before its start
 * counts as an end at its start.
 */
export function union(intervals: readonly Interval[], graceMs: Ms = 0): Interval[] {
  const sorted = intervals.toSorted((a, b) => a.from - b.from);
  const result: Interval[] = [];
  for (const { from, to } of sorted) {
    const end = to === null ? null : Math.max(from, to);
    const last = result.at(-1);
    if (last && (last.to === null || from - last.to <= graceMs)) {
      last.to = last.to === null || end === null ? null : Math.max(last.to, end);
    } else {
      result.push({ from, to: end });
    }
  }
  return result;
}

/** The summed length in ms of disjoint intervals; an open one runs to `now`. Never negative. */
export function lengthMs(disjoint: readonly Interval[], now: Ms): Ms {
  return disjoint.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
}

/** The gaps between disjoint, sorted intervals, from the first start to the last end. */
export function gaps(disjoint: readonly Interval[]): { from: Ms; to: Ms }[] {
  const result: { from: Ms; to: Ms }[] = [];
  for (const [index, next] of disjoint.entries()) {
    const end = disjoint[index - 1]?.to ?? null;
    if (end !== null && next.from > end) result.push({ from: end, to: next.from });
  }
  return result;
}

/** What is left of `whole` (bounded) when `parts` are taken away. */
export function outside(
  whole: { from: Ms; to: Ms },
  parts: readonly Interval[],
): { from: Ms; to: Ms }[] {
  const result: { from: Ms; to: Ms }[] = [];
  let cursor = whole.from;
  for (const { from, to } of union(parts)) {
    if (from >= whole.to) break;
    if (from > cursor) result.push({ from: cursor, to: from });
    cursor = Math.max(cursor, to ?? whole.to);
  }
  if (cursor < whole.to) result.push({ from: cursor, to: whole.to });
  return result;
}

/** What is left of `whole` when `parts` are taken away; both may still last. */
export function intervalsWithout(
  whole: readonly Interval[],
  parts: readonly Interval[],
): Interval[] {
  const taken = union(parts);
  const left: Interval[] = [];
  for (const interval of union(whole)) {
    let from = interval.from;
    for (const part of taken) {
      if (end(part) <= from) continue;
      if (part.from >= end(interval)) break;
      if (part.from > from) left.push({ from, to: part.from });
      from = end(part);
    }
    if (from < end(interval)) left.push({ from, to: interval.to });
  }
  return left;
}

function end({ to }: Interval): number {
  return to ?? Infinity;
}
