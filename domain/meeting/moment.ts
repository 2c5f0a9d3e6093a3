import { SHORT_WAIT_MS } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { earlierOf } from "#domain/time/either.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { withoutGaps } from "./host.ts";
import { type MeetingView, peakSince } from "./meeting.ts";
import { peakOf } from "./occupancy.ts";
import type { PersonStatus } from "./person-status.ts";
import { isWaiting, type PersonView } from "./person-view.ts";
import { uncertainPresenceOf } from "./unheard.ts";
import { isEndEntered, type Wait } from "./wait.ts";

/*
 * A meeting as it stood at one moment, seen with everything that was reported since. Half open like all
 * intervals: a person who joins at a moment is in, one who leaves at it is out.
 */

/** A person's status at a moment; `not_yet` before their first appearance, and on the way in. */
export type StatusThen = PersonStatus | "not_yet";

/**
 * Who was where at a moment, in the order of the view. A waiting person is listed as waiting, wherever else
 * they are.
 */
export interface PresenceAt {
  present: PersonView[];
  waiting: PersonView[];
  /**
   * The people in who counted as host, also where the provider only reported that the role changed about
   * then.
   */
  hosts: PersonView[];
}

/** `graceMs`: a host who hosts again within it never stopped. */
export function presenceAt(
  { people }: Pick<MeetingView, "people">,
  at: Ms,
  graceMs: Ms,
): PresenceAt {
  return {
    present: people.filter((person) => statusAt(person, at) === "present"),
    waiting: people.filter(({ waits }) => waits.some((wait) => covers(intervalOf(wait), at))),
    hosts: people.filter(({ tenures }) =>
      withoutGaps(tenures, graceMs).some((tenure) => covers(tenure, at)),
    ),
  };
}

/** Where one person, or one connection, was at a moment. */
export function statusAt(
  { presence, waits, visits, status }: Pick<PersonView, "presence" | "waits" | "visits" | "status">,
  at: Ms,
): StatusThen {
  if (presence.some((stay) => covers(stay, at))) return "present";
  if (waits.some((wait) => covers(intervalOf(wait), at))) return "waiting";
  if (uncertainPresenceOf({ visits, status }).some((interval) => covers(interval, at)))
    return "not_known";
  if (presence.some(({ from }) => from <= at)) return "left";
  const gaveUp = waits.some(({ startedAt, outcome }) => startedAt <= at && outcome !== "admitted");
  return gaveUp || (presence.length === 0 && waits.length === 0) ? "not_admitted" : "not_yet";
}

/** The fields of a meeting that its numbers are made of. */
export type MeetingSoFar = Pick<
  MeetingView,
  "startedAt" | "endedAt" | "people" | "presentCount" | "waitingCount" | "steps" | "peak"
>;

/** The meeting up to a moment: what was going on then is open, and nothing later is included. */
export function meetingAsOf(view: MeetingSoFar, at: Ms): MeetingSoFar {
  const people = view.people
    .filter((person) => statusAt(person, at) !== "not_yet" || knockedBy(person, at))
    .map((person) => personAsOf(person, at));
  const steps = view.steps.filter((step) => step.at <= at);
  return {
    startedAt: view.startedAt !== null && view.startedAt <= at ? view.startedAt : null,
    endedAt: view.endedAt !== null && view.endedAt <= at ? view.endedAt : null,
    people,
    presentCount: people.filter(({ status }) => status === "present").length,
    waitingCount: people.filter(isWaiting).length,
    steps,
    peak: peakSince(
      peakOf(steps),
      people.reduce<Ms | null>((first, person) => earlierOf(first, person.firstJoinedAt), null),
    ),
  };
}

/**
 * The full seconds at which something about a person changed: each the first at which it shows, in time
 * order.
 */
export function changesOf({ people }: Pick<MeetingView, "people">): Ms[] {
  const moments = new Set<Ms>();
  const change = (at: Ms | null) => at !== null && moments.add(Math.ceil(at / 1000) * 1000);
  for (const { visits, waits, tenures } of people) {
    for (const { joinedAt, leftAt } of visits) [joinedAt, leftAt].forEach(change);
    for (const { startedAt, endedAt } of waits) [startedAt, endedAt].forEach(change);
    for (const { from, to } of tenures) [from, to].forEach(change);
  }
  return [...moments].toSorted((a, b) => a - b);
}

/** One person, or one connection, up to a moment. */
export function personAsOf(person: PersonView, at: Ms): PersonView {
  const status = statusAt(person, at);
  const presence = upTo(person.presence, at);
  const tenures = upTo(person.tenures, at);
  return {
    ...person,
    status: status === "not_yet" ? "not_admitted" : status,
    isHost: tenures.some(({ to }) => to === null),
    visits: person.visits
      .filter(({ joinedAt }) => joinedAt <= at)
      .map((visit) => (visit.leftAt !== null && visit.leftAt <= at ? visit : openAgain(visit))),
    presence,
    attended: upTo(person.attended, at),
    waits: waitsAsOf(person, at),
    tenures,
    firstJoinedAt: presence[0]?.from ?? null,
    lastLeftAt: status === "present" ? null : (presence.at(-1)?.to ?? null),
  };
}

function openAgain({ participantId, joinedAt, start }: Visit): Visit {
  return { participantId, joinedAt, leftAt: null, start, end: null };
}

/** A person who gave up and had not come back by then had left; their return was still unknown. */
function waitsAsOf({ waits, visits }: Pick<PersonView, "waits" | "visits">, at: Ms): Wait[] {
  return waits
    .filter(({ startedAt }) => startedAt <= at)
    .map((wait): Wait => {
      const { startedAt, endedAt, outcome, inferred } = wait;
      if (endedAt === null || endedAt > at) {
        const { participantId } = wait;
        return { participantId, startedAt, endedAt: null, outcome: "waiting", inferred: false };
      }
      const isBack = visits.some(({ joinedAt }) => joinedAt >= startedAt && joinedAt <= at);
      if (outcome !== "came_back" || isBack) return wait;
      if (inferred && !isEndEntered(wait)) return { ...wait, outcome: "unknown" };
      return { ...wait, outcome: endedAt - startedAt <= SHORT_WAIT_MS ? "short" : "left" };
    });
}

function knockedBy({ waits }: Pick<PersonView, "waits">, at: Ms): boolean {
  return waits.some(({ startedAt }) => startedAt <= at);
}

/** The intervals that had begun by then; those that had not ended are open. */
function upTo<T extends Interval>(intervals: readonly T[], at: Ms): T[] {
  return intervals
    .filter(({ from }) => from <= at)
    .map((interval) => (covers(interval, at) ? { ...interval, to: null } : interval));
}

function covers({ from, to }: Interval, at: Ms): boolean {
  return from <= at && (to === null || at < to);
}

function intervalOf({ startedAt, endedAt }: Wait): Interval {
  return { from: startedAt, to: endedAt };
}
