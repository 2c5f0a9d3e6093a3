import { FEWEST_FOR_REGULARS, type Thresholds } from "./thresholds.ts";

/** How regularly a person comes. `null` where there were too few meetings. */
export interface Habit {
  regular: boolean | null;
  /** A former regular who missed every one of the last meetings. */
  notLately: boolean | null;
  /** How many held meetings there were since the last they attended. */
  missedSince: number;
}

/**
 * Regular = attended at least P of the last N meetings (of all, where there were fewer). Not lately =
 * missed each of the last K meetings, and attended at least P of the N before those. `came` states for each
 * held meeting, oldest first, whether they attended.
 */
export function habitOf(
  came: readonly boolean[],
  { regularShare, regularLast, missed }: Thresholds,
): Habit {
  const before = came.slice(0, Math.max(0, came.length - missed));
  const lately = came.slice(before.length);
  const wasRegular = cameOften(before.slice(-regularLast), regularShare);
  const lastCame = came.lastIndexOf(true);
  return {
    regular: cameOften(came.slice(-regularLast), regularShare),
    notLately: wasRegular === null ? null : wasRegular && !lately.includes(true),
    missedSince: came.length - 1 - lastCame,
  };
}

function cameOften(came: readonly boolean[], share: number): boolean | null {
  if (came.length < FEWEST_FOR_REGULARS) return null;
  return came.filter(Boolean).length >= share * came.length;
}
