import { sql } from "drizzle-orm";
import type { Reader } from "#db/reading/meeting.ts";
import type { Choices } from "#domain/history/meetings.ts";
import { wireSource } from "#domain/wire.ts";

/** Every source by name, and the newest rooms: what a list can be narrowed to. Two statements. */
export async function readChoices(reader: Reader, mostRooms: number): Promise<Choices> {
  const [sources, rooms] = await Promise.all([
    reader.execute<Choices["sources"][number] & Record<string, unknown>>(sql`
      select id, provider, name, case when is_demo then true end as demo from sources order by name, provider, id`),
    reader.execute<Choices["rooms"][number] & Record<string, unknown>>(sql`
      select key, title from rooms order by id desc limit ${mostRooms}`),
  ]);
  return { sources: sources.map(wireSource), rooms };
}
