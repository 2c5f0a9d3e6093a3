"use client";

import type { Freshness } from "#components/sync/freshness.ts";
import { useFreshness } from "#components/sync/use-freshness.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";

const WORDS: Record<Freshness["state"], string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  stale: "No connection",
};

/** Shape and text show the state; the colour only repeats it. */
const DOTS: Record<Freshness["state"], string> = {
  connecting: "border-2 border-ink-3",
  live: "bg-present",
  reconnecting: "border-2 border-waiting",
  stale: "rounded-[2px]! bg-lost",
};

/** Whether what is shown is from now, and else from when. */
export function SharedFreshness({ className = "" }: { className?: string }) {
  const freshness = useFreshness();
  const clockFormat = useTodaysClockFormat();
  return (
    <p role="status" className={`num flex items-center gap-2 text-ink-2 ${className}`}>
      <span className={`size-[0.66em] flex-none rounded-full ${DOTS[freshness.state]}`} />
      <span>
        <span className="font-firm text-ink">{WORDS[freshness.state]}</span>
        {"since" in freshness && ` · as of ${clockFormat.second(freshness.since)}`}
      </span>
    </p>
  );
}
