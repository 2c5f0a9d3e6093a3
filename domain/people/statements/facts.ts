import { type Tenure, withoutGaps } from "#domain/meeting/host.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";

/*
 * The facts of an attendance statement, in no zone and no language, so that the same facts always have the
 * same hash. JSON, with times as RFC 3339 UTC and durations as whole `_ms`. Types, not interfaces: those
 * could be extended with values that are no JSON.
 */

export type StatedVisit = {
  joined_at: WireTime;
  left_at: WireTime | null;
  /**
   * `inferred`: only the leave was reported. `first_seen`: there when the observer came in, perhaps for
   * longer.
   */
  start: Visit["start"];
  /** `inferred`: the leave was not reported. `operator`: it was not, and an operator entered it. */
  end: Visit["end"];
};

export type StatedWait = {
  started_at: WireTime;
  ended_at: WireTime | null;
  outcome: Wait["outcome"];
  inferred: boolean;
};

/** What one person did in one meeting that has ended. */
export type StatedMeeting = {
  meeting_id: string;
  provider: string;
  source: string;
  /** Part of a demonstration. Absent in all others, so that their hashes stay the same. */
  demo?: true;
  room: string;
  title: string | null;
  started_at: WireTime | null;
  ended_at: WireTime | null;
  ended_by: "provider" | "inferred" | null;
  /** The actual length: from the first join to the end. */
  length_ms: Ms | null;
  first_joined_at: WireTime | null;
  last_left_at: WireTime | null;
  /** The union of the visits, gaps of at most `grace_ms` included. */
  attended_ms: Ms;
  grace_ms: Ms;
  hosted_ms: Ms;
  visits: StatedVisit[];
  waits: StatedWait[];
  /** The connections these facts come from, as the provider names them. */
  participant_ids: string[];
};

export type StatementFacts = {
  version: 1;
  /** `id`: the person over all meetings; `null` where the statement is of one meeting alone. */
  person: {
    id: string | null;
    name: string | null;
    user_id: string | null;
    /** Known from demonstrations alone: an invented person. */
    demo?: true;
  };
  /** The days of the statement, both included; `null` for one meeting. */
  period: { first_day: string; last_day: string; time_zone: string } | null;
  /** In order of time. */
  meetings: StatedMeeting[];
  /** Σ `attended_ms` of the meetings. */
  attended_ms: Ms;
};

/** The meeting as stored in the read model. */
export interface StatedMeetingFacts {
  id: string;
  provider: string;
  source: string;
  isDemo: boolean;
  room: string;
  title: string | null;
  startedAt: Ms | null;
  endedAt: Ms | null;
  endedBy: "provider" | "inferred" | null;
  graceMs: Ms;
}

/** A person's attendance as stored in the read model. */
export interface StatedAttendanceFacts {
  name: string | null;
  userId: string | null;
  participantIds: readonly string[];
  firstJoinedAt: Ms | null;
  lastLeftAt: Ms | null;
  attendedMs: Ms;
  visits: readonly Visit[];
  waits: readonly Wait[];
  tenures: readonly Tenure[];
}

/** For a meeting that has ended: nothing in it depends on the current time. */
export function stateMeeting(
  meeting: StatedMeetingFacts,
  person: StatedAttendanceFacts,
): StatedMeeting {
  const { startedAt, endedAt, graceMs } = meeting;
  const hosted = union(withoutGaps(person.tenures, graceMs));
  return {
    meeting_id: meeting.id,
    provider: meeting.provider,
    source: meeting.source,
    ...invented(meeting),
    room: meeting.room,
    title: meeting.title,
    started_at: toWireTime(startedAt),
    ended_at: toWireTime(endedAt),
    ended_by: meeting.endedBy,
    length_ms: startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt),
    first_joined_at: toWireTime(person.firstJoinedAt),
    last_left_at: toWireTime(person.lastLeftAt),
    attended_ms: Math.round(person.attendedMs),
    grace_ms: graceMs,
    hosted_ms: lengthMs(hosted, endedAt ?? 0),
    visits: person.visits.map(({ joinedAt, leftAt, leftBy, start, end }) => ({
      joined_at: toWireTime(joinedAt),
      left_at: toWireTime(leftAt),
      start,
      // An operator who does not know the exact time adds nothing to an unreported leave.
      end: end === "operator" && leftBy !== undefined ? "inferred" : end,
    })),
    waits: person.waits.map(({ startedAt: from, endedAt: to, outcome, inferred }) => ({
      started_at: toWireTime(from),
      ended_at: toWireTime(to),
      outcome,
      inferred,
    })),
    participant_ids: person.participantIds.toSorted(),
  };
}

/** Combines several attendances of one person in one meeting. There is at least one. */
export function statedAsOne(
  [first, ...others]: readonly [StatedAttendanceFacts, ...StatedAttendanceFacts[]],
  { endedAt, graceMs }: Pick<StatedMeetingFacts, "endedAt" | "graceMs">,
): StatedAttendanceFacts {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const visits = all.flatMap((one) => one.visits).toSorted((a, b) => a.joinedAt - b.joinedAt);
  const intervals = visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  const presence = union(intervals);
  return {
    name: first.name,
    userId: first.userId,
    participantIds: all.flatMap((one) => one.participantIds),
    firstJoinedAt: presence[0]?.from ?? null,
    lastLeftAt: presence.at(-1)?.to ?? null,
    attendedMs: lengthMs(union(intervals, graceMs), endedAt ?? 0),
    visits,
    waits: all.flatMap((one) => one.waits).toSorted((a, b) => a.startedAt - b.startedAt),
    tenures: all.flatMap((one) => one.tenures).toSorted((a, b) => a.from - b.from),
  };
}

/** All facts of a statement about one person. */
export function stateFacts(
  person: { id: string | null; name: string | null; userId: string | null; isDemo: boolean },
  meetings: readonly StatedMeeting[],
  period: StatementFacts["period"],
): StatementFacts {
  const inOrder = meetings.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  return {
    version: 1,
    person: { id: person.id, name: person.name, user_id: person.userId, ...invented(person) },
    period,
    meetings: inOrder,
    attended_ms: inOrder.reduce((sum, { attended_ms }) => sum + attended_ms, 0),
  };
}

function invented({ isDemo }: { isDemo: boolean }): { demo?: true } {
  return isDemo ? { demo: true } : {};
}

/** How much of a statement is from demonstrations. */
export function inventedIn({ person, meetings }: StatementFacts): "all" | "some" | "nothing" {
  if (person.demo === true) return "all";
  return meetings.some(({ demo }) => demo === true) ? "some" : "nothing";
}

/** Unique, so that one set of meetings has one order. */
function timeOf({ started_at, first_joined_at, meeting_id }: StatedMeeting): string {
  return `${started_at ?? first_joined_at ?? ""} ${meeting_id}`;
}
