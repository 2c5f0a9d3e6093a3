import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import type { KeptImport } from "#domain/history/imports.ts";

/** Where in the list of imports a row stands. */
export interface ImportPlace {
  direction: "next" | "previous";
  at: Ms;
  id: string;
}

const COLUMNS =
  sql.raw(`i.id, i.file, i.time_zone as "timeZone", i.dates, i.lines, i.added, i.meetings,
  i.people, i.by, i.at, i.undone_by as "undoneBy", i.undone_at as "undoneAt",
  json_build_object('id', s.id, 'provider', s.provider, 'name', s.name) as source`);

/** Imports, the newest first (with a `previous` place: those before it, nearest first). */
export async function listImports(
  reader: Reader,
  from: ImportPlace | null,
  limit: number,
): Promise<KeptImport[]> {
  const up = from?.direction === "previous";
  const key = from && sql`(${from.at}::bigint, ${from.id}::uuid)`;
  const behind = key === null ? sql`true` : sql`(i.at, i.id) ${sql.raw(up ? ">" : "<")} ${key}`;
  const order = sql.raw(up ? "asc" : "desc");
  return reader.execute<KeptImport & Record<string, unknown>>(sql`
    select ${COLUMNS} from imports i join sources s on s.id = i.source_id
    where ${behind} order by i.at ${order}, i.id ${order} limit ${limit}`);
}

/** One of them; `null` where there is none. */
export async function importById(reader: Reader, id: string): Promise<KeptImport | null> {
  if (!isMeetingId(id)) return null;
  const [row] = await reader.execute<KeptImport & Record<string, unknown>>(sql`
    select ${COLUMNS} from imports i join sources s on s.id = i.source_id where i.id = ${id}`);
  return row ?? null;
}

/** What hangs by deliveries. */
export interface Hanging {
  /** Meetings that nothing else tells of, and others of which something else is told as well. */
  meetings: number;
  meetings_changed: number;
  /** People of whom nothing else tells in any of these meetings. */
  people: number;
}

/** What of rooms nothing but deliveries tells. One statement. */
export async function hangingBy(
  reader: Pick<Transaction, "execute">,
  rooms: { sourceId: string; keys: readonly string[] },
  deliveryIds: readonly number[],
): Promise<Hanging> {
  const [row] = await reader.execute<Hanging & Record<string, unknown>>(sql`
    with gone as (select id from unnest(${list("bigint", deliveryIds)}) as d (id)),
    told as (
      select e.meeting_id, e.participant_id, e.person_id, gone.id is not null as goes
      from rooms r join meetings m on m.room_id = r.id and m.merged_into is null
        join events e on e.meeting_id = m.id and e.delivery_id is not null
        left join gone on gone.id = e.delivery_id
      where r.source_id = ${rooms.sourceId} and r.key = any(${list("text", rooms.keys)})
    ), meetings as (
      select bool_and(goes) as goes, bool_or(goes) as changes from told group by meeting_id
    ), people as (
      select coalesce(a.identity::text, t.meeting_id || ' ' || t.person_id) as who, bool_and(t.goes) as goes,
        bool_or(t.goes) as changes
      from told t left join attendances a on a.meeting_id = t.meeting_id and a.person_id = t.person_id
      where t.person_id is not null and a.is_note_taker is not true group by 1
    )
    select (select count(*)::int from meetings where goes) as meetings,
      (select count(*)::int from meetings where changes and not goes) as meetings_changed,
      (select count(*)::int from people where goes) as people`);
  return row ?? { meetings: 0, meetings_changed: 0, people: 0 };
}

/** The very same file as it stands already, read in another way: the latest. */
export interface SameContent {
  id: string;
  file: string;
  timeZone: string;
  dates: KeptImport["dates"];
  room: string | null;
  by: string | null;
  at: Ms;
}

/** The import that stands of a file with that content, but for one that was read as `digest` says. */
export async function otherwiseImported(
  reader: Reader,
  { content, digest }: { content: string; digest: string },
): Promise<SameContent | null> {
  const [row] = await reader.execute<SameContent & Record<string, unknown>>(sql`
    select id, file, time_zone as "timeZone", dates, room, by, at from imports
    where content = ${content} and digest <> ${digest} and undone_at is null
    order by at desc, id desc limit 1`);
  return row ?? null;
}
