import { sql } from "drizzle-orm";
import { column } from "#db/array.ts";
import type { Orm } from "#db/client.ts";
import type { Ms } from "#domain/event.ts";

/** A stretch of time in a room. */
export interface Stretch {
  room: string;
  from: Ms;
  to: Ms;
}

/** A meeting that is in one of several stretches. */
export interface MeetingWithin {
  id: string;
  room: string;
  firstAt: Ms;
  tipAt: Ms;
}

/** No meeting lasts longer: so far before a stretch those that reach into it are looked for. */
const LONGEST_MS: Ms = 7 * 86_400_000;

/** The meetings of a source that overlap any of the stretches, earliest first. */
export async function meetingsWithin(
  orm: Pick<Orm, "execute">,
  sourceId: string,
  stretches: readonly Stretch[],
): Promise<MeetingWithin[]> {
  if (stretches.length === 0) return [];
  return orm.execute<MeetingWithin & Record<string, unknown>>(sql`
    select distinct m.id, r.key as room, m.first_at as "firstAt",
      coalesce(m.tip_at, m.first_at) as "tipAt"
    from unnest(
      ${column("text", stretches, ({ room }) => room)},
      ${column("bigint", stretches, ({ from }) => from)},
      ${column("bigint", stretches, ({ to }) => to)}
    ) as n (room, since, until)
    join rooms r on r.source_id = ${sourceId}::uuid and r.key = n.room
    join meetings m on m.room_id = r.id and m.merged_into is null
      and m.first_at between n.since - ${LONGEST_MS}::bigint and n.until
      and coalesce(m.tip_at, m.first_at) >= n.since
    order by m.first_at, m.id`);
}
