import { and, eq, gt, isNull, ne, not, sql } from "drizzle-orm";
import { refusals, sources } from "#db/schema/accounts.ts";
import { alerts } from "#db/schema/alerts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { WatchedHouse, WatchedMeeting, WatchedPerson } from "#domain/desk/alerts/facts.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A meeting that an alert may be about, and when it ended. */
export interface WatchedRow extends Omit<WatchedMeeting, keyof WatchedHouse> {
  endedAt: Ms | null;
}

/** The meetings that go on, that ended after a moment, or that were there since an open alert of their room began. */
export async function meetingsToWatch(reader: Reader, since: Ms): Promise<string[]> {
  const isOpen = parts
    .select({ one: sql`1` })
    .from(alerts)
    .where(
      and(
        eq(alerts.roomId, meetings.roomId),
        isNull(alerts.overAt),
        sql`${meetings.endedAt} >= ${alerts.since}`,
      ),
    );
  const there = (condition: ReturnType<typeof and>) =>
    reader
      .select({ id: meetings.id })
      .from(meetings)
      .where(and(isNull(meetings.mergedInto), condition));
  const openRooms = parts
    .select({ roomId: alerts.roomId })
    .from(alerts)
    .where(isNull(alerts.overAt));
  const rows = await there(ne(meetings.status, "ended").inlineParams())
    .union(there(and(eq(meetings.status, "ended").inlineParams(), gt(meetings.endedAt, since))))
    .union(there(and(sql`${meetings.roomId} in ${openRooms}`, sql`exists ${isOpen}`)));
  return rows.map(({ id }) => id);
}

/** Some meetings with their people; those that were merged or erased are left out. Two statements. */
export async function watchedMeetings(
  reader: Reader,
  ids: readonly string[],
): Promise<WatchedRow[]> {
  if (ids.length === 0) return [];
  const [rows, present] = await Promise.all([
    reader
      .select({
        id: meetings.id,
        roomId: meetings.roomId,
        sourceId: meetings.sourceId,
        room: rooms.key,
        title: rooms.title,
        graceMs: sources.graceMs,
        firstAt: sql<Ms>`${meetings.firstAt}`,
        endedAt: meetings.endedAt,
      })
      .from(meetings)
      .innerJoin(rooms, eq(rooms.id, meetings.roomId))
      .innerJoin(sources, eq(sources.id, meetings.sourceId))
      .where(
        and(isOneOf(meetings.id, ids), isNull(meetings.mergedInto), isNull(meetings.erasedAt)),
      ),
    reader
      .select({
        meetingId: attendances.meetingId,
        personId: attendances.personId,
        nameKey: attendances.nameKey,
        userId: attendances.userId,
        visits: attendances.visits,
        waits: attendances.waits,
        tenures: attendances.tenures,
        isUnheard: sql<boolean>`${attendances.status} = 'not_known'`,
      })
      .from(attendances)
      .where(and(isOneOf(attendances.meetingId, ids), not(attendances.isNoteTaker))),
  ]);
  const people = Map.groupBy(present, ({ meetingId }) => meetingId);
  return rows.map((row) => ({
    ...row,
    people: (people.get(row.id) ?? []).map(({ meetingId: _, ...person }): WatchedPerson => person),
  }));
}

/** Since when sources are refused, by their ids. */
export async function refusedSince(reader: Reader, lastAfter: Ms): Promise<Map<string, Ms>> {
  const rows = await reader
    .select({ sourceId: refusals.sourceId, since: sql`min(${refusals.firstAt})`.mapWith(Number) })
    .from(refusals)
    .where(and(isNull(refusals.overAt), gt(refusals.lastAt, lastAfter)))
    .groupBy(refusals.sourceId);
  return new Map(rows.map(({ sourceId, since }) => [sourceId, since]));
}
