"use client";

import { WifiOff } from "lucide-react";
import { useFreshness } from "#components/sync/use-freshness.ts";
import { useOutdated } from "#components/sync/use-outdated.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";

/** A notice above every screen that the page may be out of date. */
export function StaleNotice() {
  const freshness = useFreshness();
  const clockFormat = useTodaysClockFormat();
  const isOutdated = useOutdated();
  if (freshness.state !== "stale" || isOutdated) return null;
  return (
    <p className="mb-4 flex items-center gap-2.5 rounded-lg bg-lost-soft px-3.5 py-2.5 text-dense text-lost-ink min-[112.5rem]:text-lead">
      <WifiOff aria-hidden className="size-4 flex-none" />
      <span>
        No connection to the server since {clockFormat.second(freshness.since)}. What you see is
        from then; it catches up by itself once the connection is back.
      </span>
    </p>
  );
}
