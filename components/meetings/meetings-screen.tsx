"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { HistoryList } from "#components/lists/history-list.tsx";
import type { RowWords } from "#components/lists/list-table.tsx";
import { roomInDays } from "#components/rooms/room-address.ts";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { MeetingFound, MeetingsPage } from "#domain/meetings/meetings.ts";
import { MEETING_COLUMNS, type MeetingColumnName } from "#domain/meetings/meetings.ts";
import { COLUMNS, FIRST_COLUMN, MeetingCell } from "./meeting-cells.tsx";
import { useBegunSince, useLiveRows } from "./use-live-rows.ts";

/** Every meeting, those in progress first. */
export function MeetingsScreen({ page }: { page: MeetingsPage }) {
  const mayImport = useMay("deliver", "everything");
  return (
    <HistoryList
      list="meetings"
      page={page}
      usualSort="started"
      rows={useLiveRows(page)}
      one="meeting"
      many="meetings"
      first={FIRST_COLUMN}
      allColumns={MEETING_COLUMNS}
      columnWords={COLUMNS}
      rowWords={useRowWords(page)}
      orderNote=", those in progress first,"
      noRows={{
        title: "No meetings",
        whyNarrowed: "No meeting in this period matches your search.",
        why: "No meeting began in this period.",
      }}
      actions={mayImport && <ButtonLink href="/import">Import</ButtonLink>}
      above={<BegunSince page={page} />}
    />
  );
}

function useRowWords({
  period,
  today,
  asOf,
}: MeetingsPage): RowWords<MeetingFound, MeetingColumnName> {
  const { timeZone: ownZone } = useLiveParts();
  return useMemo(() => {
    const face = ClockFormat.in(period.timeZone);
    return {
      keyOf: ({ id }) => id,
      head: (meeting) => (
        <MeetingCell
          meeting={meeting}
          roomHref={roomInDays(meeting.roomId, period, today, ownZone)}
        />
      ),
      cell: (name, meeting) => COLUMNS[name].cell({ meeting, face, todays: face.on(asOf) }),
    };
  }, [period, today, ownZone, asOf]);
}

/**
 * Meetings that began after the page was read are shown only on request: no row moves while the reader points
 * at it.
 */
function BegunSince({ page }: { page: MeetingsPage }) {
  const router = useRouter();
  const begun = useBegunSince(page);
  if (begun === 0) return null;
  return (
    <p className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-present-soft px-3.5 py-2 text-dense text-present-ink print:hidden">
      {counted(begun, "meeting has", "meetings have")} begun since.
      <Button onClick={() => router.refresh()} look="within" className="font-strong">
        Show
      </Button>
    </p>
  );
}
