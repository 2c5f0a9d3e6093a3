import { percent, wholePercent } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";

/** `1%`, `12.5%` */
export function percentWords(share: number): string {
  return percent(share, 2);
}

/** A share rounded down: less than all is never shown as 100%, nor more than nothing as 0%. */
export function shareWords(share: number | null): string {
  if (share === null) return "–";
  return share > 0 && share < 0.01 ? `<${percent(0.01)}` : (wholePercent(share, 1) ?? "–");
}

/** From when a person counts as attending: `from 80% of the meeting or 30 min`. */
function attendedWords({ share, attendedMs }: Thresholds): string {
  const from = share === 0 ? "anyone who came in" : `from ${percentWords(share)} of the meeting`;
  return attendedMs === null || share === 0 ? from : `${from} or ${formatSetting(attendedMs)}`;
}

/** All thresholds in one line. */
export function thresholdWords(thresholds: Thresholds): string {
  const { heldMs, lateMs, earlyMs, regularShare, regularLast, missed } = thresholds;
  return [
    ...(heldMs === 0 ? [] : [`Count meetings of at least ${formatSetting(heldMs)}`]),
    `${heldMs === 0 ? "Late" : "late"} after ${formatSetting(lateMs)}`,
    `left early before the last ${formatSetting(earlyMs)}`,
    `attended: ${attendedWords(thresholds)}`,
    `regular: ${percentWords(regularShare)} of the last ${regularLast}`,
    `not lately: missed the last ${missed}`,
  ].join(" · ");
}
