"use client";

import type { CSSProperties, ReactNode } from "react";
import { useClock } from "#components/live/use-now.ts";
import { type Axis, percentOf } from "#domain/timeline.ts";

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
  const now = useClock((at) => (runs ? percentOf(at, axis).toFixed(3) : "100"));
  const style: CSSProperties & Record<"--now", string> = { "--now": `${now}%` };
  return (
    <div className="relative pb-3" style={style}>
      {children}
    </div>
  );
}
