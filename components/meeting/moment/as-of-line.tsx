import type { CSSProperties } from "react";
import { TrackOverlay } from "#components/meeting/parts/track-row.tsx";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { percentOf } from "#domain/timeline/timeline.ts";
import type { AsOfDrag } from "./use-as-of-drag.ts";

/** The line of a moment, below its handle and over the tracks. */
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

/** A veil over the part of a track after the moment. Its begin comes from `asOfStyle` around it. */
export function AfterMoment() {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 bg-surface/60"
      style={{ left: "var(--as-of)" }}
    />
  );
}

/** The position of the moment as one style for everything inside, so that no lane is rendered again as it moves. */
export function asOfStyle(at: Ms | null, axis: Axis): CSSProperties & Record<"--as-of", string> {
  return { "--as-of": `${at === null ? 100 : percentOf(at, axis)}%` };
}
