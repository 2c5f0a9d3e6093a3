"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import { useClock } from "#components/sync/use-now.ts";
import { useTodaysFace } from "#components/sync/use-todays-face.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { lastOf } from "./use-axis.ts";

const FaceContext = createContext<ClockFace | null>(null);

/** Sets the clock format for everything inside: a time of another day has its day; over midnight every time has. */
export function MeetingFace({
  story: view,
  children,
}: {
  story: MeetingView;
  children: ReactNode;
}) {
  const today = useTodaysFace();
  const { firstAt, status } = view;
  const last = useMemo(() => (status === "ended" ? lastOf(view) : null), [view, status]);
  const begins = firstAt === null ? null : today.calendarDay(firstAt);
  const ends = useClock((now) => today.calendarDay(last ?? now));
  const clockFormat = begins === null || begins === ends ? today : ClockFace.dated(today.zone);
  return <FaceContext value={clockFormat}>{children}</FaceContext>;
}

export function useFace(): ClockFace {
  const today = useTodaysFace();
  return use(FaceContext) ?? today;
}
