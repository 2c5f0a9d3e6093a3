import type { Ms } from "#domain/time/ms.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The moments that can be shown, in epoch ms: from the begin of the axis to now, or to the end. */
export interface Reach {
  from: Ms;
  until: Ms;
}

interface Key {
  key: string;
  shiftKey: boolean;
}

/** Where a slider key leads from `at`, in epoch ms, at a full second within reach; `null` for other keys. */
export function momentAfter({ key, shiftKey }: Key, at: Ms, reach: Reach): Ms | null {
  const step = shiftKey ? MINUTE : SECOND;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return clampTo(at + step, reach);
    case "ArrowLeft":
    case "ArrowDown":
      // From between two seconds, one step back goes to the second that is over.
      return clampTo(Math.ceil(at / SECOND) * SECOND - step, reach);
    case "PageUp":
      return clampTo(at + 5 * MINUTE, reach);
    case "PageDown":
      return clampTo(Math.ceil(at / SECOND) * SECOND - 5 * MINUTE, reach);
    case "Home":
      return clampTo(reach.from, reach);
    case "End":
      return reach.until;
    default:
      return null;
  }
}

/** The moment, to the second, at a share of the axis' width (0 to 1). */
export function momentAt(share: number, axis: { from: Ms; to: Ms }, reach: Reach): Ms {
  return clampTo(axis.from + share * (axis.to - axis.from), reach);
}

/** The change before or after `at`; `null` where there is none within reach. */
export function changeNextTo(
  changes: readonly Ms[],
  at: Ms,
  direction: "before" | "after",
  { until }: Reach,
): Ms | null {
  const found =
    direction === "before"
      ? changes.findLast((change) => change < at)
      : changes.find((change) => change > at && change <= until);
  return found ?? null;
}

/** The nearest full second within reach; its end where that is nearer. */
function clampTo(at: Ms, { from, until }: Reach): Ms {
  const second = Math.round(at / SECOND) * SECOND;
  if (second >= until) return until;
  return Math.min(Math.max(second, Math.ceil(from / SECOND) * SECOND), until);
}
