import { and, eq, gte, isNotNull, isNull, or, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, deliveryKeys } from "#db/schema/facts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { monthOfDelivery } from "#domain/event/delivery.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * The doubtful attendances of sources since a moment: ends that nobody reported, and people who share a user
 * id. Sources without any are left out.
 */
export function doubtsBySource(reader: Reader, since: Ms) {
  const isUnreported = sql`${attendances.leftBy} is not null`;
  return reader
    .select({
      name: sources.name,
      unreported: sql<number>`count(*) filter (where ${isUnreported})::int`,
      /** The latest of the unreported. */
      person: sql<
        string | null
      >`(array_agg(${attendances.name} order by ${attendances.firstAt} desc)
        filter (where ${isUnreported}))[1]`,
      room: sql<string | null>`(
        array_agg(coalesce(${rooms.title}, ${rooms.key}) order by ${attendances.firstAt} desc)
        filter (where ${isUnreported}))[1]`,
      sharing: sql<number>`count(*) filter (where ${attendances.userIdShared})::int`,
    })
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .innerJoin(attendances, eq(attendances.meetingId, meetings.id))
    .where(
      and(
        gte(meetings.firstAt, since),
        isNull(meetings.mergedInto),
        or(isNotNull(attendances.leftBy), attendances.userIdShared),
      ),
    )
    .groupBy(sources.id)
    .orderBy(sources.name);
}

/**
 * The delivery of each of `sources` that was stored last, for a lateral join; its id is `null` where there is
 * none.
 */
export const latestOfSource = parts
  .select({ id: sql<number | null>`max(${deliveryKeys.deliveryId})`.as("latest_id") })
  .from(deliveryKeys)
  .where(eq(deliveryKeys.sourceId, sources.id))
  .as("latest");

/**
 * When each source last received a delivery, RFC 3339 or the month of a delivery that is no longer stored,
 * and how many of its deliveries could not be read.
 */
export async function receivedBySource(reader: Reader) {
  const received = parts
    .select({ at: sql`to_char(${deliveries.receivedAt}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')` })
    .from(deliveries)
    .where(eq(deliveries.id, latestOfSource.id));
  const unreadable = parts
    .select({ count: sql`count(*)::int` })
    .from(deliveries)
    .where(
      and(eq(deliveries.status, "unreadable").inlineParams(), eq(deliveries.sourceId, sources.id)),
    );
  const rows = await reader
    .select({
      name: sources.name,
      provider: sources.provider,
      lastId: latestOfSource.id,
      lastAt: sql<string | null>`${received}`,
      unreadable: sql<number>`${unreadable}`,
    })
    .from(sources)
    .crossJoinLateral(latestOfSource)
    .orderBy(sources.createdAt);
  return rows.map(({ lastId, ...row }) => ({
    ...row,
    lastAt: row.lastAt ?? (lastId === null ? null : monthOfDelivery(lastId)),
  }));
}
