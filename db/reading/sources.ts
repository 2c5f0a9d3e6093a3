import { sql } from "drizzle-orm";
import { monthOfDelivery } from "#domain/delivery.ts";
import type { Ms } from "#domain/event.ts";
import type { Reader } from "./meeting.ts";

/** When a source was last heard, RFC 3339 or the month of a delivery that is no longer kept, and how many of its deliveries could not be read. */
export interface HeardSource extends Record<string, unknown> {
  name: string;
  provider: string;
  lastAt: string | null;
  unreadable: number;
}

/** What a source told lately that cannot be right: ends that nobody reported, and people who share a user id. */
export interface DoubtfulSource extends Record<string, unknown> {
  name: string;
  unreported: number;
  /** The latest of them. */
  person: string | null;
  room: string | null;
  sharing: number;
}

/** Of the meetings since a moment, by source; those without any doubt are left out. */
export async function doubtsBySource(reader: Reader, since: Ms): Promise<DoubtfulSource[]> {
  return reader.execute<DoubtfulSource>(sql`
    select s.name, count(*) filter (where a.left_by is not null)::int as unreported,
      (array_agg(a.name order by a.first_at desc) filter (where a.left_by is not null))[1] as person,
      (array_agg(coalesce(r.title, r.key) order by a.first_at desc)
        filter (where a.left_by is not null))[1] as room,
      count(*) filter (where a.user_id_shared)::int as sharing
    from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
      join attendances a on a.meeting_id = m.id
    where m.first_at >= ${since} and m.merged_into is null
      and (a.left_by is not null or a.user_id_shared)
    group by s.id order by s.name`);
}

export async function heardBySource(reader: Reader): Promise<HeardSource[]> {
  const rows = await reader.execute<HeardSource & { lastId: number | null }>(sql`
    select s.name, s.provider, l.id as "lastId",
      (select to_char(d.received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from deliveries d where d.id = l.id)
        as "lastAt",
      (select count(*)::int from deliveries d
        where d.status = 'unreadable' and d.source_id = s.id) as unreadable
    from sources s, lateral (
      select max(k.delivery_id) as id from delivery_keys k where k.source_id = s.id
    ) l
    order by s.created_at`);
  return rows.map(({ lastId, ...row }) => ({
    ...row,
    lastAt: row.lastAt ?? (lastId === null ? null : monthOfDelivery(lastId)),
  }));
}
