import { useCallback } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useClock } from "#components/sync/use-now.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import type { Reach } from "./moment-keys.ts";

/** Returns the moments that can be shown when it is called: the whole axis of an ended meeting, else up to now. */
export function useReach(axis: Axis, runs: boolean): () => Reach {
  const { time } = useLiveParts();
  return useCallback(
    () => ({ from: axis.from, until: runs ? Math.min(time.now(), axis.to) : axis.to }),
    [axis, runs, time],
  );
}

/** The moment and the window of the lens where they are within the meeting; else `null`. */
export function useWithinReach(
  { at, window }: { at: Ms | null; window: TimeWindow | null },
  axis: Axis | null,
  status: MeetingView["status"],
): { at: Ms | null; window: TimeWindow | null } {
  const last = status === "ended" ? (axis?.to ?? 0) : null;
  const asked = useClock((now) => at !== null && isWithin(at, axis, last ?? now));
  const hasWindow = useClock(
    (now) =>
      window !== null &&
      isWithin(window.from, axis, last ?? now) &&
      isWithin(window.to, axis, last ?? now),
  );
  return { at: asked ? at : null, window: hasWindow ? window : null };
}

function isWithin(at: Ms, axis: Axis | null, until: Ms): boolean {
  // To the second: the first moment may lie between two.
  return axis !== null && at >= Math.floor(axis.from / 1000) * 1000 && at <= until;
}
