import { TrackOverlay } from "#components/meeting/track-row.tsx";
import { type Axis, placeOf } from "#domain/timeline.ts";
import type { Window } from "#domain/window.ts";

/** A window over the lanes below it. */
export function WindowBand({ window, axis }: { window: Window; axis: Axis }) {
  const { left, width } = placeOf(window, axis);
  return (
    <TrackOverlay>
      <span
        className="absolute inset-y-0 border-focus/50 border-x bg-focus/6"
        style={{ left: `${left}%`, width: `${width}%` }}
      />
    </TrackOverlay>
  );
}
