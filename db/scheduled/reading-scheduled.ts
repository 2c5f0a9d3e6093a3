import { and, asc, desc, eq, gt, gte, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { classListEntries, classLists, repetitions } from "#db/schema/class-lists.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import type { Total } from "#domain/lists/total.ts";
import {
  LONGEST_SCHEDULED_MS,
  type RepeatedFrom,
  type ScheduledMeeting,
} from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** A scheduled meeting as it is stored, with the grace of its source. */
export interface ScheduledRow extends ScheduledMeeting {
  graceMs: Ms;
}

/** What a list of scheduled meetings is narrowed to; `null` for no limit. */
export interface ScheduledFilter {
  source: string | null;
  room: string | null;
  /** Text in the title, the room or the name of an expected person. */
  q: string | null;
  /** `[from, to)` of the start. */
  from: Ms | null;
  to: Ms | null;
  /** It ends after the first, and not after the second. */
  endsAfter: Ms | null;
  endedBy: Ms | null;
  /** Without those that their calendar cancelled. */
  isHeld?: boolean;
}

const listOf = jsonObject({ id: classLists.id, name: classLists.name });
const repeatsOf = jsonObject({
  id: repetitions.id,
  day: scheduledMeetings.occurrenceDay,
  weekdays: repetitions.weekdays,
  lastDay: repetitions.lastDay,
  changedAlone: scheduledMeetings.changedAlone,
});

/** A `ScheduledRow`, of `scheduledMeetings` and the tables joined to them. */
const SCHEDULED = {
  id: scheduledMeetings.id,
  room: scheduledMeetings.room,
  title: scheduledMeetings.title,
  startsAt: scheduledMeetings.startsAt,
  endsAt: scheduledMeetings.endsAt,
  timeZone: scheduledMeetings.timeZone,
  lateAfterMs: scheduledMeetings.lateAfterMs,
  verdictAfterMs: scheduledMeetings.verdictAfterMs,
  by: scheduledMeetings.by,
  classList: sql<ScheduledRow["classList"]>`
    case when ${classLists.id} is not null then ${listOf} end`,
  repeats: sql<RepeatedFrom | null>`case when ${repetitions.id} is not null then ${repeatsOf} end`,
  changedAt: scheduledMeetings.changedAt,
  erasedAt: scheduledMeetings.erasedAt,
  cancelledAt: scheduledMeetings.cancelledAt,
  isFromCalendar: sql<boolean>`${scheduledMeetings.calendarKey} is not null`,
  roomTitle: rooms.title,
  graceMs: sources.graceMs,
  source: sourceJson(),
};

/** Whether one of `rooms` has the key of a scheduled meeting. */
const OF_ROOM = and(
  eq(rooms.sourceId, scheduledMeetings.sourceId),
  eq(rooms.key, scheduledMeetings.room),
);

/** Whether one of `rooms` is that of a scheduled meeting: by its key, or by where its observer was sent. */
export const HELD_IN = and(
  eq(rooms.sourceId, scheduledMeetings.sourceId),
  or(
    eq(rooms.key, scheduledMeetings.room),
    // A room that leads to another has its meeting there.
    and(eq(rooms.place, scheduledMeetings.room), isNull(rooms.joinedTo)),
  ),
);

/** Whether a scheduled meeting is of one of `rooms`, found by the scheduled meeting's index. */
const IS_HELD_IN = and(
  eq(scheduledMeetings.sourceId, rooms.sourceId),
  sql`${scheduledMeetings.room} in (${rooms.key}, ${rooms.place})`,
);

function selectScheduled(reader: Reader) {
  return reader
    .select(SCHEDULED)
    .from(scheduledMeetings)
    .innerJoin(sources, eq(sources.id, scheduledMeetings.sourceId))
    .leftJoin(rooms, OF_ROOM)
    .leftJoin(classLists, eq(classLists.id, scheduledMeetings.classListId))
    .leftJoin(repetitions, eq(repetitions.id, scheduledMeetings.repetitionId));
}

/** Scheduled meetings by their start (with a `previous` cursor: the rows before it, nearest first). */
export async function listScheduled(
  reader: Reader,
  filter: ScheduledFilter,
  order: "asc" | "desc",
  cursor: ListCursor<Pick<ScheduledRow, "startsAt" | "id">> | null,
  limit: number,
): Promise<ScheduledRow[]> {
  const { startsAt, id } = scheduledMeetings;
  const down = (order === "desc") !== (cursor?.direction === "previous");
  const direction = down ? desc : asc;
  const key = cursor && sql`(${cursor.key.startsAt}::bigint, ${cursor.key.id}::uuid)`;
  const row = sql`(${startsAt}, ${id})`;
  return selectScheduled(reader)
    .where(
      and(
        ...conditionsOf(filter),
        key === null ? undefined : down ? sql`${row} < ${key}` : sql`${row} > ${key}`,
      ),
    )
    .orderBy(direction(startsAt), direction(id))
    .limit(limit);
}

/** How many scheduled meetings a list has. One statement. */
export async function countScheduled(reader: Reader, filter: ScheduledFilter): Promise<Total> {
  const found = parts
    .select({ id: scheduledMeetings.id })
    .from(scheduledMeetings)
    .innerJoin(sources, eq(sources.id, scheduledMeetings.sourceId))
    .leftJoin(rooms, OF_ROOM)
    .where(and(...conditionsOf(filter)))
    .orderBy(scheduledMeetings.startsAt)
    .limit(COUNTED_LIMIT);
  return countOf(reader, found.getSQL());
}

function conditionsOf(filter: ScheduledFilter): SQL[] {
  const { source, room, q, from, to, endsAfter, endedBy, isHeld = false } = filter;
  const { startsAt, endsAt } = scheduledMeetings;
  const conditions: SQL[] = [isNull(scheduledMeetings.withdrawnAt)];
  if (isHeld) conditions.push(isNull(scheduledMeetings.cancelledAt));
  if (source !== null) conditions.push(ofSource(scheduledMeetings.sourceId, source));
  if (room !== null) conditions.push(eq(scheduledMeetings.room, room));
  if (from !== null) conditions.push(gte(startsAt, from));
  if (to !== null) conditions.push(lt(startsAt, to));
  if (endsAfter !== null) {
    // A meeting that ends after a moment began at most so long before it: this limit can use the index.
    conditions.push(gt(endsAt, endsAfter), gt(startsAt, endsAfter - LONGEST_SCHEDULED_MS));
  }
  if (endedBy !== null) conditions.push(lte(endsAt, endedBy), lt(startsAt, endedBy));
  if (q !== null) conditions.push(hasText(q));
  return conditions;
}

/** Whether a text is in the title, the room or the name of an expected person. */
function hasText(q: string): SQL {
  const expected = parts
    .select({ is: sql`true` })
    .from(expectedPeople)
    .where(
      and(eq(expectedPeople.scheduledId, scheduledMeetings.id), hasWords(expectedPeople.words, q)),
    )
    .limit(1);
  const onList = parts
    .select({ is: sql`true` })
    .from(classListEntries)
    .where(
      and(
        eq(classListEntries.listId, scheduledMeetings.classListId),
        hasWords(classListEntries.words, q),
      ),
    )
    .limit(1);
  return sql`(${hasWords(scheduledMeetings.words, q)} or ${hasWords(rooms.words, q)}
    or coalesce(${expected}, false) or coalesce(${onList}, false))`;
}

/** One scheduled meeting that was not withdrawn; `null` for anything else. */
export async function scheduledById(reader: Reader, id: string): Promise<ScheduledRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await selectScheduled(reader).where(
    and(eq(scheduledMeetings.id, id), isNull(scheduledMeetings.withdrawnAt)),
  );
  return row ?? null;
}

/** The scheduled meetings of a meeting's room that overlap it, by their start. */
export async function scheduledOfMeeting(
  reader: Reader,
  meetingId: string,
  now: Ms,
  limit: number,
): Promise<ScheduledRow[]> {
  const { startsAt, endsAt } = scheduledMeetings;
  const over = sql`coalesce(${meetings.endedAt}, ${meetings.tipAt})`;
  const until = sql`case when ${meetings.status} = 'ended' then ${over}
    else ${now}::bigint + ${LONGEST_SCHEDULED_MS}::bigint end`;
  return reader
    .select(SCHEDULED)
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(scheduledMeetings, IS_HELD_IN)
    .innerJoin(sources, eq(sources.id, scheduledMeetings.sourceId))
    .leftJoin(classLists, eq(classLists.id, scheduledMeetings.classListId))
    .leftJoin(repetitions, eq(repetitions.id, scheduledMeetings.repetitionId))
    .where(
      and(
        eq(meetings.id, meetingId),
        isNull(scheduledMeetings.withdrawnAt),
        isNull(scheduledMeetings.cancelledAt),
        lt(meetings.firstAt, endsAt),
        lt(startsAt, until),
        sql`${startsAt} > ${meetings.firstAt} - ${LONGEST_SCHEDULED_MS}::bigint`,
      ),
    )
    .orderBy(startsAt, scheduledMeetings.id)
    .limit(limit);
}
