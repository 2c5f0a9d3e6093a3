import { z } from "zod";
import { countRooms } from "#db/rooms/count-rooms.ts";
import { type RoomFilter, sizeRooms } from "#db/rooms/room-filter.ts";
import { listRooms, type RoomPlace } from "#db/rooms/rooms.ts";
import { ROOM_SORTS, type RoomOrder, type RoomSort } from "#domain/rooms/rooms.ts";
import { type CursorShape, cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { FOUR_WEEKS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { longerThan, NARROWING, sortedBy } from "#server/http/lists/parameters.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";

const { room: _, ...NARROWING_ROOMS } = NARROWING;

const BY_NUMBER = cursorBy({ value: z.int(), roomId: z.int() });
const CURSORS: Record<RoomSort, CursorShape<Partial<RoomPlace>, RoomPlace>> = {
  last: cursorBy({ lastAt: z.int(), lastId: uuid }),
  name: cursorBy({ name: z.string(), roomId: z.int() }),
  meetings: BY_NUMBER,
  people: BY_NUMBER,
};
const NOWHERE: RoomPlace = { name: "", value: 0, roomId: 0, lastAt: 0, lastId: "" };

interface RoomsAsked {
  filter: RoomFilter;
  by: RoomOrder;
}

/** Rooms with a meeting in some days, last met first; names ascend unless the query says otherwise. */
export const rooms = defineList({
  query: { ...NARROWING_ROOMS, ...sortedBy(ROOM_SORTS) },
  days: FOUR_WEEKS,
  select({ sort: asked, order, min_duration_ms: ms, ...named }, { from, to }, now): RoomsAsked {
    const sort = asked ?? "last";
    return {
      filter: { ...named, from, to, longerThan: longerThan(ms, now) },
      by: { sort, order: order ?? (sort === "name" ? "asc" : "desc") },
    };
  },
  cursor: ({ by }) => CURSORS[by.sort],
  async open(reader, { filter, by }) {
    const size = await sizeRooms(reader, filter);
    return {
      read(cursor, limit) {
        const whole = cursor && { ...cursor, key: { ...NOWHERE, ...cursor.key } };
        return listRooms(reader, filter, size, by, whole, limit, oneMeetingARoom);
      },
      count: () => countRooms(reader, filter, size, oneMeetingARoom),
    };
  },
  placeOf: ({ place }) => place,
});
