import type { CSSProperties } from "react";
import { TrackOverlay } from "#components/meeting/parts/track-row.tsx";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { percentOf } from "#domain/timeline/timeline.ts";
import type { AsOfDrag } from "./use-as-of-drag.ts";

/** The line of a moment over what lies below its handle. */
export function AsOfLine({ at, axis, drag }: { at: Ms; axis: Axis; drag?: AsOfDrag }) {
  const left = `${percentOf(at, axis)}%`;
  return (
    <TrackOverlay className="z-2">
      <span className="absolute inset-y-0 -ml-px w-0.5 bg-ink max-sm:bg-ink/55" style={{ left }} />
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

/** What of a track came after the moment, veiled. Where it begins says `asOfStyle` around it. */
export function AfterMoment() {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 bg-surface/60"
      style={{ left: "var(--as-of)" }}
    />
  );
}

/** The style that tells everything inside where the moment is, so that no lane is drawn again as it moves. */
export function asOfStyle(at: Ms | null, axis: Axis): CSSProperties & Record<"--as-of", string> {
  return { "--as-of": `${at === null ? 100 : percentOf(at, axis)}%` };
}
