import { sql } from "drizzle-orm";
import type { Reader } from "./meeting.ts";

/** When a source was last heard, RFC 3339 or the month of a delivery that is no longer kept, and how many of its deliveries could not be read. */
export interface HeardSource {
  name: string;
  provider: string;
  lastAt: string | null;
  unreadable: number;
}

export async function heardBySource(reader: Reader): Promise<HeardSource[]> {
  return reader.execute<HeardSource & Record<string, unknown>>(sql`
    select s.name, s.provider,
      coalesce(
        (select to_char(d.received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from deliveries d where d.id = l.id),
        regexp_replace(left(l.id::text, 6), '..$', '-\&')
      ) as "lastAt",
      (select count(*)::int from deliveries d
        where d.status = 'unreadable' and d.source_id = s.id) as unreadable
    from sources s, lateral (
      select max(k.delivery_id) as id from delivery_keys k where k.source_id = s.id
    ) l
    order by s.created_at`);
}
