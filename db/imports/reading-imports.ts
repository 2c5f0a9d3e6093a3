import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { imports } from "#db/schema/operators.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { ImportRow } from "#domain/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** Where in the list of imports a row stands. */
export interface ImportCursor {
  direction: "next" | "previous";
  at: Ms;
  id: string;
}

/** A `KeptImport`, of `imports` and `sources`. */
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

/** Imports, the newest first (with a `previous` place: those before it, nearest first). */
export async function listImports(
  reader: Reader,
  from: ImportCursor | null,
  limit: number,
): Promise<ImportRow[]> {
  const back = from?.direction === "previous";
  const direction = back ? asc : desc;
  const row = sql`(${imports.at}, ${imports.id})`;
  const key = from && sql`(${from.at}::bigint, ${from.id}::uuid)`;
  return selectImports(reader)
    .where(key === null ? undefined : back ? sql`${row} > ${key}` : sql`${row} < ${key}`)
    .orderBy(direction(imports.at), direction(imports.id))
    .limit(limit);
}

/** One of them; `null` where there is none. */
export async function importById(reader: Reader, id: string): Promise<ImportRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await selectImports(reader).where(eq(imports.id, id));
  return row ?? null;
}

function selectImports(reader: Reader) {
  return reader.select(IMPORT).from(imports).innerJoin(sources, eq(sources.id, imports.sourceId));
}

/** What hangs by deliveries. */
export interface ImportDependents {
  /** Meetings that nothing else tells of, and others of which something else is told as well. */
  meetings: number;
  meetings_changed: number;
  /** People of whom nothing else tells in any of these meetings. */
  people: number;
}

/** What of rooms nothing but deliveries tells. One statement. */
export async function dependentsOf(
  reader: Reader,
  { sourceId, keys }: { sourceId: string; keys: readonly string[] },
  deliveryIds: readonly number[],
): Promise<ImportDependents> {
  const ids = deliveryIds.map((id) => ({ id }));
  const gone = unnested("gone", { id: deliveries.id }, ids);
  const projected = parts.$with("told").as(
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
  const all = sql<boolean>`bool_and(${projected.goes})`.as("all_go");
  const some = sql<boolean>`bool_or(${projected.goes})`.as("some_go");
  const ofMeetings = parts
    .$with("of_meetings")
    .as(parts.select({ all, some }).from(projected).groupBy(projected.meetingId));
  const who = sql`coalesce(${attendances.identity}::text, ${projected.meetingId} || ' ' || ${projected.personId})`;
  const ofPeople = parts.$with("of_people").as(
    parts
      .select({ who: who.as("who"), all, some })
      .from(projected)
      .leftJoin(
        attendances,
        and(
          eq(attendances.meetingId, projected.meetingId),
          eq(attendances.personId, projected.personId),
        ),
      )
      .where(and(isNotNull(projected.personId), sql`${attendances.isNoteTaker} is not true`))
      .groupBy(sql`who`),
  );
  const [row] = await reader
    .with(projected, ofMeetings, ofPeople)
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
 * The import that stands of a file with that content, but for one that was read as `digest` says: the very same
 * file, read in another way. The latest.
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
