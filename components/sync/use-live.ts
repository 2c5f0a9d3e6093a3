import { use, useCallback, useMemo, useSyncExternalStore } from "react";
import { useLiveParts } from "./live-provider.tsx";
import { isUnread, type LiveState } from "./live-state.ts";
import { OpenedLive } from "./opened-live.tsx";
import { queryKeys } from "./query-keys.ts";
import { stableSelector } from "./stable-selector.ts";

/**
 * A slice of the live state; the component is rendered again only when the slice changes. `select` must be a stable
 * function if it builds a new object each time.
 */
export function useLive<T>(select: (live: LiveState) => T): T {
  const { cache } = useLiveParts();
  const opened = use(OpenedLive);
  const subscribe = useCallback(
    (listener: () => void) => cache.watch(queryKeys.live, listener),
    [cache],
  );
  const read = useMemo(
    () =>
      stableSelector((live: LiveState) =>
        select(opened !== null && isUnread(live) ? opened : live),
      ),
    [select, opened],
  );
  // The first rendering must equal the server's, so it leaves out what was received since the page was opened.
  return useSyncExternalStore(
    subscribe,
    () => read(cache.live()),
    () => read(opened ?? cache.opened),
  );
}
