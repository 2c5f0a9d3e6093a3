"use client";

import { useMemo } from "react";
import { STEPS_WINDOW_MS } from "#components/sync/live-state.ts";
import { useNow } from "#components/sync/use-now.ts";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import type { Step } from "#domain/meeting/occupancy.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { outlineOf } from "#domain/timeline/timeline.ts";

const WIDTH = 100;
const HEIGHT = 26;

/** People in a meeting over the last half hour. For the eye only: the number is beside it. */
export function Sparkline({ steps: sent }: { steps: LiveSnapshot["steps"][string] }) {
  const now = useNow(15_000);
  const steps = useMemo(
    () => sent.map(({ at, count }) => ({ at: fromWireTime(at), count })),
    [sent],
  );
  const line = useMemo(() => lineOf(steps, now), [steps, now]);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-6.5 w-full overflow-visible"
    >
      <path d={`${line}V${HEIGHT}H0Z`} className="fill-present-soft" />
      <path
        d={line}
        className="fill-none stroke-present"
        strokeWidth="1.4"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function lineOf(steps: readonly Step[], now: number): string {
  const most = steps.reduce((peak, { count }) => Math.max(peak, count), 1);
  const axis = { from: now - STEPS_WINDOW_MS, to: now };
  return outlineOf(steps, axis, most)
    .map(({ x, y }, index) => {
      const point = `${round((x / 100) * WIDTH)},${round(HEIGHT - 1 - (y / 100) * (HEIGHT - 4))}`;
      return `${index === 0 ? "M" : "L"}${point}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
