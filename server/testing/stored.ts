import { sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";

const TABLES = [
  "events",
  "meetings",
  "attendances",
  "waits",
  "rooms",
  "deliveries",
  "delivery_keys",
  "people",
  "aliases",
] as const;

/** All stored rows about meetings, one line each, with bodies as text. */
export async function everythingStored({ orm }: Database): Promise<string[]> {
  const lines: string[] = [];
  for (const table of TABLES) {
    const body = table === "deliveries" ? sql`|| encode(body, 'escape')` : sql``;
    const rows = await orm.execute<{ line: string }>(
      sql`select (to_jsonb(t) - 'body')::text ${body} as line from ${sql.identifier(table)} t order by 1`,
    );
    lines.push(...rows.map(({ line }) => `${table} ${line}`));
  }
  return lines;
}

/** Deletes all projections and events: only the sources and the deliveries are left, as in a backup of these alone. */
export async function loseProjections({ orm }: Database): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
    await tx.execute(sql`truncate events, attendances, waits, meetings, rooms, people, aliases`);
  });
}

/**
 * Every read model of a source, or of all, one line a row, without the ids and positions that each projection gives
 * out anew: meetings, people, waits, events and rooms, each with its room and meeting. Also without `stale_at`, which
 * may be sooner than necessary, and `recent`: both depend on what was projected first.
 */
export async function readModels(
  { orm }: Database,
  sourceId: string | null = null,
): Promise<string[]> {
  const rows = await orm.execute<{ line: string }>(sql`
    with m as (
      select m.*, jsonb_build_object('room', r.key, 'meeting', m.first_at) as meeting_key
      from meetings m join rooms r on r.id = m.room_id
      where merged_into is null and (${sourceId}::uuid is null or m.source_id = ${sourceId}::uuid)
    )
    select line from (
      select 'meeting ' || (
        to_jsonb(k) - 'id' - 'source_id' - 'room_id' - 'seq' - 'stale_at' - 'recent' - 'whole'
        || m.meeting_key)::text as line
      from m join meetings k on k.id = m.id
      union all select 'person ' || (to_jsonb(a) - 'meeting_id' - 'identity' || m.meeting_key)::text
      from m join attendances a on a.meeting_id = m.id
      union all select 'wait ' || (to_jsonb(w) - 'id' - 'meeting_id' - 'room_id' - 'identity' || m.meeting_key)::text
      from m join waits w on w.meeting_id = m.id
      union all select 'event ' || (to_jsonb(e) - 'meeting_id' - 'seq' - 'delivery_id' || m.meeting_key)::text
      from m join events e on e.meeting_id = m.id
      union all select 'room ' || jsonb_build_object(
        'key', r.key, 'title', r.title, 'erased', r.erased_at, 'current', c.first_at)::text
      from rooms r left join meetings c on c.id = r.current_meeting_id
      where ${sourceId}::uuid is null or r.source_id = ${sourceId}::uuid
      union all select 'places ' || (m.meeting_key || jsonb_build_object(
        'whole', m.seq = (select count(*) from events e where e.meeting_id = m.id)
          and m.seq = (select coalesce(max(seq), 0) from events e where e.meeting_id = m.id)))::text
      from m
      union all select 'anybody ' || (to_jsonb(p) - 'id' - 'source_id')::text from people p
      where ${sourceId}::uuid is null or p.source_id = ${sourceId}::uuid
      union all select 'alias ' || (to_jsonb(l) - 'identity')::text from aliases l join people p on p.id = l.identity
      where ${sourceId}::uuid is null or p.source_id = ${sourceId}::uuid
    ) t order by line`);
  return rows.map(({ line }) => line);
}
