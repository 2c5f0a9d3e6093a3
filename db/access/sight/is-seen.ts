import { and, eq, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import { isUuid } from "#domain/uuid.ts";

/** Whether all rows of a table with these ids are there for a reader. One statement. */
export async function areSeen(
  reader: Reader,
  table: PgTable & { id: PgColumn },
  ids: readonly string[],
): Promise<boolean> {
  if (!ids.every(isUuid)) return false;
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const rows = await reader.select({ one: sql`1` }).from(table).where(isOneOf(table.id, wanted));
  return rows.length === wanted.length;
}

/** Whether the room that a source has under this key is there for a reader. */
export async function isRoomSeen(reader: Reader, sourceId: string, key: string): Promise<boolean> {
  const rows = await reader
    .select({ one: sql`1` })
    .from(rooms)
    .where(and(eq(rooms.sourceId, sourceId), eq(rooms.key, key)));
  return rows.length > 0;
}
