"use client";

import { useEffect, useState } from "react";
import { namingZones, type ZoneNames } from "#domain/zones/names.ts";
import { whenIdle } from "./when-idle.ts";

/** As long as nobody notices that the page is at work. */
const SLICE_MS = 16;
const NONE: ReadonlyMap<string, ZoneNames> = new Map();

/** What zones are called, none at first: in English and in the language of this browser, worked out piece by piece once shown. */
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
