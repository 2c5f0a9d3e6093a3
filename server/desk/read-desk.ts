import { countSeenSince } from "#db/desk/seen-since.ts";
import { roomsWaitedSince } from "#db/desk/waited-rooms.ts";
import { liveRanks } from "#db/live/live.ts";
import { meetingsByIds } from "#db/meetings/meeting.ts";
import { listScheduled } from "#db/scheduled/reading-scheduled.ts";
import type { Reader } from "#db/sql/orm.ts";
import { listWaits, type WaitOfList } from "#db/waits/list-waits.ts";
import type { WaitSelection } from "#db/waits/wait-filter.ts";
import type { RoomGroup } from "#domain/desk/groups/room-group.ts";
import { wireSource } from "#domain/event/recorded.ts";
import { type Appointment, boardOf } from "#domain/live/desk-board.ts";
import type { DeskSnapshot, LostWait } from "#domain/live/desk-wire.ts";
import type { Today } from "#domain/live/wire.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, toWireTime } from "#domain/time/wire-time.ts";
import { wireHandling } from "#domain/waits/handling-wire.ts";
import { closedTimesOf, type House, houseOf, readHouse } from "#server/desk/groups/house.ts";
import { liveMeetingsOf, readToday, startOfToday } from "#server/live/snapshot.ts";
import { type ScheduledWithFacts, withFacts } from "#server/scheduled/read.ts";

const DAY_MS: Ms = 86_400_000;
/** So long ago somebody may have left whom nobody followed up, and is still listed. */
const HANDED_OVER_MS: Ms = 3 * DAY_MS;
const MOST_APPOINTMENTS = 500;
const MOST_ROOMS = 500;
const MOST_LOST = 200;

/**
 * The desk of today in a zone: its board, who was lost, and the day in one line. A fixed number of statements, however
 * many rooms are open.
 */
export async function readDesk(reader: Reader, now: Ms, timeZone: string): Promise<DeskSnapshot> {
  const since = startOfToday(now, timeZone);
  // A day on which the clock is set back is longer than others, and one on which it is set forward is shorter.
  const until = startOfToday(since + 1.5 * DAY_MS, timeZone);
  const [ranks, scheduled, lost, today, seen, house] = await Promise.all([
    liveRanks(reader, now, MOST_ROOMS),
    listScheduled(reader, scheduledFrom(since, until), "asc", null, MOST_APPOINTMENTS),
    listWaits(reader, lostFrom(since - HANDED_OVER_MS), null, MOST_LOST),
    readToday(reader, now, timeZone),
    countSeenSince(reader, since),
    readHouse(reader, now),
  ]);
  const ids = ranks.map(({ id }) => id);
  const [rows, withPeople, inHours] = await Promise.all([
    ids.length > 0 ? meetingsByIds(reader, ids) : [],
    withFacts(scheduled, reader),
    todayInHours(reader, { today, groups: house.groups }, now),
  ]);
  const meetings = await liveMeetingsOf(
    reader,
    rows.filter(({ mergedInto }) => mergedInto === null),
    now,
    house,
  );
  const appointments = withPeople.map((one) => appointmentOf(one, house, now));
  const isOver = ({ scheduled: { endsAt } }: Appointment) => endsAt <= now;
  return {
    as_of: toWireTime(now),
    lines: boardOf(appointments, meetings, now),
    lost: lost
      .map((wait) => lostWait(wait, house, now))
      .filter(
        ({ started_at, follow_up }) => follow_up === null || fromWireTime(started_at) >= since,
      ),
    day: {
      since: toWireTime(since),
      time_zone: timeZone,
      seen,
      waits: inHours.waits,
      admitted: inHours.admitted,
      really_lost: inHours.really_lost,
      no_shows: appointments
        .filter(isOver)
        .reduce((sum, { counts: { absent } }) => sum + absent, 0),
      longest_ms: inHours.longest_ms,
      service_level: inHours.service_level.share,
      target_ms: inHours.target_ms,
      outside_hours: today.waits - inHours.waits,
    },
  };
}

/** The waits of today that began while their room was open: two statements more, where any room has hours. */
async function todayInHours(
  reader: Reader,
  { today, groups }: { today: Today; groups: readonly RoomGroup[] },
  now: Ms,
): Promise<Today> {
  if (groups.every(({ hours }) => hours === null)) return today;
  const since = fromWireTime(today.since);
  const closed = closedTimesOf(await roomsWaitedSince(reader, since), groups, since, now);
  if (closed.length === 0) return today;
  return readToday(reader, now, today.time_zone, null, closed);
}

function scheduledFrom(from: Ms, to: Ms) {
  return {
    source: null,
    room: null,
    q: null,
    from,
    to,
    endsAfter: null,
    endedBy: null,
    isHeld: true,
  };
}

function lostFrom(from: Ms): WaitSelection {
  return {
    ...{ source: null, room: null, from, to: null, shown: "lost", outcome: null },
    ...{ followUp: null, targetMs: 0, weekHour: null },
  };
}

function appointmentOf(
  { row, facts, eventsSeen }: ScheduledWithFacts,
  house: House,
  now: Ms,
): Appointment {
  const { counts, verdict } = expectedAttendanceOf(facts, now);
  const room = { sourceId: row.source.id, key: row.room, title: row.roomTitle };
  return {
    scheduled: { ...row, source: wireSource(row.source) },
    counts,
    outcome: verdict?.outcome ?? null,
    hosts: facts.roster.flatMap(({ role, name }) => (role === "host" ? [name] : [])),
    house: houseOf(room, house, now),
    meetingIds: Object.keys(eventsSeen),
  };
}

function lostWait(wait: WaitOfList, house: House, now: Ms): LostWait {
  const { source, room: key, title } = wait;
  return {
    id: wait.waitId,
    meeting_id: wait.meetingId,
    person_id: wait.personId,
    name: wait.name,
    source: wait.source,
    room: wait.room,
    title: wait.title,
    started_at: toWireTime(wait.startedAt),
    ended_at: toWireTime(wait.endedAt),
    outcome: wait.outcome,
    house: houseOf({ sourceId: source.id, key, title }, house, now),
    ...wireHandling(wait.handlings, wait, now),
  };
}
