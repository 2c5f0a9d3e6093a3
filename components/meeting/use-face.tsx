"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useClock } from "#components/live/use-now.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { lastOf } from "./use-axis.ts";

const FaceContext = createContext<ClockFace | null>(null);

/** The clock of everything inside. Where the meeting lasts over midnight, its times carry their day. */
export function MeetingFace({ story, children }: { story: MeetingStory; children: ReactNode }) {
  const { timeZone } = useLive();
  const { firstAt, status } = story;
  const last = useMemo(() => (status === "ended" ? lastOf(story) : null), [story, status]);
  const plain = ClockFace.in(timeZone);
  const today = useClock((now) => plain.day(last ?? now));
  const face = useMemo(() => {
    if (firstAt === null || plain.day(firstAt) === today) return plain;
    return ClockFace.dated(timeZone);
  }, [firstAt, plain, today, timeZone]);
  return <FaceContext value={face}>{children}</FaceContext>;
}

export function useFace(): ClockFace {
  const { timeZone } = useLive();
  return use(FaceContext) ?? ClockFace.in(timeZone);
}
