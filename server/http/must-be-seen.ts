import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { areSeen, isRoomSeen } from "#db/access/sight/is-seen.ts";
import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { isLimited, seesRoom, seesSeries } from "#domain/access/sight.ts";
import type { RoomNamed } from "#domain/rooms/rooms.ts";
import { ApiError, notFound } from "./answer.ts";

/*
 * What is written goes through the recorder, which knows no sight: so who writes about something has to see it first.
 * Nothing is asked for those who see everything.
 */

/** Throws 404 where one of these rows is not seen. */
export async function mustBeSeen(
  table: PgTable & { id: PgColumn },
  ids: readonly string[],
  what: string,
): Promise<void> {
  if (isLimited(sightNow()) && !(await areSeen(database().orm, table, ids))) throw notFound(what);
}

/**
 * Throws 404 where somebody schedules a meeting in a room that they do not see. One that is not there yet has only a
 * key, and that has to fit: a title is what they make up.
 */
export async function mustSeeRoom(sourceId: string, key: string): Promise<void> {
  const sight = sightNow();
  if (!isLimited(sight) || seesRoom(sight, { sourceId, key, title: null })) return;
  if (!(await isRoomSeen(database().orm, sourceId, key))) throw notFound("room");
}

/**
 * Throws 403 where somebody sees the room, and perhaps not all that have what is stored for it in common: the rooms with
 * its title, where these are one series.
 */
export function mustSeeSeries({ key, title, source, seriesBy }: RoomNamed): void {
  if (seesSeries(sightNow(), { sourceId: source.id, key, title, seriesBy })) return;
  throw new ApiError(
    403,
    "forbidden",
    `This is stored for every room that is called ${title}, and you see only rooms that were named to you: somebody who sees all of them can change it.`,
  );
}
