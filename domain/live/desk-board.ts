import type { Counts } from "#domain/scheduled/attendance.ts";
import { begunBy, calledBy, type ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import type { StartOutcome } from "#domain/scheduled/start-verdict.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, toWireTime } from "#domain/time/wire-time.ts";
import type { DeskLine } from "./desk-wire.ts";
import type { LiveMeeting } from "./wire.ts";

/** An appointment of today with what came of it so far. */
export interface Appointment {
  scheduled: Pick<
    ScheduledMeeting,
    | "id"
    | "source"
    | "room"
    | "roomTitle"
    | "title"
    | "startsAt"
    | "endsAt"
    | "lateAfterMs"
    | "verdictAfterMs"
  >;
  counts: Counts;
  outcome: StartOutcome | null;
  house: DeskLine["house"];
  /** Who is expected to host. */
  hosts: readonly (string | null)[];
  /** Meetings that were held for it, in whatever room. */
  meetingIds?: readonly string[];
}

/**
 * The board of a day: a line for each appointment, and one for each open room that none is for. A meeting stands on one
 * line: that of the appointment of its room which goes on, else of the one that is about to begin, else of the one that
 * it outlasts.
 */
export function boardOf(
  appointments: readonly Appointment[],
  meetings: readonly LiveMeeting[],
  now: Ms,
): DeskLine[] {
  const ofRoom = Map.groupBy(appointments, ({ scheduled: { source, room } }) =>
    keyOf(source.id, room),
  );
  const ofMeeting = Map.groupBy(
    appointments.flatMap((one) => (one.meetingIds ?? []).map((id) => ({ id, one }))),
    ({ id }) => id,
  );
  const held = new Map<Appointment, LiveMeeting[]>();
  const open: LiveMeeting[] = [];
  for (const meeting of meetings) {
    const inRoom = ofRoom.get(keyOf(meeting.source.id, meeting.room)) ?? [];
    // Who was sent to an address reports in a room of its own.
    const own = new Set([...inRoom, ...(ofMeeting.get(meeting.id) ?? []).map(({ one }) => one)]);
    const home = appointmentOf(meeting, [...own], now);
    if (home === null) open.push(meeting);
    else held.set(home, [...(held.get(home) ?? []), meeting]);
  }
  return [
    ...appointments.map((one) => appointmentLine(one, held.get(one) ?? [])),
    ...open.map(roomLine),
  ];
}

function keyOf(sourceId: string, room: string): string {
  return `${sourceId} ${room}`;
}

function appointmentOf(
  { started_at: startedAt, status }: LiveMeeting,
  appointments: readonly Appointment[],
  now: Ms,
): Appointment | null {
  const begun = appointments
    .filter(({ scheduled }) => begunBy([scheduled], now).length > 0)
    .toSorted((a, b) => a.scheduled.startsAt - b.scheduled.startsAt);
  const going = begun.findLast(
    ({ scheduled: { startsAt, endsAt } }) => startsAt <= now && now < endsAt,
  );
  if (going !== undefined) return going;
  const next = begun.find(({ scheduled: { startsAt } }) => startsAt > now);
  if (next !== undefined && status !== "ended") return next;
  const since = startedAt === null ? now : fromWireTime(startedAt);
  return begun.findLast(({ scheduled: { endsAt } }) => since < endsAt) ?? null;
}

function appointmentLine(
  { scheduled, counts, outcome, hosts, house }: Appointment,
  meetings: readonly LiveMeeting[],
): DeskLine {
  const { id, source, room, startsAt, endsAt, lateAfterMs } = scheduled;
  const { expected, late, absent, left, not_admitted, people, unmatched } = counts;
  const inProgress = meetings.find(({ status }) => status !== "ended") ?? meetings[0] ?? null;
  return {
    ...{ id, source, room, title: calledBy(scheduled) },
    appointment: {
      starts_at: toWireTime(startsAt),
      ends_at: toWireTime(endsAt),
      late_after_ms: lateAfterMs,
      outcome,
      hosts: hosts.map((name) => ({ name })),
    },
    ...placeOf(inProgress),
    ...peopleIn(meetings),
    expected: people === 0 ? null : expected + late + absent,
    gone: left + not_admitted,
    walk_ins: unmatched,
    house,
  };
}

function roomLine(meeting: LiveMeeting): DeskLine {
  const { id, source, room, title, people_count, present_count, waiting } = meeting;
  return {
    ...{ id, source, room, title: title ?? room },
    appointment: null,
    ...placeOf(meeting),
    ...peopleIn([meeting]),
    expected: null,
    gone: Math.max(0, people_count - present_count - waiting.length),
    walk_ins: null,
    house: meeting.house,
  };
}

function placeOf(meeting: LiveMeeting | null) {
  return {
    meeting: meeting && {
      id: meeting.id,
      status: meeting.status,
      started_at: meeting.started_at,
    },
    hosts: meeting?.hosts ?? [],
    hostless_since: meeting?.hostless_since ?? null,
  };
}

function peopleIn(meetings: readonly LiveMeeting[]) {
  const going = meetings.filter(({ status }) => status !== "ended");
  return {
    waiting: going.flatMap(({ waiting }) => waiting),
    present: going.reduce((sum, { present_count }) => sum + present_count, 0),
  };
}
