import type { Participant } from "#domain/participant/participant.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { type Interval, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type PresenceSoFar, uncertainPresenceOf } from "./unheard.ts";

/**
 * A period of being host. `inferred` where the provider only reported that the role changed somewhere in
 * it, or where the end of the visit itself is inferred.
 */
export interface Tenure {
  from: Ms;
  to: Ms | null;
  inferred: boolean;
}

/** A tenure within one visit. */
interface Piece extends Tenure {
  /** The role changed somewhere in it: never joined with certain tenures. */
  isUncertain: boolean;
}

/** One person's tenures over all connections; gaps up to the grace do not end one. */
export function hostTenuresOf(participants: readonly Participant[], graceMs: Ms): Tenure[] {
  const pieces = participants.flatMap((participant) =>
    participant.visits.flatMap((visit) => tenuresIn(visit, participant)),
  );
  const certain = pieces.filter(({ isUncertain }) => !isUncertain);
  const uncertain = pieces.filter(({ isUncertain }) => isUncertain);
  const projected = [
    ...union(certain, graceMs).map((whole) => ({
      ...whole,
      inferred: isEndInferred(whole, certain),
    })),
    ...union(uncertain, graceMs).map((whole) => ({ ...whole, inferred: true })),
  ];
  return projected
    .filter(({ from, to }) => to === null || to > from)
    .toSorted((a, b) => a.from - b.from || Number(a.inferred) - Number(b.inferred));
}

/** Whether the last of the pieces stopped at an end that was not reported. */
function isEndInferred({ to }: Interval, pieces: readonly Piece[]): boolean {
  const last = pieces.filter((piece) => piece.to === to);
  return to !== null && last.length > 0 && last.every(({ inferred }) => inferred);
}

/**
 * One person's tenures with gaps up to the grace closed, also between certain and inferred ones, which stay
 * separate. The one before such a gap lasts until the next.
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

function tenuresIn(visit: Visit, participant: Participant): Piece[] {
  const end = visit.leftAt;
  const marks = participant.hostMarks.filter(
    (mark) => mark.at >= visit.joinedAt && (end === null || mark.at <= end),
  );
  const first = marks[0];
  if (!first) return [];
  const tenures: Piece[] = [];
  const add = (from: Ms, to: Ms | null, inferred: boolean, isUncertain = false) =>
    tenures.push({ from, to, inferred, isUncertain });
  let isHost = first.isHost;
  let since = visit.joinedAt;
  let statedAt = visit.joinedAt;
  for (const mark of marks) {
    if (mark.isHost !== isHost) {
      const changedAfter = mark.exact ? mark.at : statedAt;
      if (isHost && changedAfter > since) add(since, changedAfter, false);
      if (!mark.exact) add(statedAt, mark.at, true, true);
      isHost = mark.isHost;
      since = mark.at;
    }
    statedAt = mark.at;
  }
  if (isHost) add(since, end, visit.end === "inferred" || visit.leftBy !== undefined);
  return tenures;
}

/**
 * When a person was host, with gaps up to the grace closed, or may have gone on being host because their
 * leave was not reported.
 */
export function hostedAtMost(
  person: PresenceSoFar & { tenures: readonly Tenure[]; isHost: boolean },
  graceMs: Ms,
): Interval[] {
  return [
    ...withoutGaps(person.tenures, graceMs),
    ...(person.isHost ? uncertainPresenceOf(person) : []),
  ];
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
