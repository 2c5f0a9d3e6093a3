import type { Ms } from "./event.ts";
import { type Interval, union } from "./interval.ts";
import type { Participant, Visit } from "./participant.ts";

/**
 * A stretch of being host. `inferred` where the provider only said that the role changed somewhere in it,
 * or where the end of the visit itself is inferred.
 */
export interface Tenure {
  from: Ms;
  to: Ms | null;
  inferred: boolean;
}

/** The tenures of one person over all connections; gaps up to the grace do not end one. */
export function tellTenures(participants: readonly Participant[], graceMs: Ms): Tenure[] {
  const pieces = participants.flatMap((participant) =>
    participant.visits.flatMap((visit) => tenuresIn(visit, participant)),
  );
  const joined = (inferred: boolean): Tenure[] =>
    union(
      pieces.filter((piece) => piece.inferred === inferred),
      graceMs,
    ).map((interval: Interval) => ({ ...interval, inferred }));
  return [...joined(false), ...joined(true)].toSorted(
    (a, b) => a.from - b.from || Number(a.inferred) - Number(b.inferred),
  );
}

/**
 * One person's tenures without the gaps that count for nothing: up to the grace, also between what is sure
 * and what is inferred, which are told apart. The one before such a gap lasts until the next.
 */
export function withoutGaps(sorted: readonly Tenure[], graceMs: Ms): Tenure[] {
  const tenures = sorted.map((tenure) => ({ ...tenure }));
  let last: Tenure | null = null;
  for (const tenure of tenures) {
    if (last !== null && last.to !== null && tenure.from > last.to) {
      if (tenure.from - last.to <= graceMs) last.to = tenure.from;
    }
    if (last === null || (last.to !== null && (tenure.to ?? Infinity) > last.to)) last = tenure;
  }
  return tenures;
}

function tenuresIn(visit: Visit, participant: Participant): Tenure[] {
  const end = visit.leftAt;
  const marks = participant.hostMarks.filter(
    (mark) => mark.at >= visit.joinedAt && (end === null || mark.at <= end),
  );
  const first = marks[0];
  if (!first) return [];
  const tenures: Tenure[] = [];
  let isHost = first.isHost;
  let since = visit.joinedAt;
  let statedAt = visit.joinedAt;
  for (const mark of marks) {
    if (mark.isHost !== isHost) {
      const changedAfter = mark.exact ? mark.at : statedAt;
      if (isHost) tenures.push({ from: since, to: changedAfter, inferred: false });
      if (!mark.exact) tenures.push({ from: statedAt, to: mark.at, inferred: true });
      isHost = mark.isHost;
      since = mark.at;
    }
    statedAt = mark.at;
  }
  if (isHost) tenures.push({ from: since, to: end, inferred: visit.end === "inferred" });
  return tenures.filter((tenure) => tenure.to === null || tenure.to > tenure.from);
}

/** Whether a person is host by the latest statement about any of their connections. */
export function isHostNow(participants: readonly Participant[]): boolean {
  let latest = { at: -Infinity, isHost: false };
  for (const { hostMarks } of participants) {
    const mark = hostMarks.at(-1);
    if (mark && (mark.at > latest.at || (mark.at === latest.at && mark.isHost))) latest = mark;
  }
  return latest.isHost;
}
