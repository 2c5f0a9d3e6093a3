import { useSyncExternalStore } from "react";
import type { Ms } from "#domain/time/ms.ts";
import { useLiveParts } from "./live-provider.tsx";

/**
 * What the time up to which is known what happens means to a component, which is drawn again only when that changes.
 * It stands still while the page is not level with the server.
 */
export function useClock<T extends number | string | boolean>(read: (now: Ms) => T): T {
  const { known, openedAt } = useLiveParts();
  return useSyncExternalStore(
    known.subscribe,
    () => read(known.now()),
    () => read(openedAt),
  );
}

/** The same time, moving in steps of `everyMs`. */
export function useNow(everyMs: Ms = 1000): Ms {
  return useClock((now) => Math.floor(now / everyMs) * everyMs);
}

/** The same of the server's time, which never stands: for the time of day, and for how long nothing was heard. */
export function useServerTime(read: (now: Ms) => Ms): Ms {
  const { clock, openedAt } = useLiveParts();
  return useSyncExternalStore(
    clock.subscribe,
    () => read(clock.now()),
    () => read(openedAt),
  );
}
