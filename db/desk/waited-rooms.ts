import { eq, gte } from "drizzle-orm";
import { rooms, waits } from "#db/schema/projected.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A room in which somebody waited. */
export interface WaitedRoom {
  id: number;
  sourceId: string;
  key: string;
  title: string | null;
}

/** The rooms in which a wait began since a moment. One statement. */
export async function roomsWaitedSince(reader: Reader, since: Ms): Promise<WaitedRoom[]> {
  return reader
    .selectDistinct({
      id: rooms.id,
      sourceId: rooms.sourceId,
      key: rooms.key,
      title: rooms.title,
    })
    .from(waits)
    .innerJoin(rooms, eq(rooms.id, waits.roomId))
    .where(gte(waits.startedAt, since));
}
