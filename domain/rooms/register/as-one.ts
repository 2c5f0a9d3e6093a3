import { surenessOf } from "#domain/meeting/certainty.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RegisterEntry, RegisterFacts } from "./facts.ts";

/**
 * The entries of one person in one meeting, several where an operator joined them: attended is the length
 * of the union of their visits, gaps up to the grace closed, as if they had been one there.
 */
export function entriesAsOne(
  [first, ...others]: readonly [RegisterEntry, ...RegisterEntry[]],
  { graceMs }: Pick<RegisterFacts, "graceMs">,
): RegisterEntry {
  if (others.length === 0) return first;
  const entries = [first, ...others];
  const visits = entries.flatMap(({ joined }) => joined?.visits ?? []);
  const attended = union(
    visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })),
    graceMs,
  );
  const closed = attended.filter(({ to }) => to !== null);
  const isIn = attended.length > closed.length;
  const cameAt = attended[0]?.from ?? null;
  const lastLeftAt = isIn ? null : (attended.at(-1)?.to ?? null);
  return {
    ...first,
    userId: entries.find(({ userId }) => userId !== null)?.userId ?? null,
    firstJoinedAt: cameAt,
    lastLeftAt,
    attendedMs: lengthMs(closed, 0),
    openSince: attended.find(({ to }) => to === null)?.from ?? null,
    isWaiting: entries.some((entry) => entry.isWaiting),
    hostedFrom: earliestOf(entries.map(({ hostedFrom }) => hostedFrom)),
    sureness: surenessOf(visits),
  };
}

/** The earliest of the moments that are not `null`. */
export function earliestOf(moments: readonly (Ms | null)[]): Ms | null {
  return moments.reduce<Ms | null>(
    (first, at) => (at === null || (first !== null && first <= at) ? first : at),
    null,
  );
}
