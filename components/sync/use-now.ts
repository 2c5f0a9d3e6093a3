import { useSyncExternalStore } from "react";
import type { Ms } from "#domain/time/ms.ts";
import { usePageTime } from "./page-time.ts";

/**
 * Reads a value from the time up to which the page has the server's facts; the component is rendered again only when
 * the value changes. That time stands still while the page is not up to date with the server.
 */
export function useClock<T extends number | string | boolean>(read: (now: Ms) => T): T {
  const { time, openedAt } = usePageTime();
  return useSyncExternalStore(
    time.subscribe,
    () => read(time.now()),
    () => read(openedAt),
  );
}

/** The same time, moving in steps of `everyMs`. */
export function useNow(everyMs: Ms = 1000): Ms {
  return useClock((now) => Math.floor(now / everyMs) * everyMs);
}

/**
 * Reads a value from the server's time, which never stands still: for the time of day, and for how long nothing was
 * received.
 */
export function useServerTime(read: (now: Ms) => Ms): Ms {
  const { clock, openedAt } = usePageTime();
  return useSyncExternalStore(
    clock.subscribe,
    () => read(clock.now()),
    () => read(openedAt),
  );
}
