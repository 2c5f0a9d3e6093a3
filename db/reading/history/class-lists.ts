import { sql } from "drizzle-orm";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import type { ClassList } from "#domain/history/expected/class-list.ts";
import type { RosterAlias } from "#domain/history/expected/entry-key.ts";
import type { ExpectedPerson } from "#domain/history/expected/scheduled.ts";
import type { RoomNamed } from "#domain/history/rooms.ts";

export interface ClassListPlace {
  direction: "next" | "previous";
  nameKey: string;
  id: string;
}

export type ClassListRow = ClassList & { nameKey: string };

/** What is told of a list, with how many are on it and by how many rooms it is used. */
const COLUMNS = sql.raw(`
  c.id, c.name, c.name_key as "nameKey", c.by, c.changed_at as "changedAt", c.erased_at as "erasedAt",
  (select count(*)::int from class_list_entries e where e.list_id = c.id) as people,
  (select count(*)::int from room_class_lists r where r.list_id = c.id) as rooms`);

/** Class lists by name (with a `previous` place: those before it, nearest first). */
export async function listClassLists(
  reader: Reader,
  from: ClassListPlace | null,
  limit: number,
): Promise<ClassListRow[]> {
  const back = from?.direction === "previous";
  const key = from && sql`(${from.nameKey}::text, ${from.id}::uuid)`;
  const where =
    key === null
      ? sql`true`
      : back
        ? sql`(c.name_key, c.id) < ${key}`
        : sql`(c.name_key, c.id) > ${key}`;
  const order = back ? sql`c.name_key desc, c.id desc` : sql`c.name_key, c.id`;
  return reader.execute<ClassListRow & Record<string, unknown>>(sql`
    select ${COLUMNS} from class_lists c where ${where} order by ${order} limit ${limit}`);
}

/** One of them; `null` where there is none. */
export async function classListById(reader: Reader, id: string): Promise<ClassListRow | null> {
  if (!isMeetingId(id)) return null;
  const [row] = await reader.execute<ClassListRow & Record<string, unknown>>(sql`
    select ${COLUMNS} from class_lists c where c.id = ${id}`);
  return row ?? null;
}

/** Who is on a list, in its order. */
export async function entriesOf(reader: Reader, id: string): Promise<ExpectedPerson[]> {
  return reader.execute<ExpectedPerson & Record<string, unknown>>(sql`
    select position, name, user_id as "userId", email, role
    from class_list_entries where list_id = ${id} order by position`);
}

/** What operators said that people on a list are also known by. */
export async function aliasesOfList(
  reader: Reader,
  id: string,
): Promise<(RosterAlias & { at: Ms })[]> {
  return reader.execute<RosterAlias & { at: Ms } & Record<string, unknown>>(sql`
    select entry, known_by as "knownBy", value, seen_as as "seenAs", by, at
    from roster_aliases where roster_id = ${id} order by at, value`);
}

/** What the meetings of a room are kept by where something is said of all of them. */
export function seriesOf({ key, title, seriesBy }: Pick<RoomNamed, "key" | "title" | "seriesBy">) {
  return seriesBy === "title" ? `title:${title}` : `room:${key}`;
}

/** The class list of a room's series; `null` where it has none. */
export async function classListOfRoom(
  reader: Reader,
  room: RoomNamed,
): Promise<{ id: string; name: string | null } | null> {
  const [row] = await reader.execute<{ id: string; name: string | null }>(sql`
    select c.id, c.name from room_class_lists r join class_lists c on c.id = r.list_id
    where r.source_id = ${room.source.id} and r.series = ${seriesOf(room)}`);
  return row ?? null;
}

/** The rooms that have a list: the latest heard of, where a series is several. */
export async function roomsOfList(
  reader: Reader,
  id: string,
): Promise<{ id: string; key: string; title: string | null; source: string }[]> {
  return reader.execute<{ id: string; key: string; title: string | null; source: string }>(sql`
    select r.id::text, r.key, r.title, s.name as source
    from room_class_lists l join sources s on s.id = l.source_id
    cross join lateral (
      select id, key, title from rooms
      where source_id = l.source_id and key = substr(l.series, 6) and l.series like 'room:%'
      union all
      (select id, key, title from rooms
        where source_id = l.source_id and title = substr(l.series, 7) and l.series like 'title:%'
        order by id desc limit 1)
    ) r
    where l.list_id = ${id} order by r.key limit 100`);
}
