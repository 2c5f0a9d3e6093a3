import type { Ms } from "#domain/time/ms.ts";
import type { WaitLimits, WaitUrgency } from "#domain/waits/wait-limits.ts";
import { counted } from "./count.ts";
import { formatSetting } from "./duration.ts";

/** So many marks of four say how urgent a wait is, so that it is not said by colour alone. */
export const URGENCY_MARKS: Record<WaitUrgency, number> = {
  closed: 0,
  fresh: 1,
  amber: 2,
  red: 3,
  urgent: 4,
};

/** For screen readers, and under the pointer. */
export function urgencyWords(
  urgency: WaitUrgency,
  { amberMs, redMs, urgentMs }: WaitLimits,
): string {
  switch (urgency) {
    case "closed":
      return "waiting, outside the opening hours";
    case "fresh":
      return "waiting";
    case "amber":
      return `waiting for over ${lengthWords(amberMs)}`;
    case "red":
      return `waiting for over ${lengthWords(redMs)}`;
    case "urgent":
      return `urgent: waiting for over ${lengthWords(urgentMs)}`;
    default:
      return urgency satisfies never;
  }
}

function lengthWords(limit: Ms): string {
  const minutes = limit / 60_000;
  return Number.isInteger(minutes) ? counted(minutes, "minute", "minutes") : formatSetting(limit);
}
