import {
  earliest as earliestOf,
  isAboutParticipant,
  type MeetingEvent,
} from "#domain/event/event.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { isSeenByOthers } from "#domain/participant/watchers.ts";
import { earlierOf, laterOf } from "#domain/time/either.ts";
import type { Ms } from "#domain/time/ms.ts";
import { doubtAt, meetingExtentOf, peakSince } from "./meeting.ts";
import { isWaiting, type PersonView } from "./person-view.ts";
import { difference, peakIn, type RecentHeadcount, shortened, withChanges } from "./recent.ts";
import {
  hasSeveralNames,
  isAmbiguous,
  isCorrection,
  isIdShared,
  lastOut,
  type MeetingTally,
  someoneElseCameIn,
} from "./tally.ts";

/**
 * Moves a meeting's tally from the touched people's earlier views to their new ones, when the change is
 * recent and leaves all other people's history as it is. `existing` are all earlier events of the touched
 * people.
 *
 * `null` where that is not so, and the whole meeting has to be rebuilt. Both ways give the same: this one
 * reads a handful of events, the other all of them.
 */
export function applyIncrementally(
  tally: MeetingTally,
  was: readonly PersonView[],
  is: readonly PersonView[],
  { existing, arrived }: { existing: readonly MeetingEvent[]; arrived: readonly MeetingEvent[] },
  rules: Rules,
  now: Ms,
): MeetingTally | null {
  if (tally.whole || tally.frame.endedAt !== null) return null;
  // Few, and rare: any change of a note-taker rebuilds the meeting.
  if (was.some(isNoteTaker) || is.some(isNoteTaker)) return null;
  if (tally.staleAt !== null && now >= tally.staleAt) return null;
  if (fellSilent(tally, arrived, rules, now)) return null;
  if (tally.overtakenAt !== null) return null;
  // What several observers saw is compared as a whole.
  if (isSeenByOthers(arrived)) return null;
  // Rare, too: a meeting with corrections is rebuilt.
  if (existing.some(isCorrection) || arrived.some(isCorrection)) return null;
  const first = tally.firstAt ?? -Infinity;
  if (!arrived.every((event) => isAboutParticipant(event) && event.at >= first)) return null;
  if (is.some(beganElsewhere) || someoneElseCameIn(is)) return null;
  if (hasSeveralNames(is)) return null;
  if (isIdShared(is) || [...was, ...is].some(isEndUnknown)) return null;
  if (was.some(waitDecidedElsewhere) || is.some(waitDecidedElsewhere)) return null;
  const partsByGap = rules.meetings === "by_gap";
  if (partsByGap && isAmbiguous([...existing, ...arrived], is)) return null;
  if (partsByGap && is.some(isKnockRepeated)) return null;

  const changes = difference(was, is);
  const recent = withChanges(recentIn(tally), changes);
  if (recent === null) return null;
  const changed = [...changes.map(([at]) => at), ...arrived.map(({ at }) => at)];
  const from = changed.reduce((least, at) => Math.min(least, at), Infinity);
  // What begins before the meeting may join it with the one before.
  if (from < first) return null;
  if (partsByGap && fallsApart(tally, recent, from, arrived, rules.emptyGapMs)) return null;

  const presentCount = tally.presentCount + countOf(is, isPresent) - countOf(was, isPresent);
  const waitingCount = tally.waitingCount + countOf(is, isWaiting) - countOf(was, isWaiting);
  // Where the first to come in turned out to have come later, only the other people's views show who
  // was first.
  const wasFirst = was.map(firstIn).reduce(earlierOf, null);
  const isFirst = is.map(firstIn).reduce(earlierOf, null);
  if (wasFirst !== null && (isFirst === null || isFirst > wasFirst)) return null;
  const firstJoinedAt = earlierOf(tally.firstJoinedAt, isFirst);
  // Where the last end turned out to be earlier, only the other people's views show the new last end.
  const wasOutAt = was.map(lastOut).reduce(laterOf, null);
  const outAt = is.map(lastOut).reduce(laterOf, null);
  if (wasOutAt !== null && (outAt === null || outAt < wasOutAt)) return null;
  const lastOutAt = laterOf(tally.lastOutAt, outAt);
  const peopleCount = tally.peopleCount + is.length - was.length;
  const occupants = presentCount + waitingCount + tally.noteTakers.inCount;
  const bounds = meetingExtentOf(
    {
      ...tally.frame,
      firstJoinedAt,
      lastOutAt,
      anybody: peopleCount > 0,
      presentCount,
      waitingCount,
    },
    rules,
    now,
  );
  return {
    ...tally,
    ...bounds,
    presentCount,
    waitingCount,
    peopleCount,
    peak: peakSince(peakIn(recent), firstJoinedAt),
    recent: bounds.status === "ended" ? null : shortened(recent),
    firstAt: arrived.reduce<Ms | null>(
      (first, event) => earlierOf(first, earliestOf(event)),
      tally.firstAt,
    ),
    firstJoinedAt,
    lastOutAt,
    tipAt: tipAfter(tally, arrived),
    staleAt: staleAfter(tally, is, arrived, rules, occupants > 0),
  };
}

function tipAfter({ tipAt }: MeetingTally, arrived: readonly MeetingEvent[]): Ms {
  return arrived.reduce((last, { at }) => Math.max(last, at), tipAt ?? -Infinity);
}

/** Whether the meeting was silent for too long: before the new events, between them, or since. */
function fellSilent(
  { tipAt }: MeetingTally,
  arrived: readonly MeetingEvent[],
  { silenceMs }: Rules,
  now: Ms,
): boolean {
  if (silenceMs === null) return false;
  const moments = [...arrived.map(({ at }) => at), ...(tipAt === null ? [] : [tipAt])];
  moments.sort((a, b) => a - b);
  return moments.some((at, index) => (moments[index + 1] ?? now) - at > silenceMs);
}

/** A leave was not reported, and something shows that they may have left: only the whole room decides that. */
function isEndUnknown({ visits }: PersonView): boolean {
  return visits.some(({ leftBy }) => leftBy !== undefined);
}

/** Without a stored recent headcount, only changes after the latest event are known. */
function recentIn({ recent, ...tally }: MeetingTally): RecentHeadcount {
  if (recent !== null) return recent;
  const last = laterOf(tally.tipAt, tally.lastOutAt);
  return {
    since: last === null ? null : last + 1,
    present: tally.presentCount,
    occupied: tally.presentCount + tally.waitingCount,
    peak: tally.peak,
    changes: [],
  };
}

/**
 * Whether the room was empty for longer than the gap from some moment on. Of the events in between only the
 * arrived ones and the latest are known, so this may wrongly answer yes, but never wrongly no.
 */
function fallsApart(
  { tipAt }: MeetingTally,
  { since, occupied, changes }: RecentHeadcount,
  from: Ms,
  arrived: readonly MeetingEvent[],
  gapMs: Ms,
): boolean {
  const moments = new Map(changes.map(([at, , by]) => [at, by]));
  for (const at of [...arrived.map((event) => event.at), ...(tipAt === null ? [] : [tipAt])]) {
    if (at >= (since ?? -Infinity) && !moments.has(at)) moments.set(at, 0);
  }
  let count = occupied;
  let emptySince = count > 0 || since === null ? null : since - 1;
  for (const [at, by] of [...moments].toSorted(([a], [b]) => a - b)) {
    if (emptySince !== null && at - emptySince > gapMs && at >= from) return true;
    count += by;
    emptySince = count > 0 ? null : at;
  }
  return false;
}

/** An end whose beginning is not in this meeting: it may lie in an earlier one of the room. */
function beganElsewhere({ visits, waits }: PersonView): boolean {
  return (
    visits.some(({ start }) => start === "inferred") ||
    waits.some(({ startedAt, endedAt }) => startedAt === endedAt)
  );
}

/**
 * A knock during a wait that had expired: the person waited all that time, but the room does not count as
 * in use.
 */
function isKnockRepeated({ participants, waits }: PersonView): boolean {
  const knocks = participants.flatMap((participant) => participant.knocks);
  return (
    waits.some(({ inferred }) => inferred) &&
    (knocks.length > waits.length || knocks.some(({ startedAt, heardAt }) => heardAt > startedAt))
  );
}

/**
 * A wait without a reported end beside a visit of another connection: where the room's meetings are parted
 * then depends on which namesake came in, so the whole room is needed; unless their only connection that
 * knocked came in itself.
 */
function waitDecidedElsewhere({ waits, visits, participants }: PersonView): boolean {
  const knocked = participants.filter(({ knocks }) => knocks.length > 0);
  return waits.some(({ outcome, participantId, startedAt, inferred }) => {
    if (!inferred && outcome !== "admitted" && outcome !== "waiting") return false;
    const since = visits.filter(({ joinedAt }) => joinedAt >= startedAt);
    const cameIn = since.some((visit) => visit.participantId === participantId);
    if (outcome === "admitted" && cameIn && knocked.length === 1) return false;
    return since.some((visit) => visit.participantId !== participantId);
  });
}

function staleAfter(
  tally: MeetingTally,
  is: readonly PersonView[],
  arrived: readonly MeetingEvent[],
  rules: Rules,
  isAnybodyThere: boolean,
): Ms | null {
  if (rules.meetings === "by_gap" && !isAnybodyThere) return null;
  let stale = tally.staleAt;
  for (const person of is) stale = earlierOf(stale, doubtAt(person, rules));
  if (rules.silenceMs === null || tally.staleAt !== null) return stale;
  return earlierOf(stale, tipAfter(tally, arrived) + rules.silenceMs);
}

const isNoteTaker = (person: PersonView) => person.isNoteTaker;
const firstIn = ({ firstJoinedAt }: PersonView) => firstJoinedAt;
const isPresent = ({ status }: PersonView) => status === "present";

function countOf(people: readonly PersonView[], test: (person: PersonView) => boolean): number {
  return people.reduce((sum, person) => sum + (test(person) ? 1 : 0), 0);
}
