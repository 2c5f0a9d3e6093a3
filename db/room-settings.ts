import type { RoomStart } from "#domain/history/register/room-start.ts";
import type { RoomSettings } from "#domain/history/register/settings.ts";
import type { Thresholds } from "#domain/history/register/thresholds.ts";
import type { RoomNamed } from "#domain/history/rooms.ts";
import type { Database } from "./client.ts";
import { roomSettings } from "./schema/operators.ts";

/** What is set anew; what is left out stays. */
export interface RoomSettingsChange {
  thresholds?: Partial<Thresholds>;
  start?: RoomStart | null;
}

/** Sets what counts in the register of a room, or of the series it stands for; answers all that is set then. */
export async function setRoomSettings(
  { orm }: Pick<Database, "orm">,
  room: Pick<RoomNamed, "key" | "title" | "seriesBy" | "source">,
  change: RoomSettingsChange,
  by: string,
  at: number,
): Promise<RoomSettings> {
  const { seriesBy } = room;
  const series = seriesBy === "title" ? (room.title ?? "") : room.key;
  const { thresholds = {}, start = null } = change;
  const [row] = await orm
    .insert(roomSettings)
    .values({ sourceId: room.source.id, seriesBy, series, thresholds, start, by, at })
    .onConflictDoUpdate({
      target: [roomSettings.sourceId, roomSettings.seriesBy, roomSettings.series],
      set: { ...change, by, at },
    })
    .returning();
  return row ?? { thresholds, start, by, at };
}
