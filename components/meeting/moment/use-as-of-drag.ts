import { type RefObject, useRef } from "react";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, percentOf } from "#domain/timeline/timeline.ts";
import { momentAt, type Reach } from "./moment-keys.ts";
import { type TrackDrag, useTrackDrag } from "./use-track-drag.ts";

export interface AsOfDrag {
  /** For the line and its handle, which move by as much as the pointer does. */
  onHandle: TrackDrag;
  /** For the track: the line jumps to the point that is pressed. */
  onTrack: TrackDrag;
}

/** Moves the as-of line; dragged to the last moment that can be shown, it goes back to now (`null`). */
export function useAsOfDrag({
  track,
  handle,
  axis,
  at,
  reachOf,
  onMove,
}: {
  track: RefObject<HTMLElement | null>;
  handle: RefObject<HTMLElement | null>;
  axis: Axis;
  at: Ms | null;
  reachOf: () => Reach;
  onMove: (at: Ms | null) => void;
}): AsOfDrag {
  const taken = useRef(0);
  const moveTo = (share: number) => {
    const reach = reachOf();
    const next = momentAt(share, axis, reach);
    onMove(next >= reach.until ? null : next);
  };
  const focus = () => handle.current?.focus({ preventScroll: true });
  const onHandle = useTrackDrag(track, {
    press: ({ share }) => {
      taken.current = share - percentOf(at ?? reachOf().until, axis) / 100;
      focus();
    },
    move: ({ share, movedPx }) => {
      if (at !== null || movedPx > 0) moveTo(share - taken.current);
    },
  });
  const onTrack = useTrackDrag(track, {
    press: ({ share }) => {
      moveTo(share);
      focus();
    },
    move: ({ share }) => moveTo(share),
  });
  return { onHandle, onTrack };
}
