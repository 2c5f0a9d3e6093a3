import type { ClockFormat } from "#components/words/clock-format.ts";
import { type HouseRules, openness } from "#domain/desk/groups/house-rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

const SOON_MS: Ms = 3_600_000;

/** `closed, opens Monday, 08:00`, or that it closes within the hour; `null` where there is nothing to say. */
export function openingWords(house: HouseRules, now: Ms, face: ClockFormat): string | null {
  const until = house.hours?.until == null ? null : fromWireTime(house.hours.until);
  const isAhead = until !== null && until > now;
  if (!openness(house, now).isOpen)
    return isAhead ? `closed, opens ${face.minute(until)}` : "closed";
  return isAhead && until - now <= SOON_MS ? `closes ${face.minute(until)}` : null;
}
