import type { Ms } from "#domain/time/ms.ts";
import { ROSTER_MS, SAME_MOMENT_MS } from "./rules.ts";
import type { Visit } from "./visit.ts";

/** The visits of one connection as one observer saw them. */
export interface SeenVisits {
  observer: string;
  visits: readonly Visit[];
}

/** A visit while it is put together, and who saw which part of it. */
interface Whole {
  visit: Visit;
  observers: Set<string>;
}

/**
 * The visits of one connection that several observers saw, each visit once: from the first that saw it begin to the
 * last that saw it go on. An end that one of them reports counts for those who reported none.
 */
export function asOne(seen: readonly SeenVisits[]): Visit[] {
  const [only] = seen;
  if (only !== undefined && seen.length === 1) return [...only.visits];
  const all = seen
    .flatMap(({ observer, visits }) => {
      const ends = seen.filter((other) => other.observer !== observer).flatMap(reportedEnds);
      return visits.map((visit) => ({ observer, visit: endedBy(visit, ends) }));
    })
    .toSorted(
      (a, b) =>
        a.visit.joinedAt - b.visit.joinedAt ||
        until(a.visit) - until(b.visit) ||
        (a.observer < b.observer ? -1 : 1),
    );
  const wholes: Whole[] = [];
  for (const { observer, visit } of all) {
    const last = wholes.at(-1);
    if (last !== undefined && goesOnAs(last, visit, observer, all)) {
      last.visit = together(last.visit, visit);
      last.observers.add(observer);
    } else {
      wholes.push({ visit, observers: new Set([observer]) });
    }
  }
  return wholes.map(({ visit }) => visit);
}

function reportedEnds({ visits }: SeenVisits): { from: Ms; at: Ms }[] {
  return visits.flatMap(({ joinedAt, leftAt, end }) =>
    end === "reported" && leftAt !== null ? [{ from: joinedAt, at: leftAt }] : [],
  );
}

/** A visit of which one observer saw no end, with the first end that another one saw of it. */
function endedBy(visit: Visit, ends: readonly { from: Ms; at: Ms }[]): Visit {
  if (visit.end === "reported") return visit;
  // Observers notice a little apart: an end so soon after the start is that of the visit before.
  const isOfIt = ({ from, at }: { from: Ms; at: Ms }) =>
    at < until(visit) && from < until(visit) && at > visit.joinedAt + ROSTER_MS;
  const first = ends.filter(isOfIt).reduce((least, { at }) => Math.min(least, at), Infinity);
  if (first === Infinity) return visit;
  const { participantId, joinedAt, start } = visit;
  return { participantId, joinedAt, leftAt: first, end: "reported", start };
}

/**
 * Whether what an observer saw is more of the same visit. Two observers may notice a moment a little apart; one
 * observer who saw it end and begin anew saw two.
 */
function goesOnAs(
  { visit, observers }: Whole,
  { joinedAt }: Visit,
  observer: string,
  all: readonly { observer: string; visit: Visit }[],
): boolean {
  const end = until(visit);
  if (joinedAt < end) return true;
  if (joinedAt - end > SAME_MOMENT_MS || observers.has(observer)) return false;
  return !all.some(
    (one) =>
      observers.has(one.observer) &&
      one.visit.joinedAt >= end &&
      one.visit.joinedAt <= joinedAt + SAME_MOMENT_MS,
  );
}

function together(one: Visit, other: Visit): Visit {
  const { start } = other.joinedAt === one.joinedAt ? surer(one, other) : one;
  const { start: _, ...ended } = laterEnd(one, other);
  return { ...ended, joinedAt: one.joinedAt, start };
}

const STARTS: readonly Visit["start"][] = ["reported", "first_seen", "inferred"];

/** Of two that begin at one moment the one whose start is known better. */
function surer(one: Visit, other: Visit): Visit {
  return STARTS.indexOf(one.start) <= STARTS.indexOf(other.start) ? one : other;
}

const ENDS: readonly Visit["end"][] = ["reported", "operator", "inferred", null];

function laterEnd(one: Visit, other: Visit): Visit {
  const order = until(one) - until(other);
  if (order !== 0 && !Number.isNaN(order)) return order > 0 ? one : other;
  return ENDS.indexOf(one.end) <= ENDS.indexOf(other.end) ? one : other;
}

/** Until when somebody was there; Infinity while they are. */
function until({ leftAt }: Visit): Ms {
  return leftAt ?? Infinity;
}
