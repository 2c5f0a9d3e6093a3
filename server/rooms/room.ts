import { database } from "#db/connection/client.ts";
import { type RoomSet, roomById } from "#db/rooms/register.ts";
import { notFound } from "#server/http/answer.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";

/** A room by its id. Throws 404 for none. */
export async function roomNamed(id: string): Promise<RoomSet> {
  const room = await roomById(database().orm, id, oneMeetingARoom);
  if (room === null) throw notFound("room");
  return room;
}
