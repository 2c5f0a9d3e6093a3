import { sql } from "drizzle-orm";
import { monthOfDelivery } from "#domain/delivery.ts";
import type { Reader } from "./meeting.ts";

/** When a source was last heard, RFC 3339 or the month of a delivery that is no longer kept, and how many of its deliveries could not be read. */
export interface HeardSource extends Record<string, unknown> {
  name: string;
  provider: string;
  lastAt: string | null;
  unreadable: number;
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
