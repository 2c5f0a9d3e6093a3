import { performance } from "node:perf_hooks";
import type { Ms } from "#domain/event.ts";
import { FIRST_MEETINGS } from "#domain/floor-place.ts";
import type { Floor } from "#domain/wire.ts";
import { readFloor, readFrame } from "./floor.ts";

/** Twice as long as it took, and at least so long, a reading is good for the next page. */
const GOOD_FOR_MS = 250;

/** A reading for pages, which read again once their sockets watch: the one under way, or a recent one. */
export function recent<T>(
  read: () => Promise<T>,
  now: () => Ms = () => performance.now(),
): () => Promise<T> {
  let last: { reading: Promise<T>; until: Ms } | null = null;
  return () => {
    if (last !== null && now() < last.until) return last.reading;
    const begun = now();
    const own = { reading: read(), until: Number.POSITIVE_INFINITY };
    last = own;
    own.reading.then(
      () => {
        own.until = begun + Math.max(GOOD_FOR_MS, (now() - begun) * 2);
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
export const frameForPages: () => Promise<Floor> = recent(() => readFrame());

/** What the live page opens with. */
export const floorForPages: () => Promise<Floor> = recent(() =>
  readFloor(undefined, undefined, FIRST_MEETINGS),
);
