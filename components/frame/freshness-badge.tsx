"use client";

import { useLive } from "#components/live/live-provider.tsx";
import { useFloor } from "#components/live/use-floor.ts";
import { type Freshness, useFreshness } from "#components/live/use-freshness.ts";
import { useNow } from "#components/live/use-now.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import { formatAgo } from "#components/words/duration.ts";
import { fromWireTime } from "#domain/wire.ts";

const WORDS: Record<Freshness["state"], string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  stale: "Stale",
};

/** Shape and word tell the state; the colour only repeats it. */
const DOTS: Record<Freshness["state"], string> = {
  connecting: "border-2 border-ink-3",
  live: "bg-present beats",
  reconnecting: "border-2 border-waiting",
  stale: "rounded-[2px]! bg-lost",
};

/** Whether what is seen is level with the server, and how old the last event is. */
export function FreshnessBadge() {
  const freshness = useFreshness();
  return (
    <>
      {/* The age changes each second: only a change of state is read out. */}
      <p
        role="status"
        aria-live="off"
        className="num flex items-center gap-2 whitespace-nowrap text-ink-2 text-xs"
      >
        <span className={`size-2 flex-none rounded-full ${DOTS[freshness.state]}`} />
        <span>
          <span className="font-[540] text-ink">{WORDS[freshness.state]}</span>
          <span className="max-sm:hidden">
            {" · "}
            <Age freshness={freshness} />
          </span>
        </span>
      </p>
      <span aria-live="polite" className="sr-only">
        {freshness.state === "connecting" ? "" : WORDS[freshness.state]}
      </span>
    </>
  );
}

function Age({ freshness }: { freshness: Freshness }) {
  const now = useNow();
  const { timeZone } = useLive();
  const lastEventAt = useFloor((floor) => floor.last_event_at);
  if (freshness.state === "stale") return `as of ${ClockFace.in(timeZone).second(freshness.since)}`;
  if (lastEventAt === null) return "no events yet";
  return `last event ${formatAgo(now - fromWireTime(lastEventAt))}`;
}
