import { useEffect, useState } from "react";
import { useFreshness } from "#components/sync/use-freshness.ts";

/** Until then whatever a page needs to be shown and to be live is long here, also by a slow line. */
const RESTS_AFTER_MS = 5_000;

/** Whether the page has been live for a while: what hardly anybody needs before is loaded then. */
export function useIsAtRest(): boolean {
  const isLive = useFreshness().state === "live";
  const [isAtRest, setAtRest] = useState(false);
  useEffect(() => {
    if (!isLive || isAtRest) return undefined;
    const timer = setTimeout(() => setAtRest(true), RESTS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isLive, isAtRest]);
  return isAtRest;
}
