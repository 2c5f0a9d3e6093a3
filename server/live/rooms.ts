import { isWhole, type Sight, sightKey, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { LiveServer } from "./live-server.ts";

/*
 * The Socket.IO rooms. Whoever sees a part is in rooms of their own, which all with the same sight share: what is pushed
 * to those who see everything cannot reach them.
 */

/** The Socket.IO room of all who watch the live page with a sight. */
export function liveRoom(sight: Sight): string {
  return `floor${suffix(sight)}`;
}

/** The Socket.IO room of all who watch one meeting with a sight. */
export function meetingRoom(id: string, sight: Sight = WHOLE_SIGHT): string {
  return `meeting:${id}${suffix(sight)}`;
}

/** The Socket.IO room of all for whom today is that of a zone. */
export function zoneRoom(timeZone: string, sight: Sight): string {
  return zonePrefix(sight) + timeZone;
}

/** The zones of which a room is among `rooms`. */
export function zonesIn(rooms: Iterable<string>, sight: Sight): string[] {
  const prefix = zonePrefix(sight);
  return [...rooms]
    .filter((room) => room.startsWith(prefix))
    .map((room) => room.slice(prefix.length));
}

/** The Socket.IO room of all who watch the desk of a zone with a sight. */
export function deskRoom(timeZone: string, sight: Sight): string {
  return deskPrefix(sight) + timeZone;
}

/** The zones whose desk is watched. */
export function deskZonesIn(rooms: Iterable<string>, sight: Sight): string[] {
  const prefix = deskPrefix(sight);
  return [...rooms]
    .filter((room) => room.startsWith(prefix))
    .map((room) => room.slice(prefix.length));
}

function deskPrefix(sight: Sight): string {
  return `desk${suffix(sight)}:`;
}

/** All who see a part. */
export const PART_ROOM = "part";

/** All with one sight, whatever they watch. */
export function partRoom(sight: Sight): string {
  return `part${suffix(sight)}`;
}

function zonePrefix(sight: Sight): string {
  return `today${suffix(sight)}:`;
}

function suffix(sight: Sight): string {
  return isWhole(sight) ? "" : ` ${sightKey(sight)}`;
}

const sights = new WeakMap<LiveServer, Map<string, Sight>>();

/** Notes a sight of somebody who is connected, and see only a part. */
export function noteSight(io: LiveServer, sight: Sight): void {
  const own = sights.get(io) ?? new Map<string, Sight>();
  sights.set(io, own);
  own.set(partRoom(sight), sight);
}

/** The sights of those who are connected and see a part, each once. */
export function partSights(io: LiveServer): Sight[] {
  const own = sights.get(io);
  if (own === undefined || own.size === 0) return [];
  for (const room of own.keys()) if (!io.sockets.adapter.rooms.has(room)) own.delete(room);
  return [...own.values()];
}
