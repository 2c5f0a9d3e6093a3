import type { Visit } from "#domain/participant/visit.ts";
import { type Interval, lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { PersonView } from "./person-view.ts";
import type { Wait } from "./wait.ts";

/**
 * How sure a moment or a length is. `exact`: as reported, or as of now while it goes on. `at_least`: it was
 * then or later, or lasted that long or longer. `at_most`: it was then or before, or lasted no longer.
 */
export type Certainty = "exact" | "at_least" | "at_most";

/** The fields of a visit that show how sure its ends are. */
export type VisitEnds = Pick<Visit, "joinedAt" | "leftAt" | "start" | "end"> & {
  /** The latest it can have lasted, where its end is inferred and that bound is known. */
  leftBy?: Ms | null;
};

/** How sure a person's first join, last leave and attended time are. */
export interface Sureness {
  /** `null` for a person who never came in. */
  joined: Certainty | null;
  /** `null` also while they are in. */
  left: Certainty | null;
  attended: Certainty | null;
  /** A time was inferred: only the leave was reported, or no leave was. */
  inferred: boolean;
}

const NEVER_IN: Sureness = { joined: null, left: null, attended: null, inferred: false };

/** For a person whose times were all reported. */
export function asReported(times: { firstJoinedAt: Ms | null; lastLeftAt: Ms | null }): Sureness {
  if (times.firstJoinedAt === null) return NEVER_IN;
  const left = times.lastLeftAt === null ? null : "exact";
  return { joined: "exact", left, attended: "exact", inferred: false };
}

/**
 * How sure the numbers from a person's visits are. A start that was not reported is the latest possible,
 * and an end that was not reported the earliest; a time that another visit covers, or reports at the same
 * moment, is sure.
 */
export function surenessOf(visits: readonly VisitEnds[]): Sureness {
  if (visits.length === 0) return NEVER_IN;
  const first = Math.min(...visits.map(({ joinedAt }) => joinedAt));
  const last = Math.max(...visits.map(({ leftAt }) => leftAt ?? Infinity));
  const starts = visits.filter((visit) => isStartOpen(visit, visits));
  const ends = visits.filter((visit) => isEndOpen(visit, visits));
  const isSure = starts.length === 0 && ends.length === 0;
  return {
    joined: starts.some(({ joinedAt }) => joinedAt === first) ? "at_most" : "exact",
    left:
      last === Infinity ? null : ends.some(({ leftAt }) => leftAt === last) ? "at_least" : "exact",
    attended: isSure ? "exact" : "at_least",
    inferred: ends.length > 0 || starts.some(({ start }) => start === "inferred"),
  };
}

function isStartOpen({ joinedAt: at, start }: VisitEnds, visits: readonly VisitEnds[]): boolean {
  if (start === "reported") return false;
  return !visits.some(
    ({ joinedAt, leftAt, start: other }) =>
      (joinedAt < at && (leftAt ?? Infinity) >= at) || (joinedAt === at && other === "reported"),
  );
}

function isEndOpen({ leftAt: at, leftBy, end }: VisitEnds, visits: readonly VisitEnds[]): boolean {
  const isEntered = end === "operator" && leftBy == null;
  if (at === null || end === "reported" || isEntered) return false;
  return !visits.some(({ joinedAt, leftAt, end: other }) => {
    const until = leftAt ?? Infinity;
    // Another visit covers this doubt only where it lasted until the latest possible end.
    if (until < (leftBy ?? at)) return false;
    return (joinedAt <= at && until > at) || (until === at && other === "reported");
  });
}

/** The latest moment a person may have been in, where only that bound is known. */
export function latestLeftBy(visits: readonly VisitEnds[]): Ms | null {
  if (surenessOf(visits).left !== "at_least") return null;
  const bounds = visits.flatMap(({ leftBy }) => leftBy ?? []);
  return bounds.length === 0 ? null : Math.max(...bounds);
}

/**
 * How sure the length of a wait is: no wait was shorter than what was reported, and an end that an operator
 * entered (`endEntered`) is exact.
 */
export function waitCertainty({
  inferred,
  endEntered,
}: {
  inferred: boolean;
  endEntered: boolean;
}): Certainty {
  return inferred && !endEntered ? "at_least" : "exact";
}

/**
 * Waited = the length of the union of a person's waits, open ones up to `now`. A wait of unknown end has no
 * known length and is left out.
 */
export function waitedMs(
  waits: readonly Pick<Wait, "startedAt" | "endedAt" | "outcome">[],
  now: Ms,
): Ms {
  const withKnownEnd = waits.filter(({ outcome }) => outcome !== "unknown");
  return lengthMs(
    union(withKnownEnd.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt }))),
    now,
  );
}

/** Whether the end of a stay is inferred: no visit that ends it has a reported end. */
export function endIsInferred(stay: Interval, visits: PersonView["visits"]): boolean {
  const last = visits.filter(({ leftAt }) => leftAt !== null && leftAt === stay.to);
  return (
    last.length > 0 && last.every(({ end, leftBy }) => end === "inferred" || leftBy !== undefined)
  );
}
