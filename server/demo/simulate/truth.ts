import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import {
  type Gathering,
  type PlottedKnock,
  type PlottedStay,
  type SeenActor,
  spanOf,
} from "#server/demo/world/plot.ts";
import type { Script } from "./writing/script.ts";

/*
 * What really happened in a script, counted from the plot and not from its webhooks, to check a server against.
 * Names and shapes are those of `GET /api/v1/meetings/{id}`; what is missing here exists only in a server (ids,
 * seq). The lists are in the order of first appearance.
 */

export interface TruthPerson {
  name: string | null;
  /** As the provider names the person, where it does. */
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
  provider: string;
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

function meetingOf(gathering: Gathering, end: Ms): TruthMeeting {
  const { provider, room, title, observer } = gathering;
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
    // One to which no person came begins when it is observed.
    started_at: toWireTime(joins.length > 0 ? Math.min(...joins) : (observer?.comesAt ?? null)),
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

/** A meeting goes on while its observer is there; without one while a person is in. */
function endOf(
  { observer, sessions, actors }: Gathering,
  present: number,
  waiting: number,
): Pick<TruthMeeting, "status" | "ended_at" | "ended_by"> {
  const goesOn = { ended_at: null, ended_by: null };
  const over = (by: "provider" | "inferred", at: Ms) => {
    return { status: "ended", ended_at: toWireTime(at), ended_by: by } as const;
  };
  if (observer !== null) {
    const { goesAt } = observer;
    return goesAt === null ? { status: "live", ...goesOn } : over("provider", goesAt);
  }
  if (present > 0) return { status: "live", ...goesOn };
  if (waiting > 0) return { status: "waiting", ...goesOn };
  const last = sessions.at(-1)?.to;
  if (last != null) return over("provider", last);
  const heard = actors.flatMap(({ stays, knocks }) => [
    ...stays.map(({ from, to }) => to ?? from),
    ...knocks.map((knock) => lastKnown(knock) ?? knock.from),
  ]);
  return over("inferred", Math.max(...heard));
}

function personOf(actor: SeenActor, end: Ms): TruthPerson {
  const { name, userId, stays, knocks, connections } = actor;
  const first = stays[0];
  const isIn = stays.some(({ to }) => to === null);
  const isWaiting = knocks.some(({ to }) => to === null);
  const left = Math.max(...stays.map(({ to }) => to ?? end));
  return {
    name,
    user_id: userId,
    status: isIn ? "present" : isWaiting ? "waiting" : first ? "left" : "not_admitted",
    participants: new Set([...stays, ...knocks].map(({ line }) => connections[line])).size,
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

function waitsOf({ name, knocks }: SeenActor, end: Ms): TruthWait[] {
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
 * changed at an unknown moment extends only uncertain tenures.
 */
function hostsOf({ name, stays }: SeenActor): TruthHost[] {
  const tenures: { from: Ms; to: Ms | null; inferred: boolean; isUncertain: boolean }[] = [];
  for (const stay of stays) {
    const { told, hostAtFirst, hostAtLast, changesAt } = stay;
    if (!hostAtFirst && !hostAtLast) continue;
    const from = hostAtFirst ? stay.from : (changesAt ?? stay.from);
    const to = hostAtLast ? stay.to : (changesAt ?? stay.to);
    const isUncertain = hostAtFirst !== hostAtLast && changesAt === null;
    const inferred = isUncertain || (to !== null && to === stay.to && !told);
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
function peakOf(actors: readonly SeenActor[]): TruthMeeting["peak"] {
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

function firstSeen({ stays, knocks }: SeenActor): Ms {
  return Math.min(...[...stays, ...knocks].map(({ from }) => from));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
