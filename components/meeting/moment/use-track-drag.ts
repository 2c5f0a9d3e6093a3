import { type PointerEvent, type RefObject, useRef } from "react";

export interface TrackPoint {
  /** The position on the track as a share of its width: below 0 or above 1 beside it. */
  share: number;
  /** The distance from where it was pressed, in px. */
  movedPx: number;
}

export interface TrackDrag {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
}

/**
 * Reports presses and drags along a track, by mouse, pen or finger, also where the pointer leaves the track. A finger
 * scrolls up and down, so the dragged element needs `touch-pan-y`.
 */
export function useTrackDrag(
  track: RefObject<HTMLElement | null>,
  on: {
    press: (point: TrackPoint, target: EventTarget) => void;
    move: (point: TrackPoint) => void;
    release?: (point: TrackPoint) => void;
  },
): TrackDrag {
  const pressedX = useRef<number | null>(null);
  const pointOf = ({ clientX }: { clientX: number }): TrackPoint | null => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return null;
    return {
      share: (clientX - box.left) / box.width,
      movedPx: Math.abs(clientX - (pressedX.current ?? clientX)),
    };
  };
  return {
    onPointerDown: (event) => {
      const point = pointOf(event);
      if (event.button !== 0 || !event.isPrimary || point === null) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      pressedX.current = event.clientX;
      on.press(point, event.target);
    },
    onPointerMove: (event) => {
      const point = pointOf(event);
      if (pressedX.current !== null && point !== null) on.move(point);
    },
    onPointerUp: (event) => {
      const point = pointOf(event);
      if (pressedX.current === null) return;
      pressedX.current = null;
      if (point !== null) on.release?.(point);
    },
    onPointerCancel: () => {
      pressedX.current = null;
    },
  };
}
