"use client";

import { useMemo, useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { May } from "#components/viewer/may.tsx";
import { counted, grouped } from "#components/words/count.ts";
import { inNeed, type Need, needOf } from "#domain/live/desk-attention.ts";
import type { DeskLine, DeskSnapshot } from "#domain/live/desk-wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { BoardLine } from "./board-line.tsx";
import { DayLine } from "./day-line.tsx";
import { DeskFilters, useDeskFilter, useFiltered } from "./desk-filter.tsx";
import { useLooking, useNewCount } from "./looked.ts";
import { LostCard } from "./lost-card.tsx";
import { useDeskSnapshot } from "./use-desk-snapshot.ts";
import { useWaitTarget } from "./use-wait-target.ts";

/** The board of today: appointments and open rooms, what needs somebody first; who was lost; the day in one line. */
export function TodayScreen({ desk: opened }: { desk: DeskSnapshot }) {
  const { timeZone } = useLiveParts();
  const whole = useDeskSnapshot(opened);
  const filter = useDeskFilter();
  const desk = useFiltered(whole, filter);
  const face = useTodaysClockFormat();
  const waiting = desk.lines.reduce((sum, line) => sum + line.waiting.length, 0);
  useLooking();
  return (
    <>
      <PageTitle name="Today" waiting={waiting} />
      <PageHead
        title="Today"
        lead={
          <>
            {face.date(fromWireTime(whole.day.since))} · {timeZone}
          </>
        }
        actions={
          <>
            <May access="write" needs="everything">
              <ButtonLink href="/today/groups">Groups and hours</ButtonLink>
            </May>
            <May access="write">
              <ButtonLink href="/expected/new">Schedule a meeting</ButtonLink>
            </May>
            <PrintButton />
          </>
        }
      />
      <div className="mt-4.5 grid grid-cols-[minmax(0,1fr)] gap-5">
        <DeskFilters desk={whole} filter={filter} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_372px]">
          <Board lines={desk.lines} isNarrowed={desk.lines.length < whole.lines.length} />
          <LostCard lost={desk.lost} face={face} />
        </div>
        <DayLine day={whole.day} />
      </div>
    </>
  );
}

function Board({ lines, isNarrowed }: { lines: readonly DeskLine[]; isNarrowed: boolean }) {
  const now = useNow(5_000);
  const targetMs = useWaitTarget();
  const face = useTodaysClockFormat();
  const [showsOver, setShowsOver] = useState(false);
  const { open, over } = useMemo(() => {
    const needs = inNeed(lines, now, targetMs).map((line) => ({
      line,
      need: needOf(line, now, targetMs),
    }));
    return {
      open: needs.filter(({ need }) => need !== "over"),
      over: needs.filter(({ need }) => need === "over"),
    };
  }, [lines, now, targetMs]);
  const news = useNewCount(lines.flatMap(({ waiting }) => waiting.map(({ id }) => id)));
  const urgent = open.filter(({ need }) => NEEDS_SOMEBODY.has(need)).length;
  return (
    <Card
      title="Rooms and appointments"
      note={open.length > 0 ? grouped(open.length) : undefined}
      aside={
        <span
          role="status"
          className={urgent > 0 ? "text-lost-ink text-note" : "text-ink-3 text-note"}
        >
          {urgent > 0
            ? `${counted(urgent, "needs", "need")} somebody`
            : open.length > 0 && "nobody is needed"}
          {news > 0 && ` · ${grouped(news)} new`}
        </span>
      }
    >
      {open.length === 0 && <Nothing isNarrowed={isNarrowed} hasOver={over.length > 0} />}
      <ul tabIndex={-1} className="divide-y divide-line">
        {open.map(({ line, need }) => (
          <BoardLine key={line.id} line={line} need={need} face={face} />
        ))}
      </ul>
      {over.length > 0 && (
        <div className="border-line border-t">
          <Button
            look="row"
            aria-expanded={showsOver}
            onClick={() => setShowsOver(!showsOver)}
            className="w-full px-4.5 py-2.5 text-ink-2 text-note print:hidden"
          >
            {showsOver ? "Hide" : "Show"} {counted(over.length, "that is over", "that are over")}
          </Button>
          <ul className={`divide-y divide-line ${showsOver ? "" : "hidden print:block"}`}>
            {over.map(({ line, need }) => (
              <BoardLine key={line.id} line={line} need={need} face={face} />
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

const NEEDS_SOMEBODY: ReadonlySet<Need> = new Set(["unseen", "waiting", "late", "hostless"]);

function Nothing({ isNarrowed, hasOver }: { isNarrowed: boolean; hasOver: boolean }) {
  return (
    <p className="px-4.5 py-6 text-ink-2">
      {isNarrowed ? (
        "Nothing here fits what you filter by."
      ) : hasOver ? (
        "Everything of today is over."
      ) : (
        <>
          No room is open, and nothing is scheduled today. What is{" "}
          <Link href="/expected" className="underline underline-offset-2 hover:text-ink">
            expected
          </Link>{" "}
          stands here as it comes, and so does every room in which somebody joins or knocks.
        </>
      )}
    </p>
  );
}
