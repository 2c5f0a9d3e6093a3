import { useSyncExternalStore } from "react";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { useLiveParts } from "./live-provider.tsx";
import { useServerTime } from "./use-now.ts";

export function useFreshness(): Freshness {
  const { link } = useLiveParts();
  const status = useSyncExternalStore(link.subscribe, link.get, link.get);
  return freshnessOf(
    status,
    useServerTime((now) => now),
  );
}
