"use client";

import { useTrouble } from "#components/sync/use-trouble.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";

const lines = new LazyPart(() =>
  import("./recording-lines.tsx").then((read) => read.RecordingLines),
);

/** A notice above every screen that webhooks are not recorded; its words are loaded where one is needed. */
export function RecordingNotice() {
  const { halted, behind, stopped, off, refused } = useTrouble();
  const isWell = halted === null && behind === null && stopped === null;
  const isNeeded = !isWell || off.length > 0 || refused.length > 0;
  const { value: RecordingLines } = useLazyPart(lines, isNeeded);
  return isNeeded && RecordingLines ? <RecordingLines /> : null;
}
