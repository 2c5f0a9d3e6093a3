"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { ColumnChoice } from "#components/history/column-choice.tsx";
import { colsOf } from "#components/history/columns.ts";
import { DownloadMenu, formatsOf } from "#components/history/download-menu.tsx";
import { FilterBar } from "#components/history/filter-bar.tsx";
import { EVERYTHING, NothingFound } from "#components/history/nothing-found.tsx";
import { Pager } from "#components/history/pager.tsx";
import { periodWords } from "#components/history/period-words.ts";
import { type Address, useAddress } from "#components/history/use-address.ts";
import { useColumns } from "#components/history/use-columns.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import { counted } from "#components/words/count.ts";
import type { MeetingsPage } from "#domain/history/meetings.ts";
import { COLUMN_WORDS, COLUMNS } from "./columns.ts";
import { MeetingsTable } from "./meetings-table.tsx";
import { useBegunSince, useHeldNow } from "./use-held-now.ts";

/** Every meeting there was, those in progress first. */
export function MeetingsView({ page }: { page: MeetingsPage }) {
  const { period, today, narrowed, choices, next, previous } = page;
  const address = useAddress();
  const [columns, choose] = useColumns(address, COLUMNS);
  const rows = useHeldNow(page);
  return (
    <>
      <title>Meetings · Rollcall</title>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="font-[620] text-[21px] tracking-[-0.018em]">Meetings</h1>
          <p className="num text-ink-2">
            {periodWords(period, ClockFace.in(period.timeZone))} · {period.timeZone}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Link href="/import" className="button">
            Import
          </Link>
          <ColumnChoice all={COLUMNS} words={COLUMN_WORDS} columns={columns} onChange={choose} />
          <DownloadMenu
            of="these meetings"
            choices={formatsOf("/api/v1/meetings", questionOf(page))}
          />
        </div>
      </div>
      <div className="my-4.5">
        <FilterBar
          period={period}
          today={today}
          narrowed={narrowed}
          choices={choices}
          address={address}
          kept={{ ...orderOf(page), cols: colsOf(columns, COLUMNS) }}
        />
      </div>
      <BegunSince page={page} />
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
        {rows.length === 0 ? (
          <NoMeetings page={page} address={address} />
        ) : (
          <MeetingsTable page={page} rows={rows} columns={columns} address={address} />
        )}
        <Pager previous={previous} next={next} />
      </div>
      <p role="status" className="sr-only">
        {address.isPending ? "" : `${counted(rows.length, "meeting", "meetings")} on this page`}
      </p>
    </>
  );
}

/** Meetings that began meanwhile come in when they are asked for: no row moves under somebody's hand. */
function BegunSince({ page }: { page: MeetingsPage }) {
  const router = useRouter();
  const begun = useBegunSince(page);
  if (begun === 0) return null;
  return (
    <p className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-present-soft px-3.5 py-2 text-[13px] text-present-ink">
      {counted(begun, "meeting has", "meetings have")} begun since.
      <button
        type="button"
        onClick={() => router.refresh()}
        className="font-[560] underline underline-offset-2"
      >
        Show
      </button>
    </p>
  );
}

function NoMeetings({ page, address }: { page: MeetingsPage; address: Address }) {
  const isNarrowed = Object.values(page.narrowed).some((value) => value !== null);
  return (
    <NothingFound
      title="No meetings"
      why={
        isNarrowed
          ? "No meeting of these days matches what you look for."
          : "None began in these days."
      }
      days={page}
      address={address}
      narrowed={isNarrowed ? { words: "Clear what is looked for", without: EVERYTHING } : null}
    />
  );
}

/** The order of the list as its address has it. */
function orderOf({ sort, order }: MeetingsPage): Record<string, string | null> {
  return { sort: sort === "started" ? null : sort, order: order === "desc" ? null : order };
}

/** The whole question of the list, so that a file answers the same. */
function questionOf(page: MeetingsPage): Record<string, string | null> {
  const { period, narrowed } = page;
  return {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    source: narrowed.source,
    room: narrowed.room,
    q: narrowed.q,
    min_duration_ms: narrowed.minDurationMs === null ? null : String(narrowed.minDurationMs),
    ...orderOf(page),
  };
}
