import type { Ms } from "#domain/time/ms.ts";
import { ClockFormat } from "./clock-format.ts";
import type { ZoneOffsets } from "./zone-offsets-sent.ts";

const DAY_MS: Ms = 86_400_000;
/** No zone sets its clocks and sets them back within this time. */
const STRIDE_MS: Ms = 7 * DAY_MS;
const FARTHEST_MS: Ms = 400 * DAY_MS;
const SECOND_MS: Ms = 1000;

const cache = new Map<string, ZoneOffsets>();

/**
 * The interval around a moment in which a zone's offset is the same, to be sent with a page. A browser has its own
 * tables, but to open them takes a slow one a quarter of a second, and nearly every time on a page is in the interval.
 */
export function zoneOffsetsAround(zone: string, now: Ms): ZoneOffsets {
  const found = cache.get(zone);
  if (found !== undefined && now >= found.from && now < found.until) return found;
  const clockFormat = ClockFormat.in(zone, "h23");
  const offsetMs = clockFormat.offsetMs(now);
  const isSame = (at: Ms) => clockFormat.offsetMs(at) === offsetMs;
  const interval = { zone, from: edge(now, -1, isSame), until: edge(now, 1, isSame), offsetMs };
  cache.set(zone, interval);
  return interval;
}

/** Where the clocks are set next, looking forwards or backwards: the first second after the change. */
function edge(now: Ms, way: 1 | -1, isSame: (at: Ms) => boolean): Ms {
  let near = Math.floor(now / SECOND_MS) * SECOND_MS;
  let far = near;
  while (isSame(far)) {
    if (Math.abs(far - now) > FARTHEST_MS) return far;
    near = far;
    far += way * STRIDE_MS;
  }
  while (Math.abs(far - near) > SECOND_MS) {
    const middle = Math.floor((near + far) / 2 / SECOND_MS) * SECOND_MS;
    if (isSame(middle)) near = middle;
    else far = middle;
  }
  return Math.max(near, far);
}
