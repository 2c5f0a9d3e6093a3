import { type Closing, closedAt, closingWaits } from "#domain/participant/closing.ts";
import type { Knock, Participant } from "#domain/participant/participant.ts";
import { correctedEnd, type PutAway } from "#domain/participant/put-away.ts";
import { type ReturnedWaits, waitKey } from "#domain/participant/room-context.ts";
import {
  ADMISSION_MS,
  RELOAD_MS,
  SHORT_WAIT_MS,
  WAIT_EXPIRES_MS,
} from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * How a wait ended. `left` covers a host's refusal too: providers do not distinguish them. `short`: left
 * within 10 s. `came_back`: left, but came in later in the same meeting, or to a later one of the room that
 * day. `unknown`: the meeting ended or 4 h passed without a report.
 */
export const OUTCOMES = ["waiting", "admitted", "left", "short", "came_back", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * One stay in the waiting room, also where its page was loaded again, or the person knocked anew because
 * the first knock was lost. Waiting never counts as attended.
 */
export interface Wait {
  /** The connection that knocked first. */
  participantId: string;
  startedAt: Ms;
  /** Where it was not reported: the last moment they were known to wait. `null` while they do. */
  endedAt: Ms | null;
  /** Where the end was not reported: the latest it can have been. */
  overBy?: Ms;
  outcome: Outcome;
  /** Its end, or the end of a part of it, was not reported. */
  inferred: boolean;
  /** The correction by which it ended. */
  ruling?: string;
}

/** Whether an operator entered the exact end of a wait: it was not reported, and is known all the same. */
export function isEndEntered({ ruling, overBy }: Pick<Wait, "ruling" | "overBy">): boolean {
  return ruling !== undefined && overBy === undefined;
}

/** A day on which the clock is set back. */
export const LONGEST_DAY_MS: Ms = 25 * 3_600_000;

/** Whether a wait was given up, so that its person may come in to a later meeting of the room that day. */
export function isGivenUp({ outcome }: Pick<Wait, "outcome">): boolean {
  return outcome === "left" || outcome === "short";
}

/** The waits of one person, each with its outcome, in time order. */
export function projectWaits(
  participants: readonly Participant[],
  visits: readonly Visit[],
  { closings, returned }: { closings: readonly Closing[]; returned: ReturnedWaits },
  now: Ms,
): Wait[] {
  const knocks = participants.flatMap((participant) => participant.knocks).toSorted(byStart);
  const ending = closingWaits(closings);
  const admissions = admissionsOf(knocks, visits);
  const joins = visits.map(({ joinedAt }) => joinedAt).toSorted((a, b) => a - b);
  return intervals(knocks, admissions, joins).map(({ first, last, isReported }) => {
    const admittedAt = admissions.get(last);
    const wait =
      admittedAt !== undefined
        ? admitted(last, admittedAt)
        : last.stoppedAt !== null
          ? gaveUp(first, last.stoppedAt, joins, returned)
          : last.putAway !== undefined
            ? putAway(first, { ...last, putAway: last.putAway }, joins, ending, returned)
            : unheard(first, last, joins, ending, now);
    const { participantId, startedAt } = first;
    return { ...wait, participantId, startedAt, inferred: wait.inferred || !isReported };
  });
}

/** Knocks of one person that are one wait, from the first to the last. */
interface KnockSeries {
  first: Knock;
  last: Knock;
  /** The end of every knock but the last was reported. */
  isReported: boolean;
}

/**
 * A person who knocks again before being let in goes on waiting: where the end of the first knock was not
 * reported, or was only just reported, because they loaded the page again.
 */
function intervals(
  knocks: readonly Knock[],
  admissions: ReadonlyMap<Knock, Ms>,
  joins: readonly Ms[],
): KnockSeries[] {
  const series: KnockSeries[] = [];
  let going: KnockSeries | null = null;
  for (const knock of knocks) {
    if (going !== null && goesOn(going.last, knock, admissions, joins)) {
      going.isReported &&= going.last.stoppedAt !== null;
      going.last = knock;
    } else {
      going = { first: knock, last: knock, isReported: true };
      series.push(going);
    }
  }
  return series;
}

function goesOn(
  last: Knock,
  next: Knock,
  admissions: ReadonlyMap<Knock, Ms>,
  joins: readonly Ms[],
): boolean {
  if (admissions.has(last)) return false;
  const { startedAt } = last;
  const overAt = last.stoppedAt ?? last.putAway?.since ?? null;
  const until = overAt === null ? startedAt + WAIT_EXPIRES_MS : overAt + RELOAD_MS;
  const cameIn = joins.some((join) => join >= startedAt && join <= next.startedAt);
  return next.startedAt <= until && !cameIn;
}

function byStart(a: Knock, b: Knock): number {
  return a.startedAt - b.startedAt || (a.participantId < b.participantId ? -1 : 1);
}

/**
 * Which join ended which wait: one join admits one wait. A connection is admitted as itself where it can
 * be; any other join takes the newest wait that still was or had just been, so that a person who gave up
 * and knocked again is admitted once.
 */
function admissionsOf(knocks: readonly Knock[], visits: readonly Visit[]): Map<Knock, Ms> {
  const admissions = new Map<Knock, Ms>();
  const left: Ms[] = [];
  for (const { participantId, joinedAt } of visits.toSorted((a, b) => a.joinedAt - b.joinedAt)) {
    const own = knocks.findLast(
      (knock) =>
        knock.participantId === participantId && !admissions.has(knock) && admits(knock, joinedAt),
    );
    if (own) admissions.set(own, joinedAt);
    else left.push(joinedAt);
  }
  for (const join of left) {
    const newest = knocks.findLast((knock) => !admissions.has(knock) && admits(knock, join));
    if (newest) admissions.set(newest, join);
  }
  return admissions;
}

/**
 * From the knock until shortly after the wait ended, or until it expires; with `closings`, also no longer
 * than until shortly after the first of them.
 */
function admits(
  { startedAt, stoppedAt, putAway }: Knock,
  join: Ms,
  closings: readonly Closing[] = [],
): boolean {
  const until = (stoppedAt ?? putAway?.since ?? silentEnd(startedAt, closings)) + ADMISSION_MS;
  return join >= startedAt && join <= until;
}

function admitted({ participantId, startedAt, stoppedAt }: Knock, at: Ms): Wait {
  const endedAt = Math.min(stoppedAt ?? at, at);
  return { participantId, startedAt, endedAt, outcome: "admitted", inferred: false };
}

function gaveUp(
  { participantId, startedAt }: Knock,
  endedAt: Ms,
  joins: readonly Ms[],
  returned: ReturnedWaits,
): Wait {
  const cameBack =
    joins.some((join) => join >= startedAt) || returned.has(waitKey(participantId, startedAt));
  const isShort = endedAt - startedAt <= SHORT_WAIT_MS;
  const outcome = cameBack ? "came_back" : isShort ? "short" : "left";
  return { participantId, startedAt, endedAt, outcome, inferred: false };
}

/**
 * A wait that an operator put away, and no join ended. Where the operator knows when, it was left before
 * admission then; else it lasted until the last knock, and the rest of its length is unknown.
 */
function putAway(
  first: Knock,
  { startedAt, heardAt, putAway: correction }: Knock & { putAway: PutAway },
  joins: readonly Ms[],
  closings: readonly Closing[],
  returned: ReturnedWaits,
): Wait {
  const { ruling } = correction;
  const { endedAt, overBy } = correctedEnd(correction, heardAt, silentEnd(startedAt, closings));
  if (overBy === undefined) {
    return { ...gaveUp(first, endedAt, joins, returned), inferred: true, ruling };
  }
  const cameIn = joins.some((join) => join >= startedAt && join <= silentEnd(startedAt, []));
  const outcome = cameIn ? "came_back" : "unknown";
  const { participantId } = first;
  return {
    participantId,
    startedAt: first.startedAt,
    endedAt,
    overBy,
    outcome,
    inferred: true,
    ruling,
  };
}

/**
 * A wait without a reported end that no join ended. It lasted until the last knock, and may have lasted
 * until its person came in all the same by another wait, a closing showed that it was over, or it expired.
 */
function unheard(
  { participantId, startedAt }: Knock,
  { startedAt: knockedAt, heardAt }: Knock,
  joins: readonly Ms[],
  closings: readonly Closing[],
  now: Ms,
): Wait {
  const over = silentEnd(knockedAt, closings);
  const cameIn = joins.find((join) => join >= knockedAt && join <= silentEnd(knockedAt, []));
  if (cameIn === undefined && over > now && closedAt(knockedAt, closings) === null) {
    return { participantId, startedAt, endedAt: null, outcome: "waiting", inferred: false };
  }
  const overBy = Math.min(cameIn ?? over, over);
  const endedAt = Math.min(heardAt, overBy);
  const outcome = cameIn === undefined ? "unknown" : "came_back";
  return { participantId, startedAt, endedAt, overBy, outcome, inferred: true };
}

/**
 * The first of the sorted `joins` that may have ended the wait. That the provider ended a meeting meanwhile
 * (the `closings`) proves that the wait was over where another connection comes in to an empty room; the
 * waiting connection itself may be let in to the next.
 */
export function admissionOf(
  knock: Knock,
  joins: readonly Ms[],
  closings: readonly Closing[] = [],
): Ms | null {
  return joins.find((join) => admits(knock, join, closings)) ?? null;
}

/** When a wait without a reported end is over: the meeting closed, or it expired. */
export function silentEnd(startedAt: Ms, closings: readonly Closing[]): Ms {
  const expires = startedAt + WAIT_EXPIRES_MS;
  return Math.min(closedAt(startedAt, closings) ?? expires, expires);
}
