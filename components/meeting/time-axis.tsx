"use client";

import { useLive } from "#components/live/live-provider.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import { type Axis, stepOf, ticksOf } from "#domain/timeline.ts";
import { TrackRow } from "./track-row.tsx";

const DAY_MS = 86_400_000;

/** The clock times of the axis. Every lane says its own times, so it is for the eye only. */
export function TimeAxis({ axis }: { axis: Axis }) {
  const { timeZone } = useLive();
  const face = ClockFace.in(timeZone);
  const step = useTickStep(axis);
  const label = (at: number) => {
    if (step >= DAY_MS) return face.day(at);
    return step < 60_000 ? face.second(at) : face.minute(at);
  };
  return (
    <TrackRow label="">
      <div aria-hidden className="num relative h-5 text-[11.5px] text-ink-3">
        {ticksOf(axis, step, face.offsetMs(axis.from)).map(({ at, left }) => (
          <span
            key={at}
            className={`absolute bottom-0.5 whitespace-nowrap ${shift(left)}`}
            style={{ left: `${left}%` }}
          >
            {label(at)}
          </span>
        ))}
      </div>
    </TrackRow>
  );
}

/** The lines of the axis behind the lanes. */
export function TickLines({ axis }: { axis: Axis }) {
  const { timeZone } = useLive();
  const ticks = ticksOf(axis, useTickStep(axis), ClockFace.in(timeZone).offsetMs(axis.from));
  return ticks.map(({ at, left }) => (
    <span key={at} className="absolute inset-y-0 w-px bg-line/60" style={{ left: `${left}%` }} />
  ));
}

function useTickStep(axis: Axis): number {
  const isNarrow = useMedia("(width < 40rem)");
  return stepOf(axis, isNarrow ? 5 : 9);
}

/** Labels stand in the middle of their tick, but not over the edge of a narrow screen. */
function shift(left: number): string {
  if (left < 6) return "sm:-translate-x-1/2";
  return left > 94 ? "-translate-x-full sm:-translate-x-1/2" : "-translate-x-1/2";
}
