"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import { useClock } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { ClockFormat } from "#components/words/clock-format.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { lastOf } from "./use-axis.ts";

const FaceContext = createContext<ClockFormat | null>(null);

/** Sets the clock format for everything inside: a time of another day has its day; over midnight every time has. */
export function MeetingClockFormat({ view, children }: { view: MeetingView; children: ReactNode }) {
  const today = useTodaysClockFormat();
  const { firstAt, status } = view;
  const last = useMemo(() => (status === "ended" ? lastOf(view) : null), [view, status]);
  const begins = firstAt === null ? null : today.calendarDay(firstAt);
  const ends = useClock((now) => today.calendarDay(last ?? now));
  const clockFormat = begins === null || begins === ends ? today : ClockFormat.dated(today.zone);
  return <FaceContext value={clockFormat}>{children}</FaceContext>;
}

export function useClockFormat(): ClockFormat {
  const today = useTodaysClockFormat();
  return use(FaceContext) ?? today;
}
