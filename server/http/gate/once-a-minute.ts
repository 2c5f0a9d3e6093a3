import type { Ms } from "#domain/time/ms.ts";

const MINUTE_MS = 60_000;

/** A function that is true for each name at most once a minute, also where the clock was set back. */
export function onceAMinute(): (name: string, now: Ms) => boolean {
  const lastTrueAt = new Map<string, Ms>();
  return (name, now) => {
    const last = lastTrueAt.get(name);
    if (last !== undefined && Math.abs(now - last) < MINUTE_MS) return false;
    lastTrueAt.set(name, now);
    return true;
  };
}
