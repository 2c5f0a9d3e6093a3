import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { database } from "#db/connection/client.ts";
import { areSeen, isRoomSeen } from "#db/sight/is-seen.ts";
import { sightNow } from "#db/sight/seeing.ts";
import { isLimited, seesRoom } from "#domain/access/sight.ts";
import { notFound } from "./answer.ts";

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
