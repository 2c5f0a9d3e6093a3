import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { sources } from "#db/schema/accounts.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import { rooms } from "#db/schema/projected.ts";
import { SOURCE } from "#db/sources/source-json.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { wireSource } from "#domain/event/recorded.ts";
import type { Choices, Narrowed, NarrowedBy } from "#domain/lists/narrowing.ts";

/** Every source by name, and the newest rooms: what a list can be narrowed to. Two statements. */
export async function readChoices(
  reader: Reader,
  mostRooms: number,
  { source, room }: Pick<Narrowed, "source" | "room">,
): Promise<Choices> {
  const [ofSources, ofRooms] = await Promise.all([
    reader
      .select({ ...SOURCE, isRoom: isRoomKnown(room) })
      .from(sources)
      .orderBy(sources.name, sources.provider, sources.id),
    reader
      .select({ key: rooms.key, title: rooms.title })
      .from(rooms)
      .orderBy(desc(rooms.id))
      .limit(mostRooms),
  ]);
  const gone: NarrowedBy[] = [];
  if (source !== null && !ofSources.some(({ id }) => id === source.toLowerCase()))
    gone.push("source");
  // Without a source there is no room either.
  if (room !== null && ofSources[0]?.isRoom !== true) gone.push("room");
  return { sources: ofSources.map(wireSource), rooms: ofRooms, gone };
}

/** Whether a room of that key exists, or a meeting is scheduled in one: asked once, whatever sources there are. */
function isRoomKnown(key: string | null): SQL<boolean> {
  if (key === null) return sql`false`;
  const existing = parts.select({ one: sql`1` }).from(rooms).where(eq(rooms.key, key));
  const own = alias(sources, "own");
  const scheduled = parts
    .select({ one: sql`1` })
    .from(own)
    .innerJoin(
      scheduledMeetings,
      and(eq(scheduledMeetings.sourceId, own.id), eq(scheduledMeetings.room, key)),
    )
    .where(isNull(scheduledMeetings.withdrawnAt));
  return sql`(exists ${existing} or exists ${scheduled})`;
}
