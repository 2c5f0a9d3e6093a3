import { use, useCallback, useMemo, useSyncExternalStore } from "react";
import { liveKey } from "./cache.ts";
import { useLiveParts } from "./live-provider.tsx";
import { isUnread, type LiveState } from "./live-state.ts";
import { OpenedLive } from "./opened-live.tsx";
import { stableSelector } from "./stable-selector.ts";

/**
 * A slice of the live floor; drawn again only when the slice says something else. A selection that makes something
 * new each time must itself stay the same.
 */
export function useLive<T>(select: (live: LiveState) => T): T {
  const { cache } = useLiveParts();
  const opened = use(OpenedLive);
  const subscribe = useCallback((listener: () => void) => cache.watch(liveKey, listener), [cache]);
  const read = useMemo(
    () =>
      stableSelector((live: LiveState) =>
        select(opened !== null && isUnread(live) ? opened : live),
      ),
    [select, opened],
  );
  // What was heard since must not be in the first drawing: the server has drawn what the page was opened with.
  return useSyncExternalStore(
    subscribe,
    () => read(cache.floor()),
    () => read(opened ?? cache.opened),
  );
}
