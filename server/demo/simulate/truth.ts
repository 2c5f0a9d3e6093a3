import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import type { SimulatedProvider } from "#server/demo/simulate/plot/gathering.ts";
import {
  type Actor,
  type Gathering,
  type PlottedKnock,
  type PlottedStay,
  spanOf,
} from "./plot/gathering.ts";
import type { Script } from "./sending/script.ts";

/*
 * What really happened in a script, counted from the plot and not from its webhooks, to check a server against.
 * Names and shapes are those of `GET /api/v1/meetings/{id}`; what is missing here exists only in a server (ids,
 * seq). The lists are in the order of first appearance.
 */

export interface TruthPerson {
  name: string | null;
  /** Daily's token user id, Attendee's `participant_user_uuid`; else `null`. */
  user_id: string | null;
  status: "waiting" | "present" | "left" | "not_admitted" | "not_known";
  /** How many connections this person took, those in the waiting room included. */
  participants: number;
  /** With gaps of up to 30 s closed. Grows by 1 ms per ms after `as_of` while the person is present. */
  attended_ms: Ms;
  first_joined_at: WireTime | null;
  /** `null` for a person who is present, or was never in. */
  last_left_at: WireTime | null;
}

export interface TruthWait {
  name: string | null;
  started_at: WireTime;
  ended_at: WireTime | null;
  /** Grows by 1 ms per ms after `as_of` while the person waits. */
  duration_ms: Ms;
  outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
  inferred: boolean;
}

export interface TruthHost {
  name: string | null;
  from: WireTime;
  to: WireTime | null;
  /** Whether it is only known to be somewhere in this interval, or ended without a report. */
  inferred: boolean;
}

export interface TruthMeeting {
  provider: SimulatedProvider;
  room: string;
  title: string | null;
  status: "waiting" | "live" | "ended";
  started_at: WireTime | null;
  ended_at: WireTime | null;
  ended_by: "provider" | "inferred" | null;
  people: TruthPerson[];
  waits: TruthWait[];
  hosts: TruthHost[];
  present_count: number;
  waiting_count: number;
  /** Each person counted once, without grace. */
  peak: { count: number; at: WireTime } | null;
}

/** JSON-able. Durations of what is still open run to `as_of`, which is where the script ends. */
export interface SimulationTruth {
  as_of: WireTime;
  /** Earliest first. Meetings of one room are separated by the room's empty gap. */
  meetings: TruthMeeting[];
}

const GRACE: Ms = 30_000;

export function truthOf({ gatherings, end }: Script): SimulationTruth {
  return {
    as_of: toWireTime(end),
    meetings: gatherings
      .toSorted((a, b) => spanOf(a).from - spanOf(b).from)
      .map((gathering) => meetingOf(gathering, end)),
  };
}

/** The start of a meeting to which no person came: since its bot is in it. */
function watchedSince(gathering: Gathering): Ms | null {
  return gathering.provider === "attendee" ? gathering.bot.comesAt : null;
}

function meetingOf(gathering: Gathering, end: Ms): TruthMeeting {
  const { provider, room, title } = gathering;
  const actors = gathering.actors.toSorted((a, b) => firstSeen(a) - firstSeen(b));
  const people = actors.map((actor) => personOf(actor, end));
  const present = people.filter(({ status }) => status === "present").length;
  const waiting = people.filter(({ status }) => status === "waiting").length;
  const joins = actors.flatMap(({ stays }) => stays.map(({ from }) => from));
  return {
    provider,
    room,
    title,
    ...endOf(gathering, present, waiting),
    started_at: toWireTime(joins.length > 0 ? Math.min(...joins) : watchedSince(gathering)),
    people,
    waits: actors
      .flatMap((actor) => waitsOf(actor, end))
      .toSorted((a, b) => compare(a.started_at, b.started_at)),
    hosts: actors.flatMap(hostsOf).toSorted((a, b) => compare(a.from, b.from)),
    present_count: present,
    waiting_count: waiting,
    peak: peakOf(actors),
  };
}

/** A meeting goes on while its bot is there; a room of Daily while a person is in. */
function endOf(
  gathering: Gathering,
  present: number,
  waiting: number,
): Pick<TruthMeeting, "status" | "ended_at" | "ended_by"> {
  const goesOn = { ended_at: null, ended_by: null };
  if (gathering.provider === "attendee") {
    const { goesAt } = gathering.bot;
    if (goesAt === null) return { status: "live", ...goesOn };
    return { status: "ended", ended_at: toWireTime(goesAt), ended_by: "provider" };
  }
  if (present > 0) return { status: "live", ...goesOn };
  if (waiting > 0) return { status: "waiting", ...goesOn };
  const last = gathering.sessions.at(-1)?.to;
  if (last != null) return { status: "ended", ended_at: toWireTime(last), ended_by: "provider" };
  const knockTimes = gathering.actors.flatMap(({ knocks }) =>
    knocks.map((knock) => lastKnown(knock) ?? 0),
  );
  return { status: "ended", ended_at: toWireTime(Math.max(...knockTimes)), ended_by: "inferred" };
}

function personOf(actor: Actor, end: Ms): TruthPerson {
  const { name, userId, stays, knocks } = actor;
  const first = stays[0];
  const isIn = stays.some(({ to }) => to === null);
  const isWaiting = knocks.some(({ to }) => to === null);
  const left = Math.max(...stays.map(({ to }) => to ?? end));
  return {
    name,
    user_id: userId,
    status: isIn ? "present" : isWaiting ? "waiting" : first ? "left" : "not_admitted",
    participants: new Set([...stays, ...knocks].map(({ connection }) => connection)).size,
    attended_ms: attendedMs(stays, end),
    first_joined_at: first ? toWireTime(first.from) : null,
    last_left_at: first && !isIn ? toWireTime(left) : null,
  };
}

/** Goes through the stays, adding what each adds to the time that is counted already. */
function attendedMs(stays: readonly PlottedStay[], end: Ms): Ms {
  let total = 0;
  let counted: Ms | null = null;
  for (const { from, to } of stays) {
    const until = to ?? end;
    const since: Ms = counted !== null && from - counted <= GRACE ? counted : from;
    total += Math.max(0, until - since);
    counted = Math.max(counted ?? until, until);
  }
  return total;
}

function waitsOf({ name, knocks }: Actor, end: Ms): TruthWait[] {
  return knocks.map((knock) => {
    const { from, outcome } = knock;
    const to = lastKnown(knock);
    return {
      name,
      started_at: toWireTime(from),
      ended_at: toWireTime(to),
      duration_ms: (to ?? end) - from,
      outcome,
      inferred: outcome === "unknown",
    };
  });
}

/** The last known moment of a wait: of a person never heard of again, the knock. */
function lastKnown({ from, to, outcome }: PlottedKnock): Ms | null {
  return outcome === "unknown" ? from : to;
}

/**
 * A host who reconnects is host all along, and the end is as certain as the last one. A stay in which the role
 * changed extends only uncertain tenures.
 */
function hostsOf({ name, stays }: Actor): TruthHost[] {
  const tenures: { from: Ms; to: Ms | null; inferred: boolean; isUncertain: boolean }[] = [];
  for (const { from, to, told: isReported, hostAtFirst, hostAtLast } of stays) {
    if (!hostAtFirst && !hostAtLast) continue;
    const isUncertain = hostAtFirst !== hostAtLast;
    const inferred = isUncertain || (to !== null && !isReported);
    const last = tenures.findLast((tenure) => tenure.isUncertain === isUncertain);
    if (last?.to != null && from - last.to <= GRACE) {
      if (to === null || to >= last.to) last.inferred = inferred;
      last.to = to === null ? null : Math.max(last.to, to);
    } else tenures.push({ from, to, inferred, isUncertain });
  }
  return tenures.map(({ from, to, inferred }) => ({
    name,
    from: toWireTime(from),
    to: toWireTime(to),
    inferred,
  }));
}

/** The most people at once. A join at the moment of another's leave does not overlap it. */
function peakOf(actors: readonly Actor[]): TruthMeeting["peak"] {
  let peak: { count: number; at: Ms } | null = null;
  const arrivals = actors.flatMap(({ stays }) => stays.map(({ from }) => from));
  for (const at of arrivals.toSorted((a, b) => a - b)) {
    const count = actors.filter(({ stays }) => stays.some((stay) => covers(stay, at))).length;
    if (count > (peak?.count ?? 0)) peak = { count, at };
  }
  return peak && { count: peak.count, at: toWireTime(peak.at) };
}

function covers({ from, to }: PlottedStay, at: Ms): boolean {
  return from <= at && (to === null || at < to);
}

function firstSeen({ stays, knocks }: Actor): Ms {
  return Math.min(...[...stays, ...knocks].map(({ from }) => from));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
