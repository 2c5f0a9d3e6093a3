import { skipToken, useQuery } from "@tanstack/react-query";
import { use, useCallback } from "react";
import { floorKey } from "./cache.ts";
import { isUnread, type KnownFloor } from "./known-floor.ts";
import { OpenedFloor } from "./opened-floor.tsx";

/**
 * A slice of the live floor; drawn again only when the slice is another. A selection that makes something new
 * each time must itself stay the same.
 */
export function useFloor<T>(select: (floor: KnownFloor) => T): T {
  const opened = use(OpenedFloor);
  const read = useCallback(
    (floor: KnownFloor) => select(opened !== null && isUnread(floor) ? opened : floor),
    [select, opened],
  );
  const { data } = useQuery<KnownFloor, Error, T>({
    queryKey: floorKey,
    queryFn: skipToken,
    select: read,
  });
  if (data === undefined) throw new Error("The floor is known before anything is drawn");
  return data;
}
