"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { useIsSomebodyHere } from "#components/viewer/doings.ts";

const desk = new LazyPart(() => import("./meeting-desk.tsx").then((read) => read.MeetingDesk));

/** What the board has of a meeting in which somebody waits or waited, loaded as soon as somebody is there to act. */
export function MeetingDeskLater({ meeting }: { meeting: string }) {
  const { value: MeetingDesk } = useLazyPart(desk, useIsSomebodyHere());
  return MeetingDesk === null ? null : <MeetingDesk meeting={meeting} />;
}
