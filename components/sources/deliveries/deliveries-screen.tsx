"use client";

import { ArrowUp } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { FilterBar, withoutAll } from "#components/lists/filter-bar.tsx";
import { NothingFound } from "#components/lists/nothing-found.tsx";
import { Pager } from "#components/lists/pager.tsx";
import { periodWords } from "#components/lists/period-words.ts";
import { useAddress } from "#components/lists/use-address.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { WidePaper } from "#components/ui/wide-paper.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, totalled } from "#components/words/count.ts";
import type { DeliveriesPage } from "#domain/sources/deliveries/deliveries-page.ts";
import { DeliveryFilters } from "./delivery-filters.tsx";
import { DeliveryRows } from "./delivery-rows.tsx";
import { RefusedCard } from "./refused-card.tsx";
import { ReplayBar } from "./replay/replay-bar.tsx";
import { useReplay } from "./replay/use-replay.ts";
import { useNewest } from "./use-newest.ts";

const ROWS = 50;
/** So far from the top a reader has begun to read. */
const AT_TOP_PX = 8;
const NONE: ReadonlySet<string> = new Set();

/** What came in and what became of it, newest first. Every filter is in the address. */
export function DeliveriesScreen({ page }: { page: DeliveriesPage }) {
  const { period, today, narrowed, choices, total, previous, refused } = page;
  const address = useAddress();
  const face = ClockFormat.in(period.timeZone);
  const table = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState(NONE);
  const isHeld = useCallback(
    () => chosen.size > 0 || (table.current?.scrollTop ?? 0) > AT_TOP_PX,
    [chosen],
  );
  const opened = useMemo(() => openedOf(page), [page]);
  const query = isMoving(page) ? queryOf(page) : null;
  const { shown, fresh, showNew, error } = useNewest(opened, { query, rows: ROWS, isHeld });
  const replay = useReplay();
  const choose = useCallback((ids: readonly string[], isChosen: boolean) => {
    setChosen((now) => {
      const next = new Set(now);
      for (const id of ids) {
        if (isChosen) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  }, []);
  const toTop = () => {
    setChosen(NONE);
    showNew();
    table.current?.scrollTo({ top: 0 });
  };
  const { source, room, ...further } = narrowed;
  const isNarrowed = Object.values(narrowed).some((value) => value !== null);
  const types = [...new Set(shown.rows.flatMap(({ type }) => type ?? []))].toSorted();
  return (
    <>
      <WidePaper />
      <PageTitle name="Deliveries" />
      <PageHead
        title="Deliveries"
        lead={
          <>
            {periodWords(period, face)} · {period.timeZone}
            {total !== 0 && ` · ${totalled(total, "delivery", "deliveries")}`}
          </>
        }
        actions={
          page.unreadable > 0 && (
            <ButtonLink href={address.href({ status: "unreadable", from: null, to: null })}>
              {counted(page.unreadable, "unreadable", "unreadable")}
            </ButtonLink>
          )
        }
      />
      <div className="my-4.5 print:hidden">
        <FilterBar
          period={period}
          today={today}
          narrowed={{ q: null, source, room, minDurationMs: null }}
          choices={choices}
          address={address}
          fields={["source", "room"]}
          further={further}
        >
          <DeliveryFilters narrowed={narrowed} types={types} address={address} />
        </FilterBar>
      </div>
      {previous === null && <RefusedCard refused={refused} asOf={page.asOf} face={face} />}
      <div className="relative overflow-hidden rounded-card border border-line bg-surface shadow-card">
        <ReplayBar replay={replay}>
          {chosen.size > 0 ? (
            <>
              <p className="num">{counted(chosen.size, "delivery", "deliveries")} chosen</p>
              <Button
                look="small-primary"
                disabled={replay.isBeginning}
                onClick={() =>
                  replay.begin({ ids: [...chosen] }, { onSuccess: () => setChosen(NONE) })
                }
              >
                Project again
              </Button>
              <Button look="link" onClick={() => setChosen(NONE)}>
                Choose none
              </Button>
            </>
          ) : (
            narrowed.status === "unreadable" &&
            page.unreadable > 0 && (
              <>
                <p className="num">
                  {counted(page.unreadable, "delivery", "deliveries")} unreadable in all
                </p>
                <Button
                  look="small-primary"
                  disabled={replay.isBeginning}
                  onClick={() => replay.begin({ which: "unreadable" })}
                >
                  Project all of them again
                </Button>
              </>
            )
          )}
        </ReplayBar>
        {fresh > 0 && (
          <div className="pointer-events-none absolute inset-x-0 top-11 z-20 flex justify-center">
            <Button
              look="primary"
              hasSign
              onClick={toTop}
              className="num pointer-events-auto shadow-popup"
            >
              <ArrowUp aria-hidden className="size-3.5" />
              {fresh >= ROWS ? `${ROWS}+ new` : `${fresh} new`}
            </Button>
          </div>
        )}
        {shown.rows.length === 0 ? (
          <NothingFound
            title="No deliveries"
            why={
              isNarrowed
                ? "No delivery in this period matches your filters."
                : "Nothing that was correctly signed came in this period."
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
            <DeliveryRows
              ref={table}
              rows={shown.rows}
              face={face.on(page.asOf)}
              chosen={chosen}
              onChoose={choose}
              isPending={address.isPending}
            />
          </SkipPast>
        )}
        <Pager
          previous={previous}
          next={shown.next === null ? null : address.href({ cursor: shown.next })}
        />
      </div>
      {error !== null && (
        <p role="status" className="mt-2 text-note text-waiting-ink">
          New deliveries could not be asked for: {error.message} This is tried again.
        </p>
      )}
      <p role="status" className="sr-only">
        {address.isPending
          ? ""
          : `${counted(shown.rows.length, "delivery", "deliveries")} on this page`}
      </p>
    </>
  );
}

function openedOf({ rows, next }: DeliveriesPage) {
  const cursor = next === null ? null : new URL(next, "http://page").searchParams.get("cursor");
  return { rows, next: cursor };
}

/** Whether what comes now belongs on this page: it is the first one, and its days are not over. */
function isMoving({ previous, period, today }: DeliveriesPage): boolean {
  return previous === null && period.lastDay >= today;
}

/** The filters of the list as the API takes them. */
function queryOf({ narrowed, period }: DeliveriesPage): string {
  const params = new URLSearchParams({ from: period.firstDay, tz: period.timeZone });
  for (const [name, value] of Object.entries(narrowed)) if (value !== null) params.set(name, value);
  return params.toString();
}
