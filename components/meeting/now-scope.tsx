"use client";

import type { CSSProperties, ReactNode } from "react";
import { useClock } from "#components/sync/use-now.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, percentOf } from "#domain/timeline/timeline.ts";

/** Tells everything inside where now is, by one style: what runs grows without being drawn again. */
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

/** No finer than half a pixel: each step has every lane styled anew, and between them nobody sees one. */
function percentOfNow(at: Ms, axis: Axis): string {
  return (Math.floor(percentOf(at, axis) * 20) / 20).toFixed(2);
}
