import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Reader } from "./meeting.ts";

/** The meetings of some sources that have not ended. */
export async function goingOn(reader: Reader, sourceIds: readonly string[]): Promise<string[]> {
  const rows = await reader.execute<{ id: string }>(sql`
    select id from meetings where status <> 'ended' and merged_into is null
      and source_id = any(${list("uuid", sourceIds)}) order by first_at, id`);
  return rows.map(({ id }) => id);
}

/** A body that was kept, of what it told in which room. */
export interface KeptBody {
  provider: string;
  room: string;
  body: Buffer;
}

/** What told of meetings, in the order in which it happened; not what was erased. */
export async function bodiesTelling(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<KeptBody[]> {
  return reader.execute<KeptBody & Record<string, unknown>>(sql`
    select s.provider, r.key as room, d.body
    from unnest(${list("uuid", meetingIds)}) as n (id)
    join meetings m on m.id = n.id
    join rooms r on r.id = m.room_id
    join sources s on s.id = m.source_id
    join events e on e.meeting_id = m.id
    join deliveries d on d.id = e.delivery_id
    where d.body <> '' order by m.id, e.at, e.seq`);
}
