"use client";

import { useNow } from "#components/sync/use-now.ts";
import { formatBetween, formatDuration } from "#components/words/duration.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A running duration since `since` (epoch ms), added to `before` (ms). */
export function Running({ since, before = 0 }: { since: Ms; before?: Ms }) {
  const now = useNow();
  return <>{formatDuration(before + Math.max(0, now - since))}</>;
}

/** The same inside a sentence: seconds below a minute. */
export function RunningDuration({ since }: { since: Ms }) {
  const now = useNow();
  return <>{formatBetween(Math.max(0, now - since))}</>;
}
