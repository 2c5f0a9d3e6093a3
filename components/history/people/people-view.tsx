"use client";

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
import type { PeoplePage } from "#domain/history/people.ts";
import { COLUMN_WORDS, COLUMNS } from "./columns.ts";
import { PeopleTable } from "./people-table.tsx";
import { Suggestions } from "./suggestions.tsx";

/** Everybody who was at a meeting in some days, a row a person. */
export function PeopleView({ page }: { page: PeoplePage }) {
  const { period, today, narrowed, choices, rows, next, previous, unnamedCount } = page;
  const address = useAddress();
  const [columns, choose] = useColumns(address, COLUMNS);
  return (
    <>
      <title>People · Rollcall</title>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="font-[620] text-[21px] tracking-[-0.018em]">People</h1>
          <p className="num text-ink-2">
            {periodWords(period, ClockFace.in(period.timeZone))} · {period.timeZone}
          </p>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          <ColumnChoice all={COLUMNS} words={COLUMN_WORDS} columns={columns} onChange={choose} />
          <DownloadMenu of="these people" choices={formatsOf("/api/v1/people", questionOf(page))} />
        </div>
      </div>
      <div className="my-4.5 print:hidden">
        <FilterBar
          period={period}
          today={today}
          narrowed={narrowed}
          choices={choices}
          address={address}
          search="Search people"
          kept={{ ...orderOf(page), cols: colsOf(columns, COLUMNS) }}
        />
      </div>
      <Suggestions
        suggestions={page.suggestions}
        isMore={page.moreSuggestions}
        timeZone={period.timeZone}
      />
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
        {rows.length === 0 ? (
          <Nobody page={page} address={address} />
        ) : (
          <PeopleTable page={page} columns={columns} address={address} />
        )}
        <Pager previous={previous} next={next} />
      </div>
      {unnamedCount > 0 && (
        <p className="num mt-3 text-[13px] text-ink-2">
          {counted(unnamedCount, "guest", "guests")} without a name{" "}
          {unnamedCount === 1 ? "is" : "are"} not in this list: nothing says who they are in another
          meeting.
        </p>
      )}
      <p role="status" className="sr-only">
        {address.isPending ? "" : `${counted(rows.length, "person", "people")} on this page`}
      </p>
    </>
  );
}

function Nobody({ page, address }: { page: PeoplePage; address: Address }) {
  const isNarrowed = Object.values(page.narrowed).some((value) => value !== null);
  return (
    <NothingFound
      title="Nobody"
      why={
        isNarrowed
          ? "Nobody of these days matches what you look for."
          : "Nobody with a name or a user id came or waited in these days."
      }
      days={page}
      address={address}
      narrowed={isNarrowed ? { words: "Clear what is looked for", without: EVERYTHING } : null}
    />
  );
}

/** The order of the list as its address has it. */
function orderOf({ sort, order }: PeoplePage): Record<string, string | null> {
  const usual = sort === "name" ? "asc" : "desc";
  return { sort: sort === "last" ? null : sort, order: order === usual ? null : order };
}

/** The whole question of the list, so that a file answers the same. */
function questionOf(page: PeoplePage): Record<string, string | null> {
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
