import type { Ms } from "#domain/event.ts";
import { attendedUntil } from "#domain/history/people.ts";
import type { TrendStep } from "#domain/history/person.ts";

/** A column of the trend, in units of a picture of `WIDTH` × `HEIGHT`. */
export interface Bar {
  day: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export const WIDTH = 720;
export const HEIGHT = 120;
const WIDEST = 36;

/** What of each step is drawn: the time attended, the longest as high as the picture. */
export function barsOf(steps: readonly TrendStep[], now: Ms): Bar[] {
  const most = Math.max(1, ...steps.map((step) => attendedUntil(step, now)));
  const pitch = WIDTH / Math.max(1, steps.length);
  const width = Math.min(WIDEST, pitch * 0.7);
  return steps.map((step, index) => {
    const ms = attendedUntil(step, now);
    // Whoever was there at all is seen.
    const height = ms === 0 ? 0 : Math.max(2, (ms / most) * HEIGHT);
    return {
      day: step.day,
      x: pitch * (index + 0.5) - width / 2,
      y: HEIGHT - height,
      width,
      height,
    };
  });
}
