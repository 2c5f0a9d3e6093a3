import { use, useCallback, useSyncExternalStore } from "react";
import { LiveContext } from "./live-provider.tsx";
import { isStale } from "./use-freshness.ts";

/** Whether what is shown can be believed; `level` too where nothing is live. */
export type Standing = "level" | "stale" | "halted";

export function useStanding(): Standing {
  const live = use(LiveContext);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (live === null) return () => undefined;
      const stores = [live.link, live.recording, live.clock];
      const stops = stores.map((store) => store.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [live],
  );
  const read = (): Standing => {
    if (live === null) return "level";
    if (isStale(live.link.get(), live.clock.now())) return "stale";
    return live.recording.get().halted === null ? "level" : "halted";
  };
  return useSyncExternalStore(subscribe, read, () => "level");
}
