import { use, useCallback, useSyncExternalStore } from "react";
import type { Trust } from "./freshness.ts";
import { PageTimeContext } from "./page-time.ts";

/** Whether the page is up to date with the server. `level` also outside a page with a time, where nothing is live. */
export function useTrust(): Trust["state"] {
  const time = use(PageTimeContext)?.time;
  const subscribe = useCallback(
    (listener: () => void) => time?.subscribe(listener) ?? (() => undefined),
    [time],
  );
  return useSyncExternalStore(
    subscribe,
    () => time?.standing().state ?? "level",
    () => "level",
  );
}
