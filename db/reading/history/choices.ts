import { sql } from "drizzle-orm";
import type { Reader } from "#db/reading/meeting.ts";
import type { Choices, Narrowed } from "#domain/history/meetings.ts";
import { wireSource } from "#domain/wire.ts";

/** Every source by name, and the newest rooms: what a list can be narrowed to. Two statements, or three. */
export async function readChoices(
  reader: Reader,
  mostRooms: number,
  { source, room }: Pick<Narrowed, "source" | "room">,
): Promise<Choices> {
  const [sources, rooms, isRoom] = await Promise.all([
    reader.execute<Choices["sources"][number] & Record<string, unknown>>(sql`
      select id, provider, name, case when is_demo then true end as demo from sources order by name, provider, id`),
    reader.execute<Choices["rooms"][number] & Record<string, unknown>>(sql`
      select key, title from rooms order by id desc limit ${mostRooms}`),
    room === null ? true : isKnownRoom(reader, room),
  ]);
  const isSource = source === null || sources.some(({ id }) => id === source.toLowerCase());
  return {
    sources: sources.map(wireSource),
    rooms,
    gone: [...(isSource ? [] : ["source" as const]), ...(isRoom ? [] : ["room" as const])],
  };
}

/** Whether a room of that key was heard of, or somebody is expected in one. */
async function isKnownRoom(reader: Reader, key: string): Promise<boolean> {
  const [row] = await reader.execute<{ known: boolean }>(sql`
    select exists (select from rooms where key = ${key}) or exists (
      select from sources o join scheduled_meetings s on s.source_id = o.id and s.room = ${key}
      where s.withdrawn_at is null) as known`);
  return row?.known ?? false;
}
