import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import type { LiveState } from "#components/sync/live-state.ts";
import { isInProgress } from "#components/sync/meeting-order.ts";
import { useLive } from "#components/sync/use-live.ts";
import type { LiveMeeting } from "#domain/live/wire.ts";
import type { MeetingFound, MeetingsPage } from "#domain/meetings/meetings.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

type Summaries = Readonly<Record<string, LiveMeeting>>;

/** The rows of a page; those in progress as the live state has them now. */
export function useLiveRows({ rows }: MeetingsPage): MeetingFound[] {
  const now = useLive(summaries);
  // A meeting leaves the live state soon after it ended, and its row must still show that it did.
  const [last, setLast] = useState<Summaries>(now);
  useEffect(() => setLast((before) => ({ ...before, ...now })), [now]);
  useReadAfterGap();
  return useMemo(
    () =>
      rows.map((row) => (row.status === "ended" ? row : asOf(row, now[row.id] ?? last[row.id]))),
    [rows, now, last],
  );
}

/** Reads the page again when events were missed of meetings that the live state does not contain. */
function useReadAfterGap(): void {
  const router = useRouter();
  const gaps = useLive((live) => live.gaps);
  const [read, setRead] = useState(gaps);
  useEffect(() => {
    if (gaps === read) return;
    setRead(gaps);
    router.refresh();
  }, [gaps, read, router]);
}

/** How many meetings have begun since the page was read, and would be on it. */
export function useBegunSince({
  asOf: readAt,
  rows,
  previous,
  next,
  narrowed,
  period,
  today,
}: MeetingsPage): number {
  const now = useLive(summaries);
  const isWhole = useLive((live) => live.frontier === null);
  const [opened, setOpened] = useState({ rows, isWhole, ids: Object.keys(now) });
  if (opened.rows !== rows) setOpened({ rows, isWhole, ids: Object.keys(now) });
  const isNarrowed = Object.values(narrowed).some((value) => value !== null);
  const hasLive = previous === null && (next === null || rows.at(-1)?.status === "ended");
  if (!hasLive || isNarrowed || period.lastDay < today) return 0;
  const seen = new Set([...opened.ids, ...rows.map(({ id }) => id)]);
  // A meeting missing from the snapshot need not be new where the snapshot was not whole.
  const isNew = (summary: LiveMeeting) => opened.isWhole || beganAt(summary) >= readAt;
  return Object.values(now).filter(
    (summary) => isInProgress(summary) && !seen.has(summary.id) && isNew(summary),
  ).length;
}

function beganAt({ started_at: startedAt, waiting: [longest] }: LiveMeeting): Ms {
  const at = startedAt ?? longest?.started_at ?? null;
  return at === null ? 0 : fromWireTime(at);
}

function summaries(live: LiveState): Summaries {
  return Object.fromEntries(live.meetings.map((summary) => [summary.id, summary]));
}

function asOf(row: MeetingFound, summary: LiveMeeting | undefined): MeetingFound {
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
