"use client";

import { type RefObject, useEffect, useState } from "react";
import { usePageTime } from "#components/sync/page-time.ts";
import { countAt, type Step } from "#domain/meeting/occupancy.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { useClockFormat } from "./parts/use-clock-format.tsx";

interface Spot {
  x: number;
  y: number;
  at: number;
}

/** Under the pointer: the time there, and how many people were in then. For the eye only. */
export function Crosshair({
  tracks,
  axis,
  steps,
}: {
  tracks: RefObject<HTMLElement | null>;
  axis: Axis;
  steps: readonly Step[];
}) {
  const { time } = usePageTime();
  const clockFormat = useClockFormat();
  const [spot, setSpot] = useState<Spot | null>(null);
  useEffect(() => {
    const area = tracks.current?.closest("[data-lanes]");
    if (!area) return undefined;
    const move = (event: Event) => {
      if (!(event instanceof PointerEvent)) return;
      const box = tracks.current?.getBoundingClientRect();
      const around = area.getBoundingClientRect();
      if (event.pointerType !== "mouse" || !box) return;
      const share = (event.clientX - box.left) / box.width;
      const at = axis.from + share * (axis.to - axis.from);
      const isInside = share >= 0 && share <= 1 && at <= time.now();
      setSpot(
        isInside ? { x: event.clientX - around.left, y: event.clientY - around.top, at } : null,
      );
    };
    const leave = () => setSpot(null);
    area.addEventListener("pointermove", move);
    area.addEventListener("pointerleave", leave);
    return () => {
      area.removeEventListener("pointermove", move);
      area.removeEventListener("pointerleave", leave);
    };
  }, [tracks, axis, time]);
  if (spot === null) return null;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 z-2 overflow-hidden">
      <span className="absolute inset-y-0 w-px bg-ink/50" style={{ left: spot.x }} />
      <span
        className="num absolute whitespace-nowrap rounded-md bg-ink px-1.75 py-0.5 text-mark text-ground"
        style={{ left: spot.x, top: Math.max(0, spot.y - 30), translate: "8px 0" }}
      >
        {clockFormat.second(spot.at)} · {countAt(steps, spot.at)} in
      </span>
    </div>
  );
}
