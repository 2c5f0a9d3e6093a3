import { addDays, type Period } from "#domain/time/period.ts";

/** How many days the page of a room shows by default. */
const OWN_DAYS = 28;

/** The page of a room with the same days and zone; `ownZone` is the default zone and is left out. */
export function roomInDays(
  roomId: string,
  { firstDay, lastDay, timeZone }: Period,
  today: string,
  ownZone: string,
): string {
  const isOwn = lastDay === today && firstDay === addDays(today, 1 - OWN_DAYS);
  return addressOf(roomId, {
    from: isOwn ? null : firstDay,
    to: isOwn ? null : lastDay,
    tz: timeZone === ownZone ? null : timeZone,
  });
}

/**
 * The page of a room with a certain day in it: the days up to today, or where that day is too long ago the
 * weeks up to it.
 */
export function roomOnDay(roomId: string, day: string, today: string): string {
  const isNear = day <= today && day > addDays(today, -OWN_DAYS);
  return addressOf(roomId, { to: isNear ? null : day });
}

function addressOf(roomId: string, query: Record<string, string | null>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) params.set(name, value);
  return `/rooms/${roomId}${params.size === 0 ? "" : `?${params}`}`;
}
