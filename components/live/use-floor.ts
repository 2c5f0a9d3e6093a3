import { use, useCallback, useMemo, useSyncExternalStore } from "react";
import { floorKey } from "./cache.ts";
import { keeping } from "./kept.ts";
import { isUnread, type KnownFloor } from "./known-floor.ts";
import { useLive } from "./live-provider.tsx";
import { OpenedFloor } from "./opened-floor.tsx";

/**
 * A slice of the live floor; drawn again only when the slice says something else. A selection that makes something
 * new each time must itself stay the same.
 */
export function useFloor<T>(select: (floor: KnownFloor) => T): T {
  const { cache } = useLive();
  const opened = use(OpenedFloor);
  const subscribe = useCallback((listener: () => void) => cache.watch(floorKey, listener), [cache]);
  const read = useMemo(
    () =>
      keeping((floor: KnownFloor) => select(opened !== null && isUnread(floor) ? opened : floor)),
    [select, opened],
  );
  // What was heard since must not be in the first drawing: the server has drawn what the page was opened with.
  return useSyncExternalStore(
    subscribe,
    () => read(cache.floor()),
    () => read(opened ?? cache.opened),
  );
}
