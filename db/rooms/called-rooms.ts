import { eq, sql } from "drizzle-orm";
import { rooms } from "#db/schema/projected.ts";
import type { Reader } from "#db/sql/orm.ts";

/** The rooms of a source that were heard of last, and what they are called. */
export async function latestRooms(
  reader: Reader,
  sourceId: string,
  limit: number,
): Promise<{ id: string; room: string; title: string | null }[]> {
  return reader
    .select({ id: sql<string>`${rooms.id}::text`, room: rooms.key, title: rooms.title })
    .from(rooms)
    .where(eq(rooms.sourceId, sourceId))
    .orderBy(sql`${rooms.id} desc`)
    .limit(limit);
}

/** The rooms of all sources that were heard of last. */
export async function latestRoomsOfAll(
  reader: Reader,
  limit: number,
): Promise<{ sourceId: string; key: string; title: string | null }[]> {
  return reader
    .select({ sourceId: rooms.sourceId, key: rooms.key, title: rooms.title })
    .from(rooms)
    .orderBy(sql`${rooms.id} desc`)
    .limit(limit);
}
