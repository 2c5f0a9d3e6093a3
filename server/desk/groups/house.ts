import { listRoomGroups } from "#db/desk/groups/room-groups.ts";
import { type RoomMessage, roomMessagesSince } from "#db/desk/lobby/room-messages.ts";
import type { WaitedRoom } from "#db/desk/waited-rooms.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { ClosedTime } from "#db/waits/wait-filter.ts";
import { type HouseRules, houseRulesOf } from "#domain/desk/groups/house-rules.ts";
import { closedWithin } from "#domain/desk/groups/opening-hours.ts";
import { type RoomGroup, rulesOf } from "#domain/desk/groups/room-group.ts";
import { MESSAGE_HOLDS_MS } from "#domain/desk/lobby/lobby.ts";
import type { Ms } from "#domain/time/ms.ts";
import { offsetIn } from "#server/http/period.ts";

/** What is said of all rooms: their groups, and what those who wait are told. */
export interface House {
  groups: readonly RoomGroup[];
  messages: readonly RoomMessage[];
}

/** Two statements. */
export async function readHouse(reader: Reader, now: Ms): Promise<House> {
  const [groups, messages] = await Promise.all([
    listRoomGroups(reader),
    roomMessagesSince(reader, now - MESSAGE_HOLDS_MS),
  ]);
  return { groups, messages };
}

/** What the house says of a room at a moment; `null` where that is nothing. */
export function houseOf(
  room: { sourceId: string; key: string; title: string | null },
  { groups, messages }: House,
  now: Ms,
): HouseRules | null {
  if (groups.length === 0 && messages.length === 0) return null;
  const { sourceId, key } = room;
  const message = messages.find((one) => one.sourceId === sourceId && one.room === key) ?? null;
  return houseRulesOf(rulesOf(room, groups), message, now, offsetIn);
}

/** The times from one moment to another in which rooms are closed. */
export function closedTimesOf(
  rooms: readonly WaitedRoom[],
  groups: readonly RoomGroup[],
  from: Ms,
  to: Ms,
): ClosedTime[] {
  return rooms.flatMap((room) => {
    const { hours } = rulesOf(room, groups);
    if (hours === null) return [];
    const shut = closedWithin(hours, from, to + 1, offsetIn(hours.timeZone));
    return shut.map((span) => ({ roomId: room.id, ...span }));
  });
}
