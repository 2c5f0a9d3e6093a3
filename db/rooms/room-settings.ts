import type { Database } from "#db/connection/client.ts";
import { roomSettings } from "#db/schema/operators.ts";
import type { RoomStart } from "#domain/rooms/register/room-start.ts";
import type { RoomSettings } from "#domain/rooms/register/settings.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import type { RoomNamed } from "#domain/rooms/rooms.ts";

/** The settings to change; the others stay. */
export interface RoomSettingsChange {
  thresholds?: Partial<Thresholds>;
  start?: RoomStart | null;
}

/** Changes the settings of the register of a room, or of its series; answers all settings. */
export async function setRoomSettings(
  database: Pick<Database, "transaction">,
  room: Pick<RoomNamed, "key" | "title" | "seriesBy" | "source">,
  change: RoomSettingsChange,
  by: string,
  at: number,
): Promise<RoomSettings> {
  const { seriesBy } = room;
  const series = seriesBy === "title" ? (room.title ?? "") : room.key;
  const { thresholds = {}, start = null } = change;
  const [row] = await database.transaction((tx) =>
    tx
      .insert(roomSettings)
      .values({ sourceId: room.source.id, seriesBy, series, thresholds, start, by, at })
      .onConflictDoUpdate({
        target: [roomSettings.sourceId, roomSettings.seriesBy, roomSettings.series],
        set: { ...change, by, at },
      })
      .returning(),
  );
  return row ?? { thresholds, start, by, at };
}
