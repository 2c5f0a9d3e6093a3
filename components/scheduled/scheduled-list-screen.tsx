"use client";

import { CalendarPlus } from "lucide-react";
import type { ReactNode } from "react";
import { FilterBar } from "#components/lists/filter-bar.tsx";
import { missingFilterMessage } from "#components/lists/gone-words.ts";
import { Pager } from "#components/lists/pager.tsx";
import { periodWords } from "#components/lists/period-words.ts";
import { type Address, useAddress } from "#components/lists/use-address.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, totalled } from "#components/words/count.ts";
import type { ExpectedPage, ScheduledTab } from "#domain/scheduled/pages.ts";
import { begunBy } from "#domain/scheduled/scheduled.ts";
import { ExpectedTable } from "./expected-table.tsx";
import { useRefreshOnEvents } from "./use-refresh-on-events.ts";

const NAMES: Record<ScheduledTab, string> = { coming: "Today and coming", past: "Past" };

/** Every scheduled meeting, with who of its roster is here. */
export function ScheduledListScreen({
  page,
  offers = null,
}: {
  page: ExpectedPage;
  /** What calendars have besides. */
  offers?: ReactNode;
}) {
  const {
    show,
    rows,
    period,
    today,
    narrowed,
    choices,
    next,
    previous,
    heard: seen,
    turnsAt,
  } = page;
  const address = useAddress();
  const scheduled = rows.map((row) => row.scheduled);
  useRefreshOnEvents(begunBy(scheduled, page.asOf), seen, turnsAt);
  return (
    <>
      <PageTitle name="Expected" />
      <PageHead
        title="Expected"
        lead={
          <>
            {show === "past"
              ? periodWords(period, ClockFormat.in(period.timeZone))
              : "Scheduled meetings from today on"}{" "}
            · {period.timeZone}
            {page.total !== 0 &&
              ` · ${totalled(page.total, "scheduled meeting", "scheduled meetings")}`}
          </>
        }
        actions={
          <>
            <ButtonLink href="/expected/lists">Class lists</ButtonLink>
            <May access="write">
              <ButtonLink href="/expected/new" hasSign>
                <CalendarPlus aria-hidden className="size-3.5" />
                Schedule a meeting
              </ButtonLink>
            </May>
          </>
        }
      />
      <nav aria-label="Which meetings" className="mt-3 flex gap-1 border-line border-b">
        {(["coming", "past"] as const).map((one) => (
          <Link
            key={one}
            {...address.link({ show: one === "coming" ? null : one })}
            replace
            aria-current={one === show ? "page" : undefined}
            className={`-mb-px border-b-2 px-3 py-1.5 text-dense ${
              one === show
                ? "border-present font-strong text-ink"
                : "border-transparent text-ink-2 hover:text-ink"
            }`}
          >
            {NAMES[one]}
          </Link>
        ))}
      </nav>
      <div className="my-4.5">
        <FilterBar
          period={period}
          today={today}
          narrowed={narrowed}
          choices={choices}
          address={address}
          fields={["q", "source", "room"]}
          hasDays={show === "past"}
          search="Search titles and people"
          otherParams={{ show: show === "past" ? show : null }}
        />
      </div>
      {offers}
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
        {rows.length === 0 ? (
          <NothingScheduled page={page} address={address} />
        ) : (
          <SkipPast what="table">
            <ExpectedTable page={page} isPending={address.isPending} />
          </SkipPast>
        )}
        <Pager previous={previous} next={next} />
      </div>
      <p role="status" className="sr-only">
        {address.isPending
          ? ""
          : `${counted(rows.length, "scheduled meeting", "scheduled meetings")} on this page`}
      </p>
    </>
  );
}

function NothingScheduled({ page, address }: { page: ExpectedPage; address: Address }) {
  const isNarrowed = Object.values(page.narrowed).some((value) => value !== null);
  const gone = missingFilterMessage(page.choices, page.narrowed);
  return (
    <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <p className="font-strong">{gone?.title ?? "Nothing scheduled"}</p>
      <p className="max-w-md text-ink-2">
        {gone?.why ??
          (isNarrowed
            ? "No scheduled meeting matches your search."
            : page.show === "past"
              ? "No past meeting began in this period."
              : "Say whom you expect, in which room and when. You then see here who is present, waiting, late or absent.")}
      </p>
      <p className="mt-3 flex flex-wrap justify-center gap-2">
        {isNarrowed ? (
          <ButtonLink href={address.href({ source: null, room: null, q: null })} replace>
            Clear the filters
          </ButtonLink>
        ) : (
          <May access="write">
            <ButtonLink href="/expected/new">Schedule a meeting</ButtonLink>
          </May>
        )}
      </p>
    </div>
  );
}
