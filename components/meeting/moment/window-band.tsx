import { TrackOverlay } from "#components/meeting/parts/track-row.tsx";
import type { TimeWindow } from "#domain/meeting/window.ts";
import { type Axis, lanePositionOf } from "#domain/timeline/timeline.ts";

/** A window over the lanes below it. */
export function WindowBand({ window, axis }: { window: TimeWindow; axis: Axis }) {
  const { left, width } = lanePositionOf(window, axis);
  return (
    <TrackOverlay>
      <span
        className="absolute inset-y-0 border-focus/50 border-x bg-focus/6"
        style={{ left: `${left}%`, width: `${width}%` }}
      />
    </TrackOverlay>
  );
}
