"use client";

import { useEffect, useState } from "react";
import { namingZones, type ZoneNames } from "#domain/zones/names.ts";
import { whenIdle } from "./when-idle.ts";

/** Short enough that the reader does not notice the work. */
const SLICE_MS = 16;
const NONE: ReadonlyMap<string, ZoneNames> = new Map();

/** The names of zones in English and in this browser's language: empty at first, then filled batch by batch. */
export function useZoneNames(zones: readonly string[]): ReadonlyMap<string, ZoneNames> {
  const [names, setNames] = useState(NONE);
  useEffect(() => {
    const naming = namingZones(zones, navigator.language || "en", Date.now());
    let stop = () => {};
    const goOn = () => {
      const until = performance.now() + SLICE_MS;
      while (performance.now() < until) {
        const step = naming.next();
        if (step.done === true) return setNames(step.value);
      }
      stop = whenIdle(goOn);
    };
    stop = whenIdle(goOn);
    return () => stop();
  }, [zones]);
  return names;
}
