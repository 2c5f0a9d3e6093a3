import { TrackOverlay } from "#components/meeting/track-row.tsx";
import type { Ms } from "#domain/event.ts";
import type { Axis } from "#domain/timeline.ts";
import { percentOf } from "#domain/timeline.ts";
import type { AsOfDrag } from "./use-as-of-drag.ts";

/** The line of a moment over what lies below its handle; what came later is veiled. */
export function AsOfLine({ at, axis, drag }: { at: Ms; axis: Axis; drag?: AsOfDrag }) {
  const left = `${percentOf(at, axis)}%`;
  return (
    <TrackOverlay className="z-2">
      <span className="absolute inset-y-0 right-0 bg-surface/60" style={{ left }} />
      <span className="absolute inset-y-0 -ml-px w-0.5 bg-ink" style={{ left }} />
      {drag !== undefined && (
        <span
          {...drag.onHandle}
          className="-ml-1.5 pointer-events-auto absolute inset-y-0 w-3 cursor-ew-resize touch-pan-y"
          style={{ left }}
        />
      )}
    </TrackOverlay>
  );
}
