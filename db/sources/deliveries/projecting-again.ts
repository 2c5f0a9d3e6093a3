import { and, asc, count, eq, ne, notExists } from "drizzle-orm";
import { deliveries, events, unprojected } from "#db/schema/facts.ts";
import { meetings } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { resultIs } from "./deliveries.ts";

/** The rooms in which some deliveries have events, in the order of their ids. */
export async function roomsToldBy(reader: Reader, ids: readonly number[]): Promise<number[]> {
  const rows = await reader
    .selectDistinct({ id: meetings.roomId })
    .from(events)
    .innerJoin(meetings, eq(meetings.id, events.meetingId))
    .where(isOneOf(events.deliveryId, [...ids]))
    .orderBy(asc(meetings.roomId));
  return rows.map(({ id }) => id);
}

/** Those of some deliveries that have a body and no events, and do not wait to be projected. */
export async function withoutEvents(reader: Reader, ids: readonly number[]): Promise<number[]> {
  const given = givenOf(ids);
  const told = parts
    .select({ seq: events.seq })
    .from(events)
    .where(eq(events.deliveryId, deliveries.id));
  const waiting = parts
    .select({ id: unprojected.deliveryId })
    .from(unprojected)
    .where(eq(unprojected.deliveryId, deliveries.id));
  const rows = await reader
    .select({ id: deliveries.id })
    .from(given.from)
    .innerJoin(deliveries, eq(deliveries.id, given.of.id))
    .where(and(ne(deliveries.body, Buffer.alloc(0)), notExists(told), notExists(waiting)))
    .orderBy(asc(deliveries.id));
  return rows.map(({ id }) => id);
}

/** How many of some deliveries are stored, and seen. */
export async function countStored(reader: Reader, ids: readonly number[]): Promise<number> {
  const given = givenOf(ids);
  const [row] = await reader
    .select({ found: count() })
    .from(given.from)
    .innerJoin(deliveries, eq(deliveries.id, given.of.id));
  return row?.found ?? 0;
}

/** How many deliveries could not be read, and have a body that may be read again. */
export async function countUnreadable(reader: Reader): Promise<number> {
  const [row] = await reader
    .select({ found: count() })
    .from(deliveries)
    .where(and(resultIs("unreadable"), ne(deliveries.body, Buffer.alloc(0))));
  return row?.found ?? 0;
}

function givenOf(ids: readonly number[]) {
  return unnested(
    "given",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
}
