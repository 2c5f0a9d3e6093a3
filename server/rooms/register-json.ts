import { type RegisterCell, stateWithout } from "#domain/rooms/register/cell.ts";
import { figuresOf } from "#domain/rooms/register/figures.ts";
import { storedThresholds, textOf } from "#domain/rooms/register/lens.ts";
import type { LeftOut, RegisterColumn, RegisterRow } from "#domain/rooms/register/register.ts";
import type { RoomSettings } from "#domain/rooms/register/settings.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { certaintyJson } from "#server/http/files/certainty-columns.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { AskedRegister } from "./register.ts";
import type * as answers from "./schema.ts";

type Answer = AnswerOf<typeof answers.register>;

/** A register in the API: a cell for every person and every meeting. */
export function registerJson({
  room,
  classList,
  register,
  meetings,
  period,
  thresholds,
  asOf,
}: AskedRegister): Answer {
  return {
    room: {
      id: room.id,
      room: room.key,
      title: room.title,
      source: room.source,
      series_by: room.seriesBy,
    },
    class_list: classList,
    from: toWireTime(period.from),
    to: toWireTime(period.to),
    time_zone: period.timeZone,
    as_of: toWireTime(asOf),
    thresholds: thresholdsJson(thresholds),
    thresholds_from: thresholdsFrom(thresholds, room.settings),
    meetings_count: meetings,
    left_out: leftOutJson(register.meetings),
    meetings: register.meetings.map(meetingJson),
    people: register.people.map((row) => personJson(row, register.meetings)),
    summary: summaryJson(figuresOf(register)),
  };
}

/** Where each threshold comes from: the query, the room's settings, or the default. */
function thresholdsFrom(
  thresholds: Thresholds,
  settings: RoomSettings | null,
): Answer["thresholds_from"] {
  const stored = storedThresholds(settings);
  const own = settings?.thresholds ?? {};
  const from = (key: keyof Thresholds) =>
    thresholds[key] !== stored[key] ? "query" : key in own ? "room" : "default";
  return {
    held_ms: from("heldMs"),
    late_ms: from("lateMs"),
    early_ms: from("earlyMs"),
    share: from("share"),
    attended_ms: from("attendedMs"),
    regular_share: from("regularShare"),
    regular_last: from("regularLast"),
    missed: from("missed"),
  };
}

export function thresholdsJson(thresholds: Thresholds): AnswerOf<typeof answers.thresholds> {
  return {
    held_ms: thresholds.heldMs,
    late_ms: thresholds.lateMs,
    early_ms: thresholds.earlyMs,
    share: Number(textOf(thresholds.share, "share")),
    attended_ms: thresholds.attendedMs,
    regular_share: Number(textOf(thresholds.regularShare, "regularShare")),
    regular_last: thresholds.regularLast,
    missed: thresholds.missed,
  };
}

/** How many of the meetings do not count, and why. */
function leftOutJson(meetings: readonly RegisterColumn[]): Answer["left_out"] {
  const count = (why: LeftOut) => meetings.filter(({ leftOut }) => leftOut === why).length;
  return {
    going_on: count("going_on"),
    erased: count("erased"),
    nobody: count("nobody"),
    short: count("short"),
  };
}

function meetingJson(meeting: RegisterColumn): Answer["meetings"][number] {
  return {
    id: meeting.id,
    status: meeting.status,
    first_heard_at: toWireTime(meeting.firstAt),
    started_at: toWireTime(meeting.startedAt),
    ended_at: toWireTime(meeting.endedAt),
    length_ms: meeting.lengthMs,
    people_count: meeting.peopleCount,
    held: meeting.held,
    left_out: meeting.leftOut,
    erased: meeting.erased,
    late_from: toWireTime(meeting.start?.at ?? null),
    late_from_by: meeting.start?.by ?? null,
    attended_count: meeting.attended,
    late_count: meeting.late,
    left_early_count: meeting.leftEarly,
    hosts_count: meeting.hosts,
  };
}

function personJson(
  row: RegisterRow,
  meetings: readonly RegisterColumn[],
): Answer["people"][number] {
  return {
    key: row.key,
    name: row.name,
    aliases: row.aliases,
    user_id: row.userId,
    on_list: row.onList,
    identified_by: row.knownBy,
    ambiguous: row.ambiguous,
    is_host: row.isHost,
    attended_count: row.attended,
    attended_ms: row.attendedMs,
    share: share(row.share),
    late_count: row.late,
    left_early_count: row.leftEarly,
    hosted_count: row.hosted,
    regular: row.regular,
    not_lately: row.notLately,
    missed_since_count: row.missedSince,
    last_seen_at: toWireTime(row.lastSeenAt),
    cells: meetings.map((meeting, index) => cellJson(meeting, row, row.cells[index] ?? null)),
  };
}

function cellJson(
  meeting: RegisterColumn,
  row: RegisterRow,
  cell: RegisterCell | null,
): Answer["people"][number]["cells"][number] {
  if (cell === null) return { meeting_id: meeting.id, state: stateWithout(meeting, row) };
  return {
    meeting_id: meeting.id,
    state: cell.state,
    attended_ms: cell.attendedMs,
    share: share(cell.share),
    first_joined_at: toWireTime(cell.firstJoinedAt),
    last_left_at: toWireTime(cell.lastLeftAt),
    hosted: cell.hosted,
    inferred: cell.sureness.inferred,
    ...certaintyJson(cell.sureness),
  };
}

function summaryJson(figures: ReturnType<typeof figuresOf>): Answer["summary"] {
  return {
    held_count: figures.held,
    unique_count: figures.unique,
    average_attendance: figures.averageAttendance,
    average_stay_ms: whole(figures.averageStayMs),
    average_length_ms: whole(figures.averageLengthMs),
    attendances_count: figures.attendances,
    late_count: figures.late,
    left_early_count: figures.leftEarly,
    never_missed_count: figures.neverMissed,
    regulars_count: figures.regulars,
    not_lately_count: figures.notLately,
    trend: figures.trend,
    hosts_count: figures.hosts,
  };
}

/** A share, 0 to 1, rounded to four places: hundredths of a percent. */
function share(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}

function whole(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}
