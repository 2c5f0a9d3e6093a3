/** The Socket.IO room of all who watch the live page. */
export const LIVE_ROOM = "floor";

/** The Socket.IO room of all who watch one meeting. */
export function meetingRoom(id: string): string {
  return `meeting:${id}`;
}

const ZONE = "today:";

/** The Socket.IO room of all for whom today is that of a zone. */
export function zoneRoom(timeZone: string): string {
  return ZONE + timeZone;
}

/** The zones of which a room is among `rooms`. */
export function zonesIn(rooms: Iterable<string>): string[] {
  return [...rooms].filter((room) => room.startsWith(ZONE)).map((room) => room.slice(ZONE.length));
}
