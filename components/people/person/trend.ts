import { attendedUntil } from "#domain/people/people.ts";
import type { TrendStep } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A column of the trend, in units of a picture of `WIDTH` × `HEIGHT`. */
export interface TrendBar {
  step: TrendStep;
  x: number;
  y: number;
  width: number;
  height: number;
}

export const WIDTH = 720;
export const HEIGHT = 120;
const WIDEST = 36;

const MINUTE: Ms = 60_000;
const HOUR: Ms = 60 * MINUTE;
/** The round values an axis may end at, a few steps apart. */
const ROUND: readonly Ms[] = [
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40].map((hours) => hours * HOUR),
];
const FURTHER = 50 * HOUR;

/** The first round time that is no less than any step, for the top of the axis. */
export function topOf(steps: readonly TrendStep[], now: Ms): Ms {
  const most = Math.max(0, ...steps.map((step) => attendedUntil(step, now)));
  return ROUND.find((round) => round >= most) ?? Math.ceil(most / FURTHER) * FURTHER;
}

/** The bars of the steps: their height is the time attended, where `top` is as high as the picture. */
export function barsOf(steps: readonly TrendStep[], top: Ms, now: Ms): TrendBar[] {
  const pitch = WIDTH / Math.max(1, steps.length);
  const width = Math.min(WIDEST, pitch * 0.7);
  return steps.map((step, index) => {
    const ms = attendedUntil(step, now);
    // Any attendance at all is visible.
    const height = ms === 0 ? 0 : Math.max(2, (ms / top) * HEIGHT);
    return { step, x: pitch * (index + 0.5) - width / 2, y: HEIGHT - height, width, height };
  });
}
