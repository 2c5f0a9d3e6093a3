import { performance } from "node:perf_hooks";
import { FIRST_MEETINGS } from "#domain/live/live-position.ts";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { readFrame, readLive } from "./snapshot.ts";

/** Pages read again once their sockets watch. */
const GOOD_FOR_PAGES_MS = 250;

/** One reading for everybody: that under way, or one so recent, and no older than twice what it took. */
export function recent<T>(read: () => Promise<T>, goodForMs: Ms): () => Promise<T> {
  const now = () => performance.now();
  let last: { reading: Promise<T>; until: Ms } | null = null;
  return () => {
    if (last !== null && now() < last.until) return last.reading;
    const begun = now();
    const own = { reading: read(), until: Number.POSITIVE_INFINITY };
    last = own;
    own.reading.then(
      () => {
        own.until = begun + Math.max(goodForMs, (now() - begun) * 2);
      },
      // A failure is nobody else's.
      () => {
        if (last === own) last = null;
      },
    );
    return own.reading;
  };
}

/** Every zone in which pages were opened of late has a reading of its own. */
const MOST_ZONES = 50;

function byZone(
  read: (zone: string) => Promise<LiveSnapshot>,
): (zone: string) => Promise<LiveSnapshot> {
  const readings = new Map<string, () => Promise<LiveSnapshot>>();
  return (zone) => {
    const known = readings.get(zone);
    if (known !== undefined) return known();
    if (readings.size >= MOST_ZONES) readings.clear();
    const own = recent(() => read(zone), GOOD_FOR_PAGES_MS);
    readings.set(zone, own);
    return own();
  };
}

/** What the frame around every page opens with. */
export const frameForPages = byZone((zone) => readFrame(undefined, undefined, zone));

/** What the live page opens with. */
export const liveForPages = byZone((zone) => readLive(undefined, undefined, FIRST_MEETINGS, zone));
