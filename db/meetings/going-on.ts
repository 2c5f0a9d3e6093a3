import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";

/** The meetings of some sources that have not ended. */
export async function meetingsGoingOn(
  reader: Reader,
  sourceIds: readonly string[],
): Promise<string[]> {
  const rows = await reader
    .select({ id: meetings.id })
    .from(meetings)
    .where(
      and(
        ne(meetings.status, "ended").inlineParams(),
        isNull(meetings.mergedInto),
        isOneOf(meetings.sourceId, sourceIds),
      ),
    )
    .orderBy(meetings.firstAt, meetings.id);
  return rows.map(({ id }) => id);
}

/** The bodies of the deliveries of meetings, with provider and room, in the order of events; without erased ones. */
export function deliveriesOfMeetings(reader: Reader, meetingIds: readonly string[]) {
  const ids = meetingIds.map((id) => ({ id }));
  const { from, of } = unnested("n", { id: meetings.id }, ids);
  return reader
    .select({ provider: sources.provider, room: rooms.key, body: deliveries.body })
    .from(from)
    .innerJoin(meetings, eq(meetings.id, of.id))
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .innerJoin(events, eq(events.meetingId, meetings.id))
    .innerJoin(deliveries, eq(deliveries.id, events.deliveryId))
    .where(sql`${deliveries.body} <> ''`)
    .orderBy(meetings.id, events.at, events.seq);
}
