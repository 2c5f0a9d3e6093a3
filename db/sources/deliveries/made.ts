import { and, asc, eq, sql } from "drizzle-orm";
import { deliveries, events, projections, unprojected } from "#db/schema/facts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What became of a delivery. */
export interface DeliveryFate {
  /** When it was projected; `null` where it was not yet, is not to be, or nobody remembers. */
  projectedAt: Ms | null;
  /** It is kept and not projected: it waits for its turn, or its room is stopped. */
  waits: "turn" | "stopped" | null;
  /** How many events were read from it, and the moment of the first by the provider's clock. */
  events: number;
  happenedAt: Ms | null;
  /** The meeting of the first of them. */
  meeting: { id: string; title: string } | null;
  /** Whom they are about: the first, and how many there are. */
  person: { id: string | null; name: string | null } | null;
  people: number;
}

/** What became of some deliveries, by their ids. One statement, however many. */
export async function fatesOf(
  reader: Reader,
  ids: readonly number[],
): Promise<Map<number, DeliveryFate>> {
  if (ids.length === 0) return new Map();
  const given = unnested(
    "given",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
  const first = (of: typeof events.meetingId | typeof events.personId) =>
    sql`(array_agg(${of} order by ${events.seq}) filter (where ${of} is not null))[1]`;
  const made = parts
    .select({
      id: events.deliveryId,
      events: sql<number>`count(*)::int`.as("events"),
      happenedAt: sql<Ms>`min(${events.at})`.as("happened_at"),
      meetingId: sql<string>`${first(events.meetingId)}`.as("made_in"),
      personId: sql<string | null>`${first(events.personId)}`.as("made_of"),
      people: sql<number>`count(distinct ${events.personId})::int`.as("people"),
    })
    .from(events)
    .where(isOneOf(events.deliveryId, [...ids]))
    .groupBy(events.deliveryId)
    .as("made");
  const rows = await reader
    .select({
      id: given.of.id,
      projectedAt: projections.at,
      waitingId: unprojected.deliveryId,
      stoppedBy: unprojected.stoppedBy,
      ...{ events: made.events, happenedAt: made.happenedAt, people: made.people },
      meetingId: meetings.id,
      title: sql<string | null>`coalesce(${rooms.title}, ${rooms.key})`,
      ...{ personId: attendances.personId, identity: attendances.identity },
      name: attendances.name,
    })
    .from(given.from)
    .leftJoin(projections, eq(projections.deliveryId, given.of.id))
    .leftJoin(unprojected, eq(unprojected.deliveryId, given.of.id))
    .leftJoin(made, eq(made.id, given.of.id))
    .leftJoin(meetings, eq(meetings.id, made.meetingId))
    .leftJoin(rooms, eq(rooms.id, meetings.roomId))
    .leftJoin(
      attendances,
      and(eq(attendances.meetingId, made.meetingId), eq(attendances.personId, made.personId)),
    );
  return new Map(
    rows.flatMap((row) => {
      if (row.id === null) return [];
      const { events: count, happenedAt, people, meetingId, title, waitingId } = row;
      const fate: DeliveryFate = {
        projectedAt: row.projectedAt,
        waits: waitingId === null ? null : row.stoppedBy === null ? "turn" : "stopped",
        events: count ?? 0,
        happenedAt,
        meeting: meetingId === null ? null : { id: meetingId, title: title ?? "" },
        person: row.personId === null ? null : { id: row.identity, name: row.name },
        people: people ?? 0,
      };
      return [[row.id, fate]];
    }),
  );
}

/** So many events of one delivery are listed. */
const MOST_EVENTS = 200;

/** The events that were read from a delivery, in the order of their meetings. One statement. */
export function eventsOfDelivery(reader: Reader, id: number) {
  return reader
    .select({
      ...{ meetingId: events.meetingId, seq: events.seq, type: events.type, at: events.at },
      ...{ identity: attendances.identity, name: attendances.name },
      title: sql<string>`coalesce(${rooms.title}, ${rooms.key})`,
    })
    .from(events)
    .innerJoin(meetings, eq(meetings.id, events.meetingId))
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .leftJoin(
      attendances,
      and(eq(attendances.meetingId, events.meetingId), eq(attendances.personId, events.personId)),
    )
    .where(eq(events.deliveryId, id))
    .orderBy(asc(events.meetingId), asc(events.seq))
    .limit(MOST_EVENTS);
}
