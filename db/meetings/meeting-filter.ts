import { and, eq, gte, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgColumn, SelectedFields } from "drizzle-orm/pg-core";
import { meetings, rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { personCondition, textCondition } from "./meeting-search.ts";

/** What a list of meetings is narrowed to; `null` for no limit. */
export interface MeetingFilter {
  status: "waiting" | "live" | "ended" | null;
  source: string | null;
  room: string | null;
  /** A person's id, user id or name. */
  person: string | null;
  /** Text in the room, the title or a name. */
  q: string | null;
  /** Limits of the moment a meeting was first heard of; `to` is exclusive. */
  from: Ms | null;
  to: Ms | null;
  /** At least this long, up to `now` where it goes on; `null` for any length, none included. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/** Whether a meeting took place, as `tookPlace` of the domain decides. */
export function tookPlace({ observer }: { observer: PgColumn } = meetings): SQL<boolean> {
  return sql`coalesce(${observer} ->> 'state', '') <> 'not_let_in'`;
}

/** Whether a meeting is at least this long, up to `now` where it goes on. */
export function isLonger({ ms, now }: NonNullable<MeetingFilter["longerThan"]>): SQL<boolean> {
  return sql`coalesce(${meetings.endedAt}, ${now}::bigint) - ${meetings.startedAt} >= ${ms}::bigint`;
}

/** Whether a row is of the source of that id. */
export function ofSource(sourceId: SQLWrapper, source: string): SQL<boolean> {
  return isUuid(source) ? sql`${sourceId} = ${source}::uuid` : sql`false`;
}

/**
 * The conditions on rows of `meetings`, and on their `rooms` where a text is searched, except the one on the
 * room. A text takes one statement before.
 */
export async function meetingConditions(reader: Reader, filter: MeetingFilter): Promise<SQL[]> {
  const conditions: SQL[] = [];
  // Written out: otherwise a statement that is planned once would not know how few rows there are.
  if (filter.status !== null) conditions.push(eq(meetings.status, filter.status).inlineParams());
  if (filter.source !== null) conditions.push(ofSource(meetings.sourceId, filter.source));
  if (filter.from !== null) conditions.push(gte(meetings.firstAt, filter.from));
  if (filter.to !== null) conditions.push(lt(meetings.firstAt, filter.to));
  if (filter.longerThan !== null) conditions.push(isLonger(filter.longerThan));
  if (filter.person !== null) conditions.push(personCondition(filter.person));
  if (filter.q !== null) conditions.push(await textCondition(reader, filter.q));
  return conditions;
}

/** The first meetings of one of `rooms` that meet a condition, in an order. */
export function firstOfRoom(wanted: SQL | undefined, order: readonly SQL[], limit: number) {
  const own = parts
    .select()
    .from(meetings)
    .where(and(eq(meetings.roomId, rooms.id), wanted))
    .orderBy(...order)
    .limit(limit);
  return standingFor(meetings, own);
}

/** Which meetings a list begins with: the key of their room, and conditions, which may be on `rooms` too. */
export interface FirstMeetings {
  room: SQL | undefined;
  wanted: SQL | undefined;
  isOnRooms: boolean;
}

/**
 * Fields of the first meetings that meet the conditions, in an order: those of a room by its own part of an
 * index, which is in the order of time. Few rooms share one key.
 */
export function firstMeetings(
  fields: SelectedFields,
  { room, wanted, isOnRooms }: FirstMeetings,
  order: readonly SQLWrapper[],
  limit: number,
): SQL {
  const first = order.map((by) => by.getSQL());
  if (room === undefined) {
    const found = parts.select(fields).from(meetings).$dynamic();
    if (isOnRooms) found.innerJoin(rooms, eq(rooms.id, meetings.roomId));
    return found
      .where(wanted)
      .orderBy(...first)
      .limit(limit)
      .getSQL();
  }
  return parts
    .select(fields)
    .from(rooms)
    .crossJoinLateral(firstOfRoom(wanted, first, limit))
    .where(eq(rooms.key, room))
    .orderBy(...first)
    .limit(limit)
    .getSQL();
}
