"use client";

import type { ReactNode } from "react";
import type { Freshness } from "#components/sync/freshness.ts";
import { useFreshness } from "#components/sync/use-freshness.ts";
import { useLive } from "#components/sync/use-live.ts";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { useTrouble } from "#components/sync/use-trouble.ts";
import { agoWords } from "#components/words/ago-words.ts";
import { troubleWords } from "#components/words/recording-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

const WORDS: Record<Freshness["state"], string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  stale: "Stale",
};

/** Shape and text show the state; the colour only repeats it. */
const DOTS: Record<Freshness["state"], string> = {
  connecting: "border-2 border-ink-3",
  live: "bg-present beats",
  reconnecting: "border-2 border-waiting",
  stale: "rounded-[2px]! bg-lost",
};

/**
 * Whether the page is up to date with the server, and how old the last event is; or that nothing new is recorded. The
 * age changes each second, so screen readers get changes from `Announcer` instead.
 */
export function FreshnessBadge() {
  const freshness = useFreshness();
  const { now, ...trouble } = useTrouble();
  const words = troubleWords(trouble, now, useTodaysClockFormat());
  // Once the connection is lost, a trouble reported before may be over.
  if (words !== null && (freshness.state === "live" || freshness.state === "connecting")) {
    return (
      <Badge dot={NOT_RECORDING}>
        <span className="font-firm text-lost-ink">{words.short}</span>
        <span className="max-sm:hidden">{words.rest}</span>
      </Badge>
    );
  }
  return (
    <Badge dot={DOTS[freshness.state]}>
      <span className="font-firm text-ink">{WORDS[freshness.state]}</span>
      <span className="max-sm:hidden">
        {" · "}
        <Age freshness={freshness} />
      </span>
    </Badge>
  );
}

const NOT_RECORDING = "rounded-[2px]! border-2 border-lost";

/** Wraps at the side of the screen, and is cut short at the top, where there is room for one line only. */
function Badge({ dot, children }: { dot: string; children: ReactNode }) {
  return (
    <p
      role="status"
      aria-live="off"
      className="num flex min-w-0 items-center gap-2 text-ink-2 text-caption"
    >
      <span className={`size-2 flex-none rounded-full ${dot}`} />
      <span className="min-w-0 max-lg:truncate lg:wrap-anywhere">{children}</span>
    </p>
  );
}

function Age({ freshness }: { freshness: Freshness }) {
  const now = useNow();
  const clockFormat = useTodaysClockFormat();
  const lastEventAt = useLive((snapshot) => snapshot.last_event_at);
  if ("since" in freshness) return `as of ${clockFormat.second(freshness.since)}`;
  if (lastEventAt === null) return "no events yet";
  return `last event ${agoWords(fromWireTime(lastEventAt), now, clockFormat)}`;
}
