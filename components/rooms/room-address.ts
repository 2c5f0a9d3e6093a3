import { addDays, type Period } from "#domain/time/period.ts";

/** How many days a page of a room looks at by itself. */
const OWN_DAYS = 28;

/** The page of a room in the same days, told in the same zone; `ownZone` is told without being named. */
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

/** The page of a room with a certain day in it: today's, or where that is too far away the weeks up to it. */
export function roomOnDay(roomId: string, day: string, today: string): string {
  const isNear = day <= today && day > addDays(today, -OWN_DAYS);
  return addressOf(roomId, { to: isNear ? null : day });
}

function addressOf(roomId: string, query: Record<string, string | null>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) params.set(name, value);
  return `/rooms/${roomId}${params.size === 0 ? "" : `?${params}`}`;
}
