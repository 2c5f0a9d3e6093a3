import type { MeetingEvent } from "#domain/event/event.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { firstDeparture } from "#domain/participant/watchers.ts";
import type { Ms } from "#domain/time/ms.ts";

/** When an observer watched; `to` is Infinity while it does. */
export interface WatchedTime {
  from: Ms;
  to: Ms;
}

/**
 * When an observer watched, by what it reported; `null` where it reported nothing. One that was never let in watched
 * for no time.
 */
export function watchedTime(
  reports: readonly MeetingEvent[],
  { silenceMs }: Pick<Rules, "silenceMs">,
  now: Ms,
): WatchedTime | null {
  const moments = reports.map(({ at }) => at);
  if (moments.length === 0) return null;
  const came = reports.filter(({ type }) => type === "observer_joined").map(({ at }) => at);
  const from = Math.min(...(came.length > 0 ? came : moments));
  const last = Math.max(...moments);
  const left = firstDeparture(reports);
  const isSilent = silenceMs !== null && now - last > silenceMs;
  const to = left === null ? (isSilent ? last : Infinity) : left.at;
  return { from, to: Math.max(from, to) };
}

/** An observer at a place: its room, in the order in which rooms became known. */
export interface Watching {
  roomId: number;
  watched: WatchedTime | null;
}

/**
 * Of observers at one place, which room each one's meeting is in: those that watched at one time watched one meeting,
 * and it is in the room that was known first. In any order the same.
 */
export function togetherAt(all: readonly Watching[]): Map<number, number> {
  const home = new Map(all.map(({ roomId }) => [roomId, roomId]));
  let together: { until: Ms; rooms: number[] } | null = null;
  const known = all.flatMap(({ roomId, watched }) => (watched ? [{ roomId, ...watched }] : []));
  for (const { roomId, from, to } of known.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (together !== null && from < together.until) {
      together.rooms.push(roomId);
      together.until = Math.max(together.until, to);
    } else {
      together = { until: to, rooms: [roomId] };
    }
    const first = Math.min(...together.rooms);
    for (const one of together.rooms) home.set(one, first);
  }
  return home;
}

/** The places of services whose addresses name a meeting by their path alone; the rest of them is passwords. */
const NAMED_BY_PATH =
  /(^|\.)(meet\.google\.com|zoom\.us|zoomgov\.com|teams\.(microsoft|live)\.com)$/;
const MOST_LENGTH = 500;

/**
 * The place of a meeting by its address: the same for each way of writing it, and without passwords. `null` for what is
 * no address.
 */
export function placeOf(address: string): string | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const path = url.pathname.replace(/\/+$/, "");
  const query = NAMED_BY_PATH.test(url.hostname) ? "" : url.search;
  const place = `${url.host}${path}${query}`;
  return path === "" && query === "" ? null : place.slice(0, MOST_LENGTH);
}
