import { performance } from "node:perf_hooks";
import type { Ms } from "#domain/event.ts";
import { FIRST_MEETINGS } from "#domain/floor-place.ts";
import type { Floor } from "#domain/wire.ts";
import { readFloor, readFrame } from "./floor.ts";

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

/** What the frame around every page opens with. */
export const frameForPages: () => Promise<Floor> = recent(() => readFrame(), GOOD_FOR_PAGES_MS);

/** What the live page opens with. */
export const floorForPages: () => Promise<Floor> = recent(
  () => readFloor(undefined, undefined, FIRST_MEETINGS),
  GOOD_FOR_PAGES_MS,
);
