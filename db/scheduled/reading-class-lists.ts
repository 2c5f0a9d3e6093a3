import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import {
  classListEntries,
  classLists,
  roomClassLists,
  rosterAliases,
} from "#db/schema/class-lists.ts";
import { rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RoomNamed } from "#domain/rooms/rooms.ts";
import type { ClassList } from "#domain/scheduled/class-list.ts";
import type { RosterAlias } from "#domain/scheduled/entry-key.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

export type ClassListRow = ClassList & { nameKey: string };

const peopleOn = parts
  .select({ count: sql`count(*)::int` })
  .from(classListEntries)
  .where(eq(classListEntries.listId, classLists.id));
const roomsWith = parts
  .select({ count: sql`count(*)::int` })
  .from(roomClassLists)
  .where(eq(roomClassLists.listId, classLists.id));

/** A list, with how many people are on it and how many rooms use it. */
const CLASS_LIST = {
  id: classLists.id,
  name: classLists.name,
  nameKey: classLists.nameKey,
  by: classLists.by,
  changedAt: classLists.changedAt,
  erasedAt: classLists.erasedAt,
  people: sql<number>`${peopleOn}`,
  rooms: sql<number>`${roomsWith}`,
};

/** Class lists by name (with a `previous` cursor: those before it, nearest first). */
export async function listClassLists(
  reader: Reader,
  cursor: ListCursor<Pick<ClassListRow, "nameKey" | "id">> | null,
  limit: number,
): Promise<ClassListRow[]> {
  const back = cursor?.direction === "previous";
  const direction = back ? desc : asc;
  const row = sql`(${classLists.nameKey}, ${classLists.id})`;
  const key = cursor && sql`(${cursor.key.nameKey}::text, ${cursor.key.id}::uuid)`;
  return reader
    .select(CLASS_LIST)
    .from(classLists)
    .where(key === null ? undefined : back ? sql`${row} < ${key}` : sql`${row} > ${key}`)
    .orderBy(direction(classLists.nameKey), direction(classLists.id))
    .limit(limit);
}

/** One class list; `null` where there is none. */
export async function classListById(reader: Reader, id: string): Promise<ClassListRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await reader.select(CLASS_LIST).from(classLists).where(eq(classLists.id, id));
  return row ?? null;
}

/** The people on a list, in its order. */
export async function entriesOf(reader: Reader, id: string): Promise<ExpectedPerson[]> {
  const { position, name, userId, email, role, listId } = classListEntries;
  return reader
    .select({ position, name, userId, email, role })
    .from(classListEntries)
    .where(eq(listId, id))
    .orderBy(position);
}

/** What operators entered that people on a list are also known by. */
export async function aliasesOfList(
  reader: Reader,
  id: string,
): Promise<(RosterAlias & { at: Ms })[]> {
  const { entry, knownBy, value, seenAs, by, at, rosterId } = rosterAliases;
  return reader
    .select({ entry, knownBy, value, seenAs, by, at })
    .from(rosterAliases)
    .where(eq(rosterId, id))
    .orderBy(at, value);
}

/** The key of the series of a room, under which something is stored for all its meetings. */
export function seriesOf({ key, title, seriesBy }: Pick<RoomNamed, "key" | "title" | "seriesBy">) {
  return seriesBy === "title" ? `title:${title}` : `room:${key}`;
}

/** The class list of a room's series; `null` where it has none. */
export async function classListOfRoom(
  reader: Reader,
  room: RoomNamed,
): Promise<{ id: string; name: string | null } | null> {
  const [row] = await reader
    .select({ id: classLists.id, name: classLists.name })
    .from(roomClassLists)
    .innerJoin(classLists, eq(classLists.id, roomClassLists.listId))
    .where(
      and(eq(roomClassLists.sourceId, room.source.id), eq(roomClassLists.series, seriesOf(room))),
    );
  return row ?? null;
}

/** The rooms that use a list: of a series of several rooms the latest. */
export async function roomsOfList(
  reader: Reader,
  listId: string,
): Promise<{ id: string; key: string; title: string | null; source: string }[]> {
  const { series, sourceId } = roomClassLists;
  const { id, key, title } = rooms;
  const roomsWhere = (condition: SQL) =>
    parts
      .select({ id, key, title })
      .from(rooms)
      .where(and(eq(rooms.sourceId, sourceId), condition));
  const found = roomsWhere(sql`${key} = substr(${series}, 6) and ${series} like 'room:%'`)
    .unionAll(
      roomsWhere(sql`${title} = substr(${series}, 7) and ${series} like 'title:%'`)
        .orderBy(desc(id))
        .limit(1),
    )
    .as("found");
  return reader
    .select({
      id: sql<string>`${found.id}::text`,
      key: found.key,
      title: found.title,
      source: sources.name,
    })
    .from(roomClassLists)
    .innerJoin(sources, eq(sources.id, sourceId))
    .crossJoinLateral(found)
    .where(eq(roomClassLists.listId, listId))
    .orderBy(found.key)
    .limit(100);
}
