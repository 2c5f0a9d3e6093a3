import { useSyncExternalStore } from "react";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { usePageTime } from "./page-time.ts";
import { useServerTime } from "./use-now.ts";

export function useFreshness(): Freshness {
  const { link } = usePageTime();
  const status = useSyncExternalStore(link.subscribe, link.get, link.get);
  return freshnessOf(
    status,
    useServerTime((now) => now),
  );
}
