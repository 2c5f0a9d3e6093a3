import { useEffect, useMemo, useState } from "react";
import { isInProgress } from "#components/floor/meeting-order.ts";
import type { KnownFloor } from "#components/live/known-floor.ts";
import { useFloor } from "#components/live/use-floor.ts";
import type { MeetingHeld, MeetingsPage } from "#domain/history/meetings.ts";
import { fromWireTime, type Summary } from "#domain/wire.ts";

type Known = Readonly<Record<string, Summary>>;

/** The rows of a page, those that were in progress as the live floor has them now. */
export function useHeldNow({ rows }: MeetingsPage): MeetingHeld[] {
  const now = useFloor(summaries);
  // A meeting leaves the floor soon after it ended, and its row must still say that it did.
  const [known, setKnown] = useState<Known>(now);
  useEffect(() => setKnown((before) => ({ ...before, ...now })), [now]);
  return useMemo(
    () =>
      rows.map((row) => (row.status === "ended" ? row : asOf(row, now[row.id] ?? known[row.id]))),
    [rows, now, known],
  );
}

/** How many meetings have begun since the page was read, and would stand on it. */
export function useBegunSince({
  rows,
  previous,
  next,
  narrowed,
  period,
  today,
}: MeetingsPage): number {
  const now = useFloor(summaries);
  const [opened, setOpened] = useState({ rows, ids: Object.keys(now) });
  if (opened.rows !== rows) setOpened({ rows, ids: Object.keys(now) });
  const isNarrowed = Object.values(narrowed).some((value) => value !== null);
  const hasLive = previous === null && (next === null || rows.at(-1)?.status === "ended");
  if (!hasLive || isNarrowed || period.lastDay < today) return 0;
  const seen = new Set([...opened.ids, ...rows.map(({ id }) => id)]);
  return Object.values(now).filter((summary) => isInProgress(summary) && !seen.has(summary.id))
    .length;
}

function summaries(floor: KnownFloor): Known {
  return Object.fromEntries(floor.meetings.map((summary) => [summary.id, summary]));
}

function asOf(row: MeetingHeld, summary: Summary | undefined): MeetingHeld {
  if (summary === undefined) return row;
  return {
    ...row,
    title: summary.title,
    status: summary.status,
    startedAt: summary.started_at === null ? null : fromWireTime(summary.started_at),
    endedAt: summary.ended_at === null ? null : fromWireTime(summary.ended_at),
    presentCount: summary.present_count,
    waitingCount: summary.waiting_count,
    peopleCount: summary.people_count,
    noteTakerCount: summary.note_taker_count,
  };
}
