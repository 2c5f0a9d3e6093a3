import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/reading/meeting.ts";
import type { Choices, Narrowed, Place } from "#domain/history/meetings.ts";
import { wireSource } from "#domain/wire.ts";

/** Every source by name, and the newest rooms: what a list can be narrowed to. Two statements. */
export async function readChoices(
  reader: Reader,
  mostRooms: number,
  { source, room }: Pick<Narrowed, "source" | "room">,
): Promise<Choices> {
  const [sources, rooms] = await Promise.all([
    reader.execute<Choices["sources"][number] & { isRoom: boolean } & Record<string, unknown>>(sql`
      select id, provider, name, case when is_demo then true end as demo, ${isKnown(room)} as "isRoom"
      from sources order by name, provider, id`),
    reader.execute<Choices["rooms"][number] & Record<string, unknown>>(sql`
      select key, title from rooms order by id desc limit ${mostRooms}`),
  ]);
  const gone: Place[] = [];
  if (source !== null && !sources.some(({ id }) => id === source.toLowerCase()))
    gone.push("source");
  // Without a source there is no room either.
  if (room !== null && sources[0]?.isRoom !== true) gone.push("room");
  return { sources: sources.map(wireSource), rooms, gone };
}

/** Whether a room of that key was heard of, or somebody is expected in one: asked once, whatever sources there are. */
function isKnown(key: string | null): SQL {
  if (key === null) return sql`false`;
  return sql`(exists (select from rooms where key = ${key}) or exists (
    select from sources o join scheduled_meetings s on s.source_id = o.id and s.room = ${key}
    where s.withdrawn_at is null))`;
}
