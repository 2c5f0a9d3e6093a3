import { sql } from "drizzle-orm";
import type { Reader } from "./meeting.ts";

/** When a source was last heard, RFC 3339, and how many of its deliveries could not be read. */
export interface HeardSource {
  name: string;
  provider: string;
  lastAt: string | null;
  unreadable: number;
}

export async function heardBySource(reader: Reader): Promise<HeardSource[]> {
  return reader.execute<HeardSource & Record<string, unknown>>(sql`
    select s.name, s.provider,
      (select to_char(d.received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from deliveries d
        where d.source_id = s.id order by d.id desc limit 1) as "lastAt",
      (select count(*)::int from deliveries d
        where d.status = 'unreadable' and d.source_id = s.id) as unreadable
    from sources s order by s.created_at`);
}
