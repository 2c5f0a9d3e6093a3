import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { column, list } from "#db/array.ts";
import type { Orm } from "#db/client.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import type { ImportResult } from "#domain/history/imports.ts";
import { allowWithdrawing } from "./events.ts";

/** A file that is being imported. */
export interface NewImport {
  sourceId: string;
  file: string;
  timeZone: string;
  dates: ImportResult["dates"]["order"];
  /** Of the file and of how it is read. */
  digest: string;
  /** Of the file alone. */
  content: string;
  /** The room that somebody said. */
  room: string | null;
  by: string;
  at: Ms;
}

/** A line of an import, as what it is kept and as it is told. */
export interface ImportLine {
  importId: string;
  sourceId: string;
  /** Of the delivery that it is. */
  key: string;
  room: string;
  body: Buffer;
}

/** Begins an import; answers its id. The same file, read in the same way, is the import that stands already. */
export async function openImport(orm: Pick<Orm, "execute">, given: NewImport): Promise<string> {
  const { sourceId, file, timeZone, dates, digest, content, room, by, at } = given;
  const [row] = await orm.execute<{ id: string }>(sql`
    insert into imports (id, source_id, file, time_zone, dates, digest, content, room, by, at)
    values (${uuid()}, ${sourceId}, ${file}, ${timeZone}, ${dates}, ${digest}, ${content}, ${room}, ${by},
      ${at}::bigint)
    on conflict (digest) where undone_at is null do update set digest = excluded.digest
    returning id`);
  if (row === undefined) throw new Error("an import was not kept");
  return row.id;
}

/** Keeps lines of an import, but for those of rooms whose people were erased. */
export async function keepLines(
  orm: Pick<Orm, "execute">,
  lines: readonly ImportLine[],
): Promise<void> {
  await orm.execute(sql`
    insert into import_lines (import_id, source_id, key, room, body)
    select l.* from unnest(
      ${column("uuid", lines, ({ importId }) => importId)},
      ${column("uuid", lines, ({ sourceId }) => sourceId)},
      ${column("uuid", lines, ({ key }) => key)},
      ${column("text", lines, ({ room }) => room)},
      ${column("bytea", lines, ({ body }) => body)}
    ) as l (import_id, source_id, key, room, body)
    where not exists (select from rooms r
      where r.source_id = l.source_id and r.key = l.room and r.erased_at is not null)
    on conflict do nothing`);
}

/** Lets go of lines of an import. */
export async function dropLines(
  tx: Transaction,
  importId: string,
  keys: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    delete from import_lines where import_id = ${importId} and key = any(${list("uuid", keys)})`);
}

/** Lets go of every line that speaks of erased rooms. */
export async function eraseLines(
  tx: Transaction,
  rooms: readonly { sourceId: string; key: string }[],
): Promise<void> {
  await tx.execute(sql`
    delete from import_lines l using unnest(
      ${column("uuid", rooms, ({ sourceId }) => sourceId)},
      ${column("text", rooms, ({ key }) => key)}
    ) as r (source_id, key)
    where l.source_id = r.source_id and l.room = r.key`);
}

/** Says what an import told, all of it kept; one that told nothing is none. Answers whether it is one. */
export async function closeImport(
  orm: Pick<Orm, "execute">,
  id: string,
  { added, meetings, people }: { added: number; meetings: number; people: number },
): Promise<boolean> {
  const rows = await orm.execute<{ lines: number }>(sql`
    update imports i set lines = l.count, added = coalesce(i.added, 0) + ${added}::integer,
      meetings = ${meetings}::integer, people = ${people}::integer
    from (select count(*)::integer as count from import_lines where import_id = ${id}) l
    where i.id = ${id} returning i.lines`);
  if (rows.some(({ lines }) => lines > 0)) return true;
  await orm.execute(sql`delete from imports where id = ${id} and undone_at is null and not exists (
    select from import_lines where import_id = ${id})`);
  return false;
}

/** Says that an import is taken back. Answers whether it stood, or not all of it was taken back yet. */
export async function undoImport(
  orm: Pick<Orm, "execute">,
  { id, by, at }: { id: string; by: string; at: Ms },
): Promise<boolean> {
  const rows = await orm.execute(sql`
    update imports i set undone_by = coalesce(undone_by, ${by}), undone_at = coalesce(undone_at, ${at}::bigint)
    where id = ${id} and (undone_at is null or exists (select from import_lines where import_id = i.id))
    returning id`);
  return rows.length > 0;
}

const LINE = sql.raw(`l.import_id as "importId", l.source_id as "sourceId", l.key, l.room, l.body`);

/** Lines of an import, room by room; at most so many. */
export async function linesOf(
  tx: Transaction,
  importId: string,
  limit: number | null = null,
): Promise<ImportLine[]> {
  return tx.execute<ImportLine & Record<string, unknown>>(sql`
    select ${LINE} from import_lines l where import_id = ${importId}
    order by room, key limit ${limit}::bigint`);
}

/** A line that stands, with when it was imported. */
export type StandingLine = ImportLine & { at: Ms };

/** Of lines by their names: the same in the first of the imports that stand, but for one of these. */
export async function standingLines(
  tx: Transaction,
  { sourceId, keys, besides }: { sourceId: string; keys: readonly string[]; besides: string },
): Promise<StandingLine[]> {
  return tx.execute<StandingLine & Record<string, unknown>>(sql`
    select distinct on (l.key) ${LINE}, i.at from import_lines l join imports i on i.id = l.import_id
    where l.source_id = ${sourceId} and l.key = any(${list("uuid", keys)})
      and l.import_id <> ${besides} and i.undone_at is null
    order by l.key, i.at, i.id`);
}

/** Lines are named as the deliveries that they are, also when these turn out to be others. */
export async function renameLines(
  tx: Transaction,
  moves: readonly { sourceId: string; from: string; to: string }[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    with n as (
      select * from unnest(
        ${column("uuid", moves, ({ sourceId }) => sourceId)},
        ${column("uuid", moves, ({ from }) => from)},
        ${column("uuid", moves, ({ to }) => to)}
      ) as n (source_id, "from", "to")
    ), gone as (
      delete from import_lines l using n where l.source_id = n.source_id and l.key = n."from"
      returning l.import_id, l.source_id, n."to" as key, l.room, l.body
    )
    insert into import_lines (import_id, source_id, key, room, body)
    select distinct on (import_id, key) * from gone order by import_id, key on conflict do nothing`);
}

/** Forgets deliveries, as if they had never come. */
export async function forgetDeliveries(tx: Transaction, ids: readonly number[]): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from deliveries where id = any(${list("bigint", ids)}) returning id, source_id
    ), unsaid as (
      delete from unprojected where delivery_id = any(${list("bigint", ids)})
    )
    delete from delivery_keys k using gone g
    where k.source_id = g.source_id and k.delivery_id = g.id`);
}

/** Which meetings of rooms have events that deliveries told. */
export async function meetingsToldBy(
  tx: Transaction,
  roomIds: readonly number[],
  deliveryIds: readonly number[],
): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct e.meeting_id as id from meetings m join events e on e.meeting_id = m.id
    where m.room_id = any(${list("bigint", roomIds)})
      and e.delivery_id = any(${list("bigint", deliveryIds)})`);
  return rows.map(({ id }) => id);
}

/** The deliveries that told what is filed in a room. */
export async function deliveriesOfRoom(tx: Transaction, roomId: number): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    select distinct e.delivery_id as id from meetings m join events e on e.meeting_id = m.id
    where m.room_id = ${roomId} and e.delivery_id is not null order by 1`);
  return rows.map(({ id }) => id);
}

/**
 * Lets go of meetings of which nothing is left, with what led to them; says which meeting of locked rooms is
 * the latest now, and lets go of rooms that nothing is heard or stated of any more.
 */
export async function dropEmptied(
  tx: Transaction,
  meetingIds: readonly string[],
  roomIds: readonly number[],
): Promise<void> {
  const [meetings, rooms] = [list("uuid", meetingIds), list("bigint", roomIds)];
  await tx.execute(sql`
    delete from meetings where id = any(${meetings}) or merged_into = any(${meetings})`);
  await tx.execute(sql`
    update rooms r set current_meeting_id = (
      select id from meetings m where m.room_id = r.id and m.merged_into is null
      order by m.first_at desc, m.id desc limit 1)
    where r.id = any(${rooms}) and r.erased_at is null`);
  await tx.execute(sql`
    delete from rooms r where r.id = any(${rooms}) and r.erased_at is null
      and not exists (select from meetings m where m.room_id = r.id and m.merged_into is null)
      and not exists (select from statements s where s.room_ids @> array[r.id])
      and not exists (select from deliveries d
        where d.source_id = r.source_id and d.room = r.key and d.status <> 'recorded')`);
}

/** How many events of meetings deliveries told: those that an operator said are left out. */
export async function countTold(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.execute<{ id: string; told: number }>(sql`
    select meeting_id as id, count(delivery_id)::int as told from events
    where meeting_id = any(${list("uuid", meetingIds)}) group by meeting_id`);
  return new Map(rows.map(({ id, told }) => [id, told]));
}

/** Those of meetings of which nothing is told any more, with whatever an operator had said of them taken back. */
export async function withdrawWords(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id from meetings m where m.id = any(${list("uuid", meetingIds)}) and m.merged_into is null
      and not exists (select from events e where e.meeting_id = m.id and e.delivery_id is not null)`);
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    await allowWithdrawing(tx);
    await tx.execute(sql`delete from events where meeting_id = any(${list("uuid", ids)})`);
  }
  return ids;
}
