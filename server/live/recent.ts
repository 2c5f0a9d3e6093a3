import { performance } from "node:perf_hooks";
import { sightNow } from "#db/access/sight/seeing.ts";
import { isWhole, sightKey } from "#domain/access/sight.ts";
import { FIRST_MEETINGS } from "#domain/live/live-position.ts";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { shown } from "#server/http/shown.ts";
import { readFrame, readLive } from "./snapshot.ts";

/** Pages may open with a reading this old: they read again once their sockets watch. */
const GOOD_FOR_PAGES_MS = 250;

/**
 * Shares one reading among all callers: the one under way, or the last one for `goodForMs`, or for twice as long
 * as it took where that is more.
 */
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
      // A failure is not shared with later callers.
      () => {
        if (last === own) last = null;
      },
    );
    return own.reading;
  };
}

/** Each zone in which pages were opened lately has its own reading, and so has each sight. */
const MOST_READINGS = 50;

function byViewer(
  read: (zone: string) => Promise<LiveSnapshot>,
): (zone: string) => Promise<LiveSnapshot> {
  const readings = new Map<string, () => Promise<LiveSnapshot>>();
  return (zone) => {
    const sight = sightNow();
    const name = isWhole(sight) ? zone : `${zone} ${sightKey(sight)}`;
    const existing = readings.get(name);
    if (existing !== undefined) return existing();
    if (readings.size >= MOST_READINGS) readings.clear();
    const own = recent(async () => shown(await read(zone)), GOOD_FOR_PAGES_MS);
    readings.set(name, own);
    return own();
  };
}

/** What the frame around every page opens with. */
export const frameForPages = byViewer((zone) => readFrame(undefined, undefined, zone));

/** What the live page opens with. */
export const liveForPages = byViewer((zone) =>
  readLive(undefined, undefined, FIRST_MEETINGS, zone),
);
