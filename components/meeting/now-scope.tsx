"use client";

import type { CSSProperties, ReactNode } from "react";
import { useClock } from "#components/sync/use-now.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, percentOf } from "#domain/timeline/timeline.ts";

/** Sets the position of now as one style for everything inside: running bars grow without being rendered again. */
export function NowScope({
  axis,
  runs,
  children,
}: {
  axis: Axis;
  runs: boolean;
  children: ReactNode;
}) {
  const now = useClock((at) => (runs ? percentOfNow(at, axis) : "100"));
  const style: CSSProperties & Record<"--now", string> = { "--now": `${now}%` };
  return (
    <div className="relative pb-3" style={style}>
      {children}
    </div>
  );
}

/** In steps of 0.05 %, about half a pixel: each step restyles every lane, and a finer one would not be seen. */
function percentOfNow(at: Ms, axis: Axis): string {
  return (Math.floor(percentOf(at, axis) * 20) / 20).toFixed(2);
}
