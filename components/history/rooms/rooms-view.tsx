"use client";

import { DownloadMenu, formatsOf } from "#components/history/download-menu.tsx";
import { FilterBar, type FilterField } from "#components/history/filter-bar.tsx";
import { EVERYTHING, NothingFound } from "#components/history/nothing-found.tsx";
import { Pager } from "#components/history/pager.tsx";
import { periodWords } from "#components/history/period-words.ts";
import { type Address, useAddress } from "#components/history/use-address.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import { counted } from "#components/words/count.ts";
import type { RoomsPage } from "#domain/history/rooms.ts";
import { RoomsTable } from "./rooms-table.tsx";

const FIELDS: readonly FilterField[] = ["q", "source"];
/** Every room that had a meeting, each as a series of them. */
export function RoomsView({ page }: { page: RoomsPage }) {
  const { period, today, narrowed, choices, next, previous, rows, sort } = page;
  const address = useAddress();
  return (
    <>
      <title>Rooms · Rollcall</title>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="font-[620] text-[21px] tracking-[-0.018em]">Rooms</h1>
          <p className="num text-ink-2">
            {periodWords(period, ClockFace.in(period.timeZone))} · {period.timeZone}
          </p>
        </div>
        <DownloadMenu of="these rooms" choices={formatsOf("/api/v1/rooms", questionOf(page))} />
      </div>
      <div className="my-4.5">
        <FilterBar
          period={period}
          today={today}
          narrowed={{ ...narrowed, room: null, minDurationMs: null }}
          choices={choices}
          address={address}
          fields={FIELDS}
          search="Search rooms"
          kept={{ sort: sort === "last" ? null : sort }}
        />
      </div>
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
        {rows.length === 0 ? (
          <NoRooms page={page} address={address} />
        ) : (
          <RoomsTable page={page} address={address} />
        )}
        <Pager previous={previous} next={next} />
      </div>
      <p role="status" className="sr-only">
        {address.isPending ? "" : `${counted(rows.length, "room", "rooms")} on this page`}
      </p>
    </>
  );
}

/** The whole question of the list, so that a file answers the same. */
function questionOf({ period, narrowed, sort }: RoomsPage): Record<string, string | null> {
  return {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    source: narrowed.source,
    q: narrowed.q,
    sort: sort === "last" ? null : sort,
  };
}

function NoRooms({ page, address }: { page: RoomsPage; address: Address }) {
  const isNarrowed = page.narrowed.q !== null || page.narrowed.source !== null;
  return (
    <NothingFound
      title="No rooms"
      why={
        isNarrowed
          ? "No room with a meeting in these days matches what you look for."
          : "No meeting began in these days."
      }
      days={page}
      address={address}
      narrowed={isNarrowed ? { words: "Clear what is looked for", without: EVERYTHING } : null}
    />
  );
}
