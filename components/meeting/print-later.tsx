"use client";

import { useIsAtRest } from "#components/sync/use-is-at-rest.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import type { MeetingSoFar } from "#domain/meeting/moment.ts";
import type { Ms } from "#domain/time/ms.ts";

const part = new LazyPart(() =>
  import("./print-attendance.tsx").then((read) => read.PrintAttendance),
);

/** What stands on paper: nobody prints a page in its first seconds. */
export function PrintLater(printed: { view: MeetingSoFar; at: Ms | null }) {
  const { value: PrintAttendance } = useLazyPart(part, useIsAtRest());
  return PrintAttendance === null ? null : <PrintAttendance {...printed} />;
}
