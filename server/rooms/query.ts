import type { RoomFilter } from "#db/rooms/room-filter.ts";
import type { RoomCursor, RoomsFrom } from "#db/rooms/rooms.ts";
import { ROOM_SORTS, type RoomOrder, type RoomSort } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { type Cursor, cursorIn } from "#server/http/cursor.ts";
import { sortedIn } from "#server/http/narrowing.ts";
import { ORDERS, oneOf, textIn } from "#server/http/query.ts";
import { minDurationIn } from "./room-query.ts";

export const LAST_FIRST: RoomOrder = { sort: "last", order: "desc" };

/** The filter of the room list in the API. Throws 400 for a parameter that cannot be read. */
export function roomFilterIn(
  url: URL,
  { from, to }: Pick<RoomFilter, "from" | "to">,
  now: Ms,
): RoomFilter {
  const ms = minDurationIn(url);
  const longerThan = ms === null ? null : { ms, now };
  return { source: textIn(url, "source"), q: textIn(url, "q"), from, to, longerThan };
}

/** How rooms are sorted; names ascend unless the query says otherwise. Throws 400 for an unknown order. */
export function roomOrderIn(url: URL): RoomOrder {
  return orderOf(oneOf(url, "sort", ROOM_SORTS), oneOf(url, "order", ORDERS));
}

/** How rooms are sorted on a page; an unknown order counts as absent. */
export function roomOrderAsked(asked: AskedParams): RoomOrder {
  return orderOf(...sortedIn(asked, ROOM_SORTS));
}

function orderOf(asked: RoomSort | null, order: RoomOrder["order"] | null): RoomOrder {
  const sort = asked ?? LAST_FIRST.sort;
  return { sort, order: order ?? (sort === "name" ? "asc" : "desc") };
}

/** The cursor of a list sorted this way; `null` for its beginning. Throws 400 for a cursor that no list gave out. */
export function roomCursorAsked(url: URL, { sort }: RoomOrder): RoomsFrom | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const position = positionIn(sort, cursor.key);
  if (position === null) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, place: position };
}

const EMPTY_CURSOR: RoomCursor = { name: "", value: 0, roomId: 0, lastAt: 0, lastId: "" };

function positionIn(sort: RoomSort, [first, second]: Cursor["key"]): RoomCursor | null {
  switch (sort) {
    case "last":
      return typeof first === "number" && typeof second === "string" && isUuid(second)
        ? { ...EMPTY_CURSOR, lastAt: first, lastId: second }
        : null;
    case "name":
      return typeof first === "string" && typeof second === "number"
        ? { ...EMPTY_CURSOR, name: first, roomId: second }
        : null;
    case "meetings":
    case "people":
      return typeof first === "number" && typeof second === "number"
        ? { ...EMPTY_CURSOR, value: first, roomId: second }
        : null;
    default:
      return sort satisfies never;
  }
}

export function roomCursorOf({ direction, place }: RoomsFrom, order: RoomOrder): Cursor {
  return { direction, key: roomKeyOf(order)({ place }) };
}

export function roomKeyOf({ sort }: RoomOrder): (row: { place: RoomCursor }) => Cursor["key"] {
  return ({ place: { name, value, roomId, lastAt, lastId } }) => {
    const keys = {
      last: [lastAt, lastId],
      name: [name, roomId],
      meetings: [value, roomId],
      people: [value, roomId],
    };
    return keys[sort];
  };
}
