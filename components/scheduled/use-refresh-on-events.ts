import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { LiveState } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
import { useClock } from "#components/sync/use-now.ts";
import type { EventsSeen } from "#domain/scheduled/pages.ts";
import type { ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Pushes within this time lead to one reading. */
const GATHERS_MS = 250;

type Room = Pick<ScheduledMeeting, "source" | "room">;

/**
 * Reads the page again when the live state has newer events of `rooms` than the page was made from (`seen`),
 * and when the clock reaches `turnsAt`. Once for each new event, so a meeting that is no part of the page
 * costs one reading.
 */
export function useRefreshOnEvents(
  rooms: readonly Room[],
  seen: EventsSeen,
  turnsAt: Ms | null,
): void {
  const router = useRouter();
  const watched = rooms.map(keyOf).join("\n");
  const keys = useMemo(() => new Set(watched.split("\n")), [watched]);
  const newEvents = useLive(
    useCallback(
      (live: LiveState) =>
        live.meetings
          .filter((one) => keys.has(keyOf(one)) && one.seq > (seen[one.id] ?? 0))
          .map(({ id, seq, status }) => `${id} ${seq} ${status}`)
          .join("\n"),
      [keys, seen],
    ),
  );
  // Missed events of meetings that the live state does not contain may be of these rooms too.
  const gaps = useLive((live) => live.gaps);
  const [gapsBefore] = useState(gaps);
  const isTurned = useClock((now) => turnsAt !== null && now >= turnsAt);
  const read = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const missed = gaps === gapsBefore ? "" : gaps;
    const reason = `${newEvents}\n${isTurned ? turnsAt : ""}\n${missed}`;
    if (reason === "\n\n" || reason === read.current) return;
    read.current = reason;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      router.refresh();
    }, GATHERS_MS);
  }, [newEvents, isTurned, turnsAt, gaps, gapsBefore, router]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}

function keyOf({ source, room }: { source: { id: string }; room: string }): string {
  return JSON.stringify([source.id, room]);
}
