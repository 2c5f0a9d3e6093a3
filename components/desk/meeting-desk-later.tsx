"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";

const desk = new LazyPart(() => import("./meeting-desk.tsx").then((read) => read.MeetingDesk));

/** What the board has of a meeting, loaded where somebody waits or waited for it. */
export function MeetingDeskLater({ meeting }: { meeting: string }) {
  const { value: MeetingDesk } = useLazyPart(desk, true);
  return MeetingDesk === null ? null : <MeetingDesk meeting={meeting} />;
}
