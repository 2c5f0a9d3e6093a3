/** The room of everybody who watches the floor. */
export const LIVE_ROOM = "floor";

/** The room of everybody who watches one meeting. */
export function meetingRoom(id: string): string {
  return `meeting:${id}`;
}

const ZONE = "today:";

/** The room of everybody for whom today is that of a zone. */
export function zoneRoom(timeZone: string): string {
  return ZONE + timeZone;
}

/** The zones in which anybody watches. */
export function zonesIn(rooms: Iterable<string>): string[] {
  return [...rooms].filter((room) => room.startsWith(ZONE)).map((room) => room.slice(ZONE.length));
}
