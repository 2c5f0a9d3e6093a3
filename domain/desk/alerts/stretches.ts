import { stepsOf } from "#domain/meeting/occupancy.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import { type Interval, intervalsWithout, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type {
  AlertFacts,
  AlertSubject,
  Stretch,
  WatchedAppointment,
  WatchedMeeting,
  WatchedPerson,
} from "./facts.ts";
import { type AlertRule, isInScope, isNamed, type PersonDeed } from "./rule.ts";

/** That somebody left stands so long, or until they are back. */
export const LEFT_STANDS_MS: Ms = 15 * 60_000;

/** When that of which a rule raises alerts was so, whether or not for long enough. */
export function stretchesOf(rule: AlertRule, facts: AlertFacts, now: Ms): Stretch[] {
  return found(rule, facts, now).map((one) => ({ afterMs: rule.afterMs ?? 0, ...one }));
}

type Found = Omit<Stretch, "afterMs"> & Partial<Pick<Stretch, "afterMs">>;

function found(rule: AlertRule, facts: AlertFacts, now: Ms): Found[] {
  const { kind } = rule;
  switch (kind) {
    case "waiting":
      return ofMeetings(rule, facts, waitsOf);
    case "waiting_without_host":
      return ofRooms(rule, facts, (own) => intervalsWithout(own.flatMap(waitingIn), hostedIn(own)));
    case "without_host":
      return ofRooms(rule, facts, (own) => intervalsWithout(own.flatMap(presentIn), hostedIn(own)));
    case "capacity":
      return ofRooms(rule, facts, (own) => fullIn(own, rule.capacity ?? Infinity));
    case "person":
      return ofMeetings(rule, facts, (meeting) => deedsOf(rule, meeting));
    case "not_begun":
      return facts.appointments
        .filter((one) => isInScope(rule, { ...one, key: one.room }))
        .flatMap((one) => notBegun(one, rule.afterMs ?? 0, now) ?? []);
    case "source_silent":
      return silentSources(rule, facts);
    case "source_refused":
      return refusedSources(rule, facts);
    default:
      return kind satisfies never;
  }
}

function ofMeetings(
  rule: AlertRule,
  { meetings }: AlertFacts,
  of: (meeting: WatchedMeeting) => Found[],
): Found[] {
  return meetings
    .filter((one) => isInScope(rule, { ...one, key: one.room }))
    .flatMap((meeting) => of(meeting).flatMap((one) => whileOpen(one, meeting.closed)));
}

/** What is so in a room, whichever of its meetings it is in: two that turn out to be one change nothing. */
function ofRooms(
  rule: AlertRule,
  { meetings }: AlertFacts,
  when: (meetings: readonly WatchedMeeting[]) => Interval[],
): Found[] {
  const inScope = meetings.filter((one) => isInScope(rule, { ...one, key: one.room }));
  return [...Map.groupBy(inScope, ({ roomId }) => roomId).values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.firstAt - b.firstAt);
    return when(inOrder).flatMap((interval) => {
      const meeting = inOrder.findLast(({ firstAt }) => firstAt <= interval.from) ?? inOrder[0];
      return meeting === undefined
        ? []
        : whileOpen(
            { ...interval, subject: subjectIn(meeting, `room ${meeting.roomId}`) },
            meeting.closed,
          );
    });
  });
}

/** What is so while a room is open: of what was before it opened nothing counts. */
function whileOpen(one: Found, closed: readonly Interval[]): Found[] {
  if (closed.length === 0) return [one];
  return intervalsWithout([one], closed).map((interval) => ({ ...one, ...interval }));
}

function subjectIn(
  meeting: WatchedMeeting,
  key: string,
  personId: string | null = null,
): AlertSubject {
  const { id, sourceId, roomId } = meeting;
  return { key, sourceId, roomId, meetingId: id, personId, scheduledId: null };
}

/** A wait is known by its knock's connection, which outlives corrections. */
function waitsOf(meeting: WatchedMeeting): Found[] {
  return meeting.people.flatMap(({ personId, waits }) =>
    waits.map(({ participantId, startedAt, endedAt }) => ({
      subject: subjectIn(meeting, `wait ${meeting.roomId} ${participantId}`, personId),
      ...{ from: startedAt, to: endedAt },
    })),
  );
}

function waitingIn({ people }: WatchedMeeting): Interval[] {
  return people.flatMap(({ waits }) =>
    waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
  );
}

function presenceOf({ visits }: WatchedPerson, graceMs: Ms): Interval[] {
  return union(
    visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })),
    graceMs,
  );
}

function presentIn({ people, graceMs }: WatchedMeeting): Interval[] {
  return people.flatMap((person) => presenceOf(person, graceMs));
}

/** When somebody was host. One of whom it is not known whether they left is believed to be there. */
function hostedIn(meetings: readonly WatchedMeeting[]): Interval[] {
  return meetings.flatMap(({ people, graceMs }) =>
    people.flatMap(({ tenures, isUnheard }) => {
      const own = union(tenures, graceMs);
      const last = own.at(-1);
      return isUnheard && last !== undefined ? [...own, { from: last.from, to: null }] : own;
    }),
  );
}

function fullIn(meetings: readonly WatchedMeeting[], capacity: number): Interval[] {
  const steps = stepsOf(
    meetings.flatMap(({ people, graceMs }) => people.map((person) => presenceOf(person, graceMs))),
  );
  return union(
    steps.flatMap(({ at, count }, index) =>
      count >= capacity ? [{ from: at, to: steps[index + 1]?.at ?? null }] : [],
    ),
  );
}

function deedsOf({ person: named, deed }: AlertRule, meeting: WatchedMeeting): Found[] {
  if (named === null || deed === null) return [];
  return meeting.people
    .filter((person) => isNamed(named, person))
    .flatMap((person) => {
      const key = `person ${meeting.roomId} ${person.userId ?? person.nameKey}`;
      return deedIntervals(person, deed, meeting.graceMs).map((interval) => ({
        ...interval,
        subject: subjectIn(meeting, key, person.personId),
      }));
    });
}

function deedIntervals(person: WatchedPerson, deed: PersonDeed, graceMs: Ms): Interval[] {
  switch (deed) {
    case "waits":
      return union(
        person.waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
      );
    case "joined":
      return presenceOf(person, graceMs);
    case "left": {
      const presence = presenceOf(person, graceMs);
      return presence.flatMap(({ to }, index) => {
        if (to === null) return [];
        const back = presence[index + 1]?.from ?? Infinity;
        return [{ from: to, to: Math.min(back, to + LEFT_STANDS_MS) }];
      });
    }
    default:
      return deed satisfies never;
  }
}

/**
 * A scheduled meeting at which not both sides were in at its start + N minutes: until both are, or until its end.
 */
function notBegun(one: WatchedAppointment, afterMs: Ms, now: Ms): Found | null {
  const { facts, sourceId, roomId, id } = one;
  const { startsAt, endsAt } = facts.times;
  const isBegunAt = (at: Ms) => {
    const times = { ...facts.times, verdictAfterMs: at - startsAt };
    return expectedAttendanceOf({ ...facts, times }, Math.max(at, now)).verdict?.outcome === "both";
  };
  const due = startsAt + afterMs;
  if (due >= endsAt || one.closed.some(({ from, to }) => from <= due && due < (to ?? Infinity))) {
    return null;
  }
  const base = { key: `appointment ${id}`, sourceId, roomId, meetingId: null, personId: null };
  const subject = { ...base, scheduledId: id };
  if (now < due) return { subject, from: startsAt, to: null };
  if (isBegunAt(due)) return null;
  const comings = facts.seen
    .flatMap(({ visits, tenures }) => [
      ...visits.map(({ joinedAt }) => joinedAt),
      ...tenures.map(({ from }) => from),
    ])
    .filter((at) => at > due && at <= now && at < endsAt)
    .toSorted((a, b) => a - b);
  return { subject, from: startsAt, to: comings.find(isBegunAt) ?? endsAt };
}

/** Since when a source is silent, each time it is another silence; a rule of some rooms is about no source as a whole. */
function silentSources(rule: AlertRule, { sources }: AlertFacts): Found[] {
  return sources.flatMap(({ id, lastAt, allowedMs }) => {
    const afterMs = rule.afterMs ?? allowedMs;
    return lastAt === null || afterMs === null || !isSourceMeant(rule, id)
      ? []
      : [{ subject: ofSource(id, `silent ${id} ${lastAt}`), from: lastAt, to: null, afterMs }];
  });
}

function refusedSources(rule: AlertRule, { sources }: AlertFacts): Found[] {
  return sources.flatMap(({ id, refusedSince }) =>
    refusedSince === null || !isSourceMeant(rule, id)
      ? []
      : [{ subject: ofSource(id, `refused ${id}`), from: refusedSince, to: null }],
  );
}

function isSourceMeant({ sources, rooms, groups }: AlertRule, id: string): boolean {
  return rooms === null && groups === null && (sources === null || sources.includes(id));
}

function ofSource(sourceId: string, key: string): AlertSubject {
  return { key, sourceId, roomId: null, meetingId: null, personId: null, scheduledId: null };
}
