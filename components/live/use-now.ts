import { useSyncExternalStore } from "react";
import type { Ms } from "#domain/event.ts";
import { useLive } from "./live-provider.tsx";

/** What the server's time means to a component, which is drawn again only when that changes. */
export function useClock<T extends number | string | boolean>(read: (now: Ms) => T): T {
  const { clock, openedAt } = useLive();
  return useSyncExternalStore(
    clock.subscribe,
    () => read(clock.now()),
    () => read(openedAt),
  );
}

/** The server's time, moving in steps of `everyMs`. */
export function useNow(everyMs: Ms = 1000): Ms {
  return useClock((now) => Math.floor(now / everyMs) * everyMs);
}
