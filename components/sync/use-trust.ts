import { use, useCallback, useSyncExternalStore } from "react";
import type { Trust } from "./freshness.ts";
import { LiveContext } from "./live-provider.tsx";

/** Whether what is shown can be believed; `level` too where nothing is live. */
export function useTrust(): Trust["state"] {
  const known = use(LiveContext)?.known;
  const subscribe = useCallback(
    (listener: () => void) => known?.subscribe(listener) ?? (() => undefined),
    [known],
  );
  return useSyncExternalStore(
    subscribe,
    () => known?.standing().state ?? "level",
    () => "level",
  );
}
