import { useMemo } from "react";
import { useClock } from "#components/sync/use-now.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, axisOf, horizonOf } from "#domain/timeline/timeline.ts";

/** The axis of a meeting, or `null` before its first event. Its end moves in larger steps than seconds. */
export function useAxis(view: MeetingView): Axis | null {
  const { firstAt } = view;
  const end = view.status === "ended" ? lastOf(view) : null;
  const to = useClock((now) => (firstAt === null ? 0 : (end ?? horizonOf(firstAt, now))));
  return useMemo(() => (firstAt === null ? null : axisOf(firstAt, to)), [firstAt, to]);
}

/** The last moment that anything of an ended meeting reaches, in epoch ms. */
export function lastOf({ endedAt, tipAt, people, noteTakers }: MeetingView): Ms {
  const ends = [...people, ...noteTakers].flatMap(({ lastLeftAt, waits }) => [
    lastLeftAt ?? 0,
    ...waits.map((wait) => wait.endedAt ?? 0),
  ]);
  return ends.reduce((last, at) => Math.max(last, at), Math.max(endedAt ?? 0, tipAt ?? 0));
}
