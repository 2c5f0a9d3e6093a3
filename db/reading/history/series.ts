import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";

/** The providers (by name) of which every meeting has a room of its own. */
export type OneMeetingARoom = readonly string[];

/**
 * Whether a room `r` of a source `s` is part of a series by its title: where every meeting has a room of its
 * own, rooms of one source with one title are one series.
 */
export function isByTitle(providers: OneMeetingARoom): SQL {
  return sql`(r.title is not null and s.provider = any(${list("text", providers)}))`;
}

/** The ids of the rooms that are one series with a room `r` of a source `s`, itself included. */
export function roomsOfSeries(providers: OneMeetingARoom): SQL {
  return sql`(
    select r.id union all
    select q.id from rooms q
    where ${isByTitle(providers)} and q.source_id = r.source_id and q.title = r.title and q.id <> r.id)`;
}
