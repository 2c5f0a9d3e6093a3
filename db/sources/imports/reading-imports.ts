import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { imports } from "#db/schema/operators.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { ImportRow } from "#domain/sources/imports/imports.ts";
import { isUuid } from "#domain/uuid.ts";

/** An `ImportRow`, of `imports` and `sources`. */
const IMPORT = {
  id: imports.id,
  file: imports.file,
  timeZone: imports.timeZone,
  dates: imports.dates,
  lines: imports.lines,
  added: imports.added,
  meetings: imports.meetings,
  people: imports.people,
  by: imports.by,
  at: imports.at,
  undoneBy: imports.undoneBy,
  undoneAt: imports.undoneAt,
  source: jsonObject({ id: sources.id, provider: sources.provider, name: sources.name }),
};

/** Imports, the newest first (with a `previous` cursor: those before it, nearest first). */
export async function listImports(
  reader: Reader,
  cursor: ListCursor<Pick<ImportRow, "at" | "id">> | null,
  limit: number,
): Promise<ImportRow[]> {
  const back = cursor?.direction === "previous";
  const direction = back ? asc : desc;
  const row = sql`(${imports.at}, ${imports.id})`;
  const key = cursor && sql`(${cursor.key.at}::bigint, ${cursor.key.id}::uuid)`;
  return selectImports(reader)
    .where(key === null ? undefined : back ? sql`${row} > ${key}` : sql`${row} < ${key}`)
    .orderBy(direction(imports.at), direction(imports.id))
    .limit(limit);
}

/** One import; `null` where there is none. */
export async function importById(reader: Reader, id: string): Promise<ImportRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await selectImports(reader).where(eq(imports.id, id));
  return row ?? null;
}

function selectImports(reader: Reader) {
  return reader.select(IMPORT).from(imports).innerJoin(sources, eq(sources.id, imports.sourceId));
}

/** What depends on deliveries. */
export interface ImportDependents {
  /** Meetings that have no events from other deliveries, and meetings that have others as well. */
  meetings: number;
  meetings_changed: number;
  /** People who have no events from other deliveries in any of these meetings. */
  people: number;
}

/** Counts what in some rooms depends on these deliveries alone. One statement. */
export async function dependentsOf(
  reader: Reader,
  { sourceId, keys }: { sourceId: string; keys: readonly string[] },
  deliveryIds: readonly number[],
): Promise<ImportDependents> {
  const ids = deliveryIds.map((id) => ({ id }));
  const gone = unnested("gone", { id: deliveries.id }, ids);
  const eventRows = parts.$with("event_rows").as(
    parts
      .select({
        meetingId: events.meetingId,
        personId: events.personId,
        goes: sql<boolean>`${gone.of.id} is not null`.as("goes"),
      })
      .from(rooms)
      .innerJoin(meetings, and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto)))
      .innerJoin(events, and(eq(events.meetingId, meetings.id), isNotNull(events.deliveryId)))
      .leftJoin(gone.from, eq(gone.of.id, events.deliveryId))
      .where(and(eq(rooms.sourceId, sourceId), isOneOf(rooms.key, keys))),
  );
  const all = sql<boolean>`bool_and(${eventRows.goes})`.as("all_go");
  const some = sql<boolean>`bool_or(${eventRows.goes})`.as("some_go");
  const ofMeetings = parts
    .$with("of_meetings")
    .as(parts.select({ all, some }).from(eventRows).groupBy(eventRows.meetingId));
  const personKey = sql`coalesce(${attendances.identity}::text, ${eventRows.meetingId} || ' ' || ${eventRows.personId})`;
  const ofPeople = parts.$with("of_people").as(
    parts
      .select({ who: personKey.as("who"), all, some })
      .from(eventRows)
      .leftJoin(
        attendances,
        and(
          eq(attendances.meetingId, eventRows.meetingId),
          eq(attendances.personId, eventRows.personId),
        ),
      )
      .where(and(isNotNull(eventRows.personId), sql`${attendances.isNoteTaker} is not true`))
      .groupBy(sql`who`),
  );
  const [row] = await reader
    .with(eventRows, ofMeetings, ofPeople)
    .select({
      meetings: sql<number>`(select count(*)::int from ${ofMeetings} where ${ofMeetings.all})`,
      meetings_changed: sql<number>`(select count(*)::int from ${ofMeetings}
        where ${ofMeetings.some} and not ${ofMeetings.all})`,
      people: sql<number>`(select count(*)::int from ${ofPeople} where ${ofPeople.all})`,
    })
    .from(oneRow);
  return row ?? { meetings: 0, meetings_changed: 0, people: 0 };
}

/**
 * The latest import in force of a file with that content, except one that was read as `digest` says: the same
 * file, read in another way.
 */
export async function importedDifferently(
  reader: Reader,
  { content, digest }: { content: string; digest: string },
) {
  const { id, file, timeZone, dates, room, by, at } = imports;
  const [row] = await reader
    .select({ id, file, timeZone, dates, room, by, at })
    .from(imports)
    .where(and(eq(imports.content, content), ne(imports.digest, digest), isNull(imports.undoneAt)))
    .orderBy(desc(at), desc(id))
    .limit(1);
  return row ?? null;
}
