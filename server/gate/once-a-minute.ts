import type { Ms } from "#domain/time/ms.ts";

const MINUTE_MS = 60_000;

/** Tells of each name whether a minute has gone by since it last said so; also where the clock was set back. */
export function onceAMinute(): (name: string, now: Ms) => boolean {
  const said = new Map<string, Ms>();
  return (name, now) => {
    const last = said.get(name);
    if (last !== undefined && Math.abs(now - last) < MINUTE_MS) return false;
    said.set(name, now);
    return true;
  };
}
