"use client";

import type { KeyboardEvent, RefObject } from "react";
import { TrackRow } from "#components/meeting/parts/track-row.tsx";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useNow } from "#components/sync/use-now.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { changesOf } from "#domain/meeting/moment.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, percentOf } from "#domain/timeline/timeline.ts";
import { changeNextTo, momentAfter, type Reach } from "./moment-keys.ts";
import { momentWords } from "./moment-words.ts";
import type { AsOfDrag } from "./use-as-of-drag.ts";
import { useReach } from "./use-reach.ts";

/** The description of now does not follow every second. */
const READ_OUT_EVERY_MS = 15_000;

/** The handle of the as-of line, which is dragged over the timeline to show a moment; at rest it is at now. */
export function AsOfHandle({
  view,
  axis,
  at,
  graceMs,
  track,
  handle,
  drag,
  onMove,
}: {
  view: MeetingView;
  axis: Axis;
  at: Ms | null;
  graceMs: Ms;
  track: RefObject<HTMLDivElement | null>;
  handle: RefObject<HTMLDivElement | null>;
  drag: AsOfDrag;
  onMove: (at: Ms | null) => void;
}) {
  const clockFormat = useClockFormat();
  const reachOf = useReach(axis, view.status !== "ended");
  useNow(READ_OUT_EVERY_MS);
  const { until } = reachOf();

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const reach = reachOf();
    const from = at ?? reach.until;
    const next = nextOf(event, from, reach, view);
    if (next === null) return;
    event.preventDefault();
    onMove(next >= reach.until ? null : next);
  };

  const secondsFrom = (moment: Ms) => Math.max(0, Math.round((moment - axis.from) / 1000));
  const leftPercent = at === null ? null : percentOf(at, axis);
  return (
    <TrackRow label="">
      <div
        ref={track}
        {...drag.onTrack}
        className="relative -mt-2 h-6 cursor-ew-resize touch-pan-y select-none"
      >
        <span aria-hidden className="until-now absolute inset-x-0 top-1/2 h-px bg-line" />
        <div
          ref={handle}
          role="slider"
          tabIndex={0}
          aria-label="As of"
          aria-valuemin={0}
          aria-valuemax={secondsFrom(until)}
          aria-valuenow={secondsFrom(at ?? until)}
          aria-valuetext={at === null ? "now" : momentWords(view, at, graceMs, clockFormat)}
          {...drag.onHandle}
          onKeyDown={onKeyDown}
          title={at === null ? "Drag to look back" : undefined}
          className={`group -translate-x-1/2 -translate-y-1/2 absolute top-1/2 z-1 grid size-6 cursor-ew-resize touch-pan-y place-items-center rounded-full outline-none ${leftPercent === null ? "at-now" : ""}`}
          style={leftPercent === null ? undefined : { left: `${leftPercent}%` }}
        >
          <span
            className={`bar size-3 rounded-full border-2 border-ink outline-focus outline-offset-2 transition-[scale] group-hover:scale-115 group-focus-visible:outline-2 motion-reduce:transition-none ${at === null ? "bg-surface" : "bg-ink"}`}
          />
        </div>
        {at !== null && leftPercent !== null && (
          <span
            aria-hidden
            className="num pointer-events-none absolute bottom-full z-1 mb-0.5 whitespace-nowrap rounded-md bg-ink px-1.75 py-0.5 font-firm text-mark text-ground"
            style={{ left: `${leftPercent}%`, translate: `-${leftPercent}% 0` }}
          >
            {clockFormat.second(at)}
          </span>
        )}
      </div>
    </TrackRow>
  );
}

function nextOf(event: KeyboardEvent, from: Ms, reach: Reach, view: MeetingView): Ms | null {
  switch (event.key) {
    case ",":
      return changeNextTo(changesOf(view), from, "before", reach);
    case ".":
      return changeNextTo(changesOf(view), from, "after", reach) ?? reach.until;
    default:
      return momentAfter(event, from, reach);
  }
}
