import { earliest as earliestOf, isAboutParticipant, type MeetingEvent, type Ms } from "./event.ts";
import { boundsOf, doubtsAt, peakSince } from "./meeting.ts";
import type { Step } from "./occupancy.ts";
import type { Rules } from "./rules.ts";
import { isWaiting, type PersonStory } from "./story.ts";
import {
  earliest,
  isAmbiguous,
  isIdShared,
  lastOut,
  latest,
  someoneElseCameIn,
  type Tally,
} from "./tally.ts";

/**
 * Moves a meeting's tally from what the touched people's stories were to what they are, when all that
 * changed lies at or after the tip of the meeting, so that everybody else's history stands. `known` are
 * all events of the touched people so far.
 *
 * `null` where that is not so, and the whole meeting has to be told again. Both ways give the same:
 * this one reads a handful of events, the other all of them.
 */
export function advance(
  tally: Tally,
  was: readonly PersonStory[],
  is: readonly PersonStory[],
  { known, arrived }: { known: readonly MeetingEvent[]; arrived: readonly MeetingEvent[] },
  rules: Rules,
  now: Ms,
): Tally | null {
  if (tally.whole || tally.frame.endedAt !== null) return null;
  // Few, and seldom heard of: whatever a note-taker does is told whole.
  if (was.some(isNoteTaker) || is.some(isNoteTaker)) return null;
  if (tally.staleAt !== null && now >= tally.staleAt) return null;
  if (fellSilent(tally, arrived, rules, now)) return null;
  if (tally.overtakenAt !== null) return null;
  const first = tally.firstAt ?? -Infinity;
  if (!arrived.every((event) => isAboutParticipant(event) && event.at >= first)) return null;
  if (is.some(beganElsewhere) || someoneElseCameIn(is)) return null;
  if (isIdShared(is) || [...was, ...is].some(isEndUnknown)) return null;
  if (was.some(waitDecidedElsewhere) || is.some(waitDecidedElsewhere)) return null;
  const partsByGap = rules.meetings === "by_gap";
  if (partsByGap && isAmbiguous([...known, ...arrived], is)) return null;

  const tip = tally.tipAt ?? -Infinity;
  const here = difference(was, is, presenceChanges);
  const occupied = difference(was, is, occupancyChanges);
  for (const changes of [here, occupied]) {
    for (const [at, by] of changes) if (at < tip || (at === tip && by < 0)) return null;
  }
  if (partsByGap && fallsApart(tally, occupied, arrived, rules.emptyGapMs)) return null;

  const presentCount = tally.presentCount + countOf(is, isPresent) - countOf(was, isPresent);
  const waitingCount = tally.waitingCount + countOf(is, isWaiting) - countOf(was, isWaiting);
  const firstJoinedAt = is.reduce<Ms | null>(
    (first, person) => earliest(first, person.firstJoinedAt),
    tally.firstJoinedAt,
  );
  // Where an end turned out to be earlier, only the others know which is the last now.
  const wasOutAt = was.map(lastOut).reduce(latest, null);
  const outAt = is.map(lastOut).reduce(latest, null);
  if (wasOutAt !== null && (outAt === null || outAt < wasOutAt)) return null;
  const lastOutAt = latest(tally.lastOutAt, outAt);
  const peopleCount = tally.peopleCount + is.length - was.length;
  const somebody = presentCount + waitingCount + tally.noteTakers.inCount;
  return {
    ...tally,
    ...boundsOf(
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
    ),
    presentCount,
    waitingCount,
    peopleCount,
    peak: peakSince(peakAfter(tally, here), firstJoinedAt),
    firstAt: arrived.reduce<Ms | null>(
      (first, event) => earliest(first, earliestOf(event)),
      tally.firstAt,
    ),
    firstJoinedAt,
    lastOutAt,
    tipAt: tipAfter(tally, arrived),
    staleAt: staleAfter(tally, is, arrived, rules, somebody > 0),
  };
}

function tipAfter({ tipAt }: Tally, arrived: readonly MeetingEvent[]): Ms {
  return arrived.reduce((last, { at }) => Math.max(last, at), tipAt ?? -Infinity);
}

/** Whether nothing was heard for too long: before the news, between them, or since. */
function fellSilent(
  { tipAt }: Tally,
  arrived: readonly MeetingEvent[],
  { silenceMs }: Rules,
  now: Ms,
): boolean {
  if (silenceMs === null) return false;
  const moments = [...arrived.map(({ at }) => at), ...(tipAt === null ? [] : [tipAt])];
  moments.sort((a, b) => a - b);
  return moments.some((at, index) => (moments[index + 1] ?? now) - at > silenceMs);
}

/** Nobody reported that somebody left, and something shows that they may have: the whole room tells what. */
function isEndUnknown({ visits }: PersonStory): boolean {
  return visits.some(({ leftBy }) => leftBy !== undefined);
}

/** Changes of a count by moment, in time order; moments at which nothing changed are left out. */
type Changes = readonly (readonly [at: Ms, by: number])[];

function difference(
  was: readonly PersonStory[],
  is: readonly PersonStory[],
  changesOf: (person: PersonStory, add: (at: Ms, by: number) => void) => void,
): Changes {
  const changes = new Map<Ms, number>();
  const adding = (sign: 1 | -1) => (at: Ms, by: number) =>
    changes.set(at, (changes.get(at) ?? 0) + sign * by);
  for (const person of was) changesOf(person, adding(-1));
  for (const person of is) changesOf(person, adding(1));
  return [...changes].filter(([, by]) => by !== 0).toSorted(([a], [b]) => a - b);
}

function presenceChanges(person: PersonStory, add: (at: Ms, by: number) => void): void {
  for (const { from, to } of person.presence) {
    add(from, 1);
    if (to !== null) add(to, -1);
  }
}

function occupancyChanges(person: PersonStory, add: (at: Ms, by: number) => void): void {
  presenceChanges(person, add);
  for (const { startedAt, endedAt } of person.waits) {
    add(startedAt, 1);
    if (endedAt !== null) add(endedAt, -1);
  }
}

/** Whether the room was empty for longer than the gap somewhere from the tip on. */
function fallsApart(
  tally: Tally,
  occupied: Changes,
  arrived: readonly MeetingEvent[],
  gapMs: Ms,
): boolean {
  const moments = new Map<Ms, number>(occupied);
  for (const { at } of arrived) if (!moments.has(at)) moments.set(at, 0);
  let count = tally.presentCount + tally.waitingCount;
  let emptySince = count > 0 ? null : latest(tally.tipAt, tally.lastOutAt);
  for (const [at, by] of [...moments].toSorted(([a], [b]) => a - b)) {
    if (emptySince !== null && at - emptySince > gapMs) return true;
    count += by;
    emptySince = count > 0 ? null : at;
  }
  return false;
}

/** An end whose beginning was not heard in this meeting: it may lie in an earlier one of the room. */
function beganElsewhere({ visits, waits }: PersonStory): boolean {
  return (
    visits.some(({ start }) => start === "inferred") ||
    waits.some(({ startedAt, endedAt }) => startedAt === endedAt)
  );
}

/**
 * A wait without a reported end next to a visit of another connection: how the room's meetings are parted
 * then depends on who of that name came in, which only the whole room tells.
 */
function waitDecidedElsewhere({ waits, visits }: PersonStory): boolean {
  return waits.some(
    ({ outcome, participantId, startedAt, inferred }) =>
      (inferred || outcome === "admitted" || outcome === "waiting") &&
      visits.some((visit) => visit.participantId !== participantId && visit.joinedAt >= startedAt),
  );
}

function peakAfter(tally: Tally, here: Changes): Step | null {
  let peak = tally.peak;
  let count = tally.presentCount;
  for (const [at, by] of here) {
    count += by;
    if (count > (peak?.count ?? 0)) peak = { at, count };
  }
  return peak;
}

function staleAfter(
  tally: Tally,
  is: readonly PersonStory[],
  arrived: readonly MeetingEvent[],
  rules: Rules,
  isAnybodyThere: boolean,
): Ms | null {
  if (rules.meetings === "by_gap" && !isAnybodyThere) return null;
  let stale = tally.staleAt;
  for (const person of is) {
    for (const at of doubtsAt(person, rules)) stale = earliest(stale, at);
  }
  if (rules.silenceMs === null || tally.staleAt !== null) return stale;
  return earliest(stale, tipAfter(tally, arrived) + rules.silenceMs);
}

const isNoteTaker = (person: PersonStory) => person.isNoteTaker;
const isPresent = ({ status }: PersonStory) => status === "present";

function countOf(people: readonly PersonStory[], test: (person: PersonStory) => boolean): number {
  return people.reduce((sum, person) => sum + (test(person) ? 1 : 0), 0);
}
