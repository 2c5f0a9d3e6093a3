"use client";

import type { ReactNode } from "react";
import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { WidePaper } from "#components/ui/wide-paper.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, totalled } from "#components/words/count.ts";
import type { HistoryPage } from "#domain/lists/history-page.ts";
import { LISTS, type ListName } from "#domain/lists/lists.ts";
import { ColumnChoice } from "./column-choice.tsx";
import { colsOf } from "./columns.ts";
import { FilterBar, type FilterField } from "./filter-bar.tsx";
import { missingFilterMessage } from "./gone-words.ts";
import { type ColumnWords, ListTable, type RowWords } from "./list-table.tsx";
import { EVERYTHING, NothingFound } from "./nothing-found.tsx";
import { Pager } from "./pager.tsx";
import { periodWords } from "./period-words.ts";
import { paramsOfOrder } from "./sorting.ts";
import { useAddress } from "./use-address.ts";
import { useColumns } from "./use-columns.ts";

/** The messages where there are no rows. */
interface NoRows {
  title: string;
  /** The message where the list was filtered. */
  whyNarrowed: string;
  why: string;
}

/** A list over the past: its filters, its rows, and links to other pages. Every choice is in the address. */
export function HistoryList<Row, Name extends string, Sort extends string>({
  list,
  page,
  usualSort,
  rows,
  one,
  many,
  search,
  fields,
  first,
  allColumns,
  columnWords,
  rowWords,
  orderNote = null,
  noRows,
  actions,
  above,
  below,
}: {
  list: ListName;
  page: HistoryPage<unknown, Sort>;
  usualSort: Sort;
  rows: readonly Row[];
  /** The word for one row, and for several. */
  one: string;
  many: string;
  search?: string;
  fields?: readonly FilterField[];
  first: ColumnWords<Sort>;
  allColumns: readonly Name[];
  columnWords: Readonly<Record<Name, ColumnWords<Sort>>>;
  rowWords: RowWords<Row, Name>;
  /** A note on the order, for screen readers. */
  orderNote?: string | null;
  noRows: NoRows;
  actions?: ReactNode;
  above?: ReactNode;
  below?: ReactNode;
}) {
  const title = LISTS.find(({ name }) => name === list)?.title ?? list;
  const { period, today, narrowed, choices, next, previous, sort, order } = page;
  const address = useAddress();
  const [columns, choose] = useColumns(address, list, allColumns);
  const sorted = { sort, order, usual: usualSort };
  const isNarrowed = Object.values(narrowed).some((value) => value !== null);
  return (
    <>
      <WidePaper />
      <PageTitle name={title} />
      <PageHead
        title={title}
        lead={
          <>
            {periodWords(period, ClockFormat.in(period.timeZone))} · {period.timeZone}
            {page.total !== 0 && ` · ${totalled(page.total, one, many)}`}
          </>
        }
        actions={
          <>
            {actions}
            <ColumnChoice
              all={allColumns}
              words={columnWords}
              columns={columns}
              onChange={choose}
            />
            <DownloadMenu
              canPrint
              of={`these ${many}`}
              choices={formatsOf(`/api/v1/${list}`, questionOf(page, usualSort))}
            />
          </>
        }
      />
      <div className="my-4.5 print:hidden">
        <FilterBar
          period={period}
          today={today}
          narrowed={narrowed}
          choices={choices}
          address={address}
          {...(search !== undefined && { search })}
          {...(fields !== undefined && { fields })}
          otherParams={{ ...paramsOfOrder(sorted), cols: colsOf(columns, allColumns) }}
        />
      </div>
      {above}
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card print:overflow-visible print:border-0 print:shadow-none">
        {rows.length === 0 ? (
          <NothingFound
            {...(missingFilterMessage(choices, narrowed) ?? {
              title: noRows.title,
              why: isNarrowed ? noRows.whyNarrowed : noRows.why,
            })}
            days={page}
            isGone={choices.gone.length > 0}
            address={address}
            narrowed={isNarrowed ? { words: "Clear the filters", without: EVERYTHING } : null}
          />
        ) : (
          <SkipPast what="table">
            <ListTable
              label={title}
              note={orderNote}
              list={{ first, columns, columnWords, rows, rowWords, sorted, address }}
            />
          </SkipPast>
        )}
        <Pager previous={previous} next={next} />
      </div>
      {below}
      <p role="status" className="sr-only">
        {address.isPending ? "" : `${counted(rows.length, one, many)} on this page`}
      </p>
    </>
  );
}

/** Every filter and the order of the list as parameters, so that a file has the same rows. */
function questionOf<Sort extends string>(
  { period, narrowed, sort, order }: HistoryPage<unknown, Sort>,
  usual: Sort,
): Record<string, string | null> {
  return {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    source: narrowed.source,
    room: narrowed.room,
    q: narrowed.q,
    min_duration_ms: narrowed.minDurationMs === null ? null : String(narrowed.minDurationMs),
    ...paramsOfOrder({ sort, order, usual }),
  };
}
