import { and, between, eq, gte, isNull, sql } from "drizzle-orm";
import { meetings, rooms } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A period in a room. */
export interface RoomTimeRange {
  room: string;
  from: Ms;
  to: Ms;
}

/** A meeting that overlaps one of several periods. */
export interface MeetingWithin {
  id: string;
  room: string;
  firstAt: Ms;
  tipAt: Ms;
}

/** No meeting lasts longer: meetings that reach into a period are looked for from this long before it. */
const LONGEST_MS: Ms = 7 * 86_400_000;

/** The meetings of a source that overlap any of the periods, earliest first. */
export async function meetingsWithin(
  reader: Reader,
  sourceId: string,
  intervals: readonly RoomTimeRange[],
): Promise<MeetingWithin[]> {
  if (intervals.length === 0) return [];
  const { firstAt } = meetings;
  const { from, of } = unnested("n", { room: rooms.key, from: firstAt, to: firstAt }, intervals);
  const tipAt = sql<Ms>`coalesce(${meetings.tipAt}, ${firstAt})`;
  return reader
    .selectDistinct({ id: meetings.id, room: rooms.key, firstAt: sql<Ms>`${firstAt}`, tipAt })
    .from(from)
    .innerJoin(rooms, and(eq(rooms.sourceId, sourceId), eq(rooms.key, of.room)))
    .innerJoin(
      meetings,
      and(
        eq(meetings.roomId, rooms.id),
        isNull(meetings.mergedInto),
        between(firstAt, sql`${of.from} - ${LONGEST_MS}::bigint`, of.to),
        gte(tipAt, of.from),
      ),
    )
    .orderBy(firstAt, meetings.id);
}
