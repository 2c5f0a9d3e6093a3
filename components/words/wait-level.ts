import { URGENT_TIMES, urgencyOf } from "#domain/live/desk-attention.ts";
import type { Ms } from "#domain/time/ms.ts";
import { counted } from "./count.ts";
import { formatSetting } from "./duration.ts";

/** How urgent a wait is: below its target, past it, and far past it. */
export type WaitLevel = 1 | 2 | 3;

const LEVELS = { fresh: 1, late: 2, urgent: 3 } as const;

export function levelOf(waitedMs: Ms, targetMs: Ms): WaitLevel {
  return LEVELS[urgencyOf(waitedMs, targetMs)];
}

/** For screen readers, and under the pointer. */
export function levelWords(level: WaitLevel, targetMs: Ms): string {
  if (level === 1) return "waiting";
  const limit = level === 2 ? targetMs : targetMs * URGENT_TIMES;
  const minutes = limit / 60_000;
  const words = Number.isInteger(minutes)
    ? counted(minutes, "minute", "minutes")
    : formatSetting(limit);
  return `waiting for over ${words}`;
}
