"use client";

import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { FilterBar } from "#components/lists/filter-bar.tsx";
import { missingFilterMessage } from "#components/lists/gone-words.ts";
import { NothingFound } from "#components/lists/nothing-found.tsx";
import { periodWords } from "#components/lists/period-words.ts";
import { type Address, useAddress } from "#components/lists/use-address.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import type { WaitingPage } from "#domain/waits/waiting-page.ts";
import { HeatMap, isWide } from "./heat-map.tsx";
import { Histogram } from "./histogram.tsx";
import { MeasureFields } from "./measure-fields.tsx";
import { scopeOf } from "./question.ts";
import { RoomsTable } from "./rooms-table.tsx";
import { WaitingStats } from "./waiting-stats.tsx";
import { WaitsList } from "./waits-list.tsx";

/** Waiting rooms over time: how long people waited, and who left before they were admitted. */
export function WaitingScreen({ page }: { page: WaitingPage }) {
  const { period, today, narrowed, choices, lens, count, asOf } = page;
  const address = useAddress();
  const face = ClockFormat.in(period.timeZone);
  const todays = useTodaysClockFormat(period.timeZone);
  return (
    <>
      <PageTitle name="Waiting room" />
      <PageHead
        title="Waiting room"
        lead={
          <>
            {periodWords(period, face)} · {period.timeZone}
          </>
        }
        actions={
          <>
            <nav aria-label="When" className="flex gap-2">
              <ButtonLink href="/">Now</ButtonLink>
              <ButtonLink href="/waiting" aria-current="page" look="current">
                Over time
              </ButtonLink>
            </nav>
            <DownloadMenu
              canPrint
              of="all these waits"
              choices={formatsOf("/api/v1/waits", scopeOf(page))}
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
          fields={["source", "room"]}
          otherParams={{
            heat: lens.heat,
            show: lens.shown,
            sort: lens.sort,
            order: lens.order,
            week_hour: lens.weekHour === null ? null : String(lens.weekHour),
          }}
        >
          <MeasureFields lens={lens} address={address} />
        </FilterBar>
      </div>
      {count.began === 0 ? (
        <NoWaits page={page} address={address} />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <div>
            <WaitingStats page={page} address={address} />
            <Apart page={page} address={address} />
          </div>
          <div
            className={`grid grid-cols-[minmax(0,1fr)] items-start gap-5 ${isWide(page) ? "min-[1700px]:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]" : "xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]"}`}
          >
            <HeatMap page={page} address={address} />
            <Histogram page={page} />
          </div>
          <SkipPast what="rooms">
            <RoomsTable page={page} address={address} />
          </SkipPast>
          <WaitsList page={page} address={address} />
        </div>
      )}
      <p role="status" className="sr-only">
        {address.isPending
          ? ""
          : `${counted(count.began, "wait", "waits")}, as of ${todays.minute(asOf)}`}
      </p>
    </>
  );
}

/** The waits that are in no rate and no average, because their end is unknown or has not come. */
function Apart({
  page: { count, asOf, period },
  address,
}: {
  page: WaitingPage;
  address: Address;
}) {
  const todays = useTodaysClockFormat(period.timeZone);
  const parts = [
    ...(count.unknown > 0
      ? [
          {
            shown: "unknown",
            words: `${counted(count.unknown, "wait", "waits")} with no reported end`,
          },
        ]
      : []),
    ...(count.waiting > 0
      ? [{ shown: "waiting", words: `${grouped(count.waiting)} still waiting` }]
      : []),
  ];
  return (
    <p className="num mt-2 text-ink-3 text-caption">
      {parts.length > 0 && "Not in any rate or average: "}
      {parts.map(({ shown, words }, index) => (
        <span key={shown}>
          {index > 0 && " and "}
          <Link
            href={`${address.href({ show: shown, week_hour: null })}#waits`}
            className="text-ink-2 underline decoration-line underline-offset-2 hover:decoration-ink-3"
          >
            {words}
          </Link>
        </span>
      ))}
      {parts.length > 0 && ". "}
      As of {todays.minute(asOf)}. Waits of people who were erased are not counted.
    </p>
  );
}

function NoWaits({ page, address }: { page: WaitingPage; address: Address }) {
  const isNarrowed = page.narrowed.source !== null || page.narrowed.room !== null;
  return (
    <div className="rounded-card border border-line bg-surface shadow-card">
      <NothingFound
        {...(missingFilterMessage(page.choices, page.narrowed) ?? {
          title: "Nobody waited",
          why: isNarrowed
            ? "Nobody began to wait there in this period."
            : "Nobody began to wait in this period. Rooms without a waiting room have no waits.",
        })}
        days={page}
        isGone={page.choices.gone.length > 0}
        address={address}
        narrowed={
          isNarrowed ? { words: "Look at all rooms", without: { source: null, room: null } } : null
        }
      />
    </div>
  );
}
