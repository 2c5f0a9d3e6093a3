import type { WaitedRoom } from "#db/desk/waited-rooms.ts";
import type { ClosedTime } from "#db/waits/wait-filter.ts";
import { type HouseRules, houseRulesOf } from "#domain/groups/house-rules.ts";
import { closedWithin } from "#domain/groups/opening-hours.ts";
import { type RoomGroup, rulesOf } from "#domain/groups/room-group.ts";
import type { Ms } from "#domain/time/ms.ts";
import { offsetIn } from "#server/http/period.ts";

/** What the house says of a room at a moment; `null` where it is in no group. */
export function houseOf(
  room: { sourceId: string; key: string; title: string | null },
  groups: readonly RoomGroup[],
  now: Ms,
): HouseRules | null {
  return groups.length === 0 ? null : houseRulesOf(rulesOf(room, groups), now, offsetIn);
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
