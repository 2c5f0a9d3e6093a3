import { skipToken, useQuery } from "@tanstack/react-query";
import { floorKey } from "./cache.ts";
import type { KnownFloor } from "./known-floor.ts";

/** A slice of the live floor; drawn again only when the slice is another. */
export function useFloor<T>(select: (floor: KnownFloor) => T): T {
  const { data } = useQuery<KnownFloor, Error, T>({
    queryKey: floorKey,
    queryFn: skipToken,
    select,
  });
  if (data === undefined) throw new Error("The floor is known before anything is drawn");
  return data;
}
