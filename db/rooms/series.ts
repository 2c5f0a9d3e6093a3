import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { sources } from "#db/schema/accounts.ts";
import { rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";

/** The providers (by name) that give every meeting a room of its own. */
export type OneMeetingARoom = readonly string[];

/**
 * Whether one of `rooms`, of one of `sources`, is part of a series by its title: where every meeting has a room
 * of its own, rooms of one source with one title are one series.
 */
export function isByTitle(providers: OneMeetingARoom): SQL<boolean> {
  return sql`(${rooms.title} is not null and ${isOneOf(sources.provider, providers)})`;
}

/** Whether a room is part of a series by its title or by itself. */
export function seriesBy(providers: OneMeetingARoom): SQL<"title" | "room"> {
  return sql`case when ${isByTitle(providers)} then 'title' else 'room' end`;
}

/** The ids of the rooms in the series of one of `rooms`, itself included. */
export function roomsOfSeries(providers: OneMeetingARoom): SQL {
  const other = alias(rooms, "other");
  const others = parts
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        isByTitle(providers),
        eq(other.sourceId, rooms.sourceId),
        eq(other.title, rooms.title),
        ne(other.id, rooms.id),
      ),
    );
  return sql`(select ${rooms.id} union all ${others})`;
}
