"use client";

import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { FilterBar, withoutAll } from "#components/lists/filter-bar.tsx";
import { NothingFound } from "#components/lists/nothing-found.tsx";
import { Pager } from "#components/lists/pager.tsx";
import { periodWords } from "#components/lists/period-words.ts";
import { useAddress } from "#components/lists/use-address.ts";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { ScrollTable } from "#components/ui/scroll-table.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, totalled } from "#components/words/count.ts";
import type { AuditPage } from "#domain/access/audit/audit-page.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditRows } from "./audit-rows.tsx";

const NO_CHOICES = { sources: [], rooms: [], gone: [] };

/** Who did what, from where, newest first. Every filter is in the address. */
export function AuditScreen({ page }: { page: AuditPage }) {
  const { rows, period, today, narrowed, total, next, previous, keptDays } = page;
  const { q, ...further } = narrowed;
  const address = useAddress();
  const face = ClockFormat.in(period.timeZone);
  const isNarrowed = Object.values(narrowed).some((value) => value !== null);
  const days = { from: period.firstDay, to: period.lastDay, tz: period.timeZone };
  return (
    <>
      <PageTitle name="Audit log" />
      <PageHead
        above={<WayUp href="/settings">Settings</WayUp>}
        title="Audit log"
        lead={
          <>
            {periodWords(period, face)} · {period.timeZone}
            {total !== 0 && ` · ${totalled(total, "entry", "entries")}`}
          </>
        }
        actions={
          <DownloadMenu
            canPrint
            of="these entries"
            choices={formatsOf("/api/v1/audit", { ...days, ...narrowed })}
          />
        }
      >
        <p className="max-w-2xl text-dense text-ink-2">
          Who changed something, took out a file or looked at a statement. {keptWords(keptDays)}
        </p>
      </PageHead>
      <div className="my-4.5 print:hidden">
        <FilterBar
          period={period}
          today={today}
          narrowed={{ q, source: null, room: null, minDurationMs: null }}
          choices={NO_CHOICES}
          address={address}
          fields={["q"]}
          search="Search names"
          further={further}
        >
          <AuditFilters narrowed={narrowed} rows={rows} address={address} />
        </FilterBar>
      </div>
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card print:overflow-visible print:border-0 print:shadow-none">
        {rows.length === 0 ? (
          <NothingFound
            title="No entries"
            why={
              isNarrowed
                ? "No entry in this period matches your filters."
                : "Nothing was noted in this period."
            }
            days={page}
            address={address}
            narrowed={
              isNarrowed
                ? { words: "Clear the filters", without: withoutAll({ ...narrowed }) }
                : null
            }
          />
        ) : (
          <SkipPast what="table">
            <ScrollTable label="Audit log, scrollable" height="page" isPrinted>
              <AuditRows rows={rows} face={face} address={address} />
            </ScrollTable>
          </SkipPast>
        )}
        <Pager previous={previous} next={next} />
      </div>
      <p role="status" className="sr-only">
        {address.isPending ? "" : `${counted(rows.length, "entry", "entries")} on this page`}
      </p>
    </>
  );
}

function keptWords(days: number | null): string {
  return days === null
    ? "Entries are kept for good."
    : `Entries are kept for ${counted(days, "day", "days")}.`;
}
