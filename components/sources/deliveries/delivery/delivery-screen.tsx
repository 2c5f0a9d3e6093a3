"use client";

import { RotateCw } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { DeliveryBody } from "#components/sources/deliveries/body/delivery-body.tsx";
import { ReplayBar } from "#components/sources/deliveries/replay/replay-bar.tsx";
import { useReplay } from "#components/sources/deliveries/replay/use-replay.ts";
import { resultOf } from "#components/sources/deliveries/result-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { SourceMark } from "#components/ui/source-mark.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { monthWords } from "#components/words/month-words.ts";
import type { OpenedDelivery } from "#domain/event/delivery.ts";
import type { DeliveryPage } from "#domain/sources/deliveries/deliveries-page.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { SignedCurl } from "./curl-button.tsx";
import { MadeEvents } from "./made-events.tsx";
import { PathSteps } from "./path-steps.tsx";

/** One delivery: what became of it, how long that took, the events it made, and its body. */
export function DeliveryScreen({ page }: { page: DeliveryPage }) {
  if (page.is === "dropped") {
    return (
      <Notice title="No longer kept" way={{ href: "/deliveries", words: "All deliveries" }}>
        The deliveries of {monthWords(page.month)} were dropped. What they told is still counted.
      </Notice>
    );
  }
  return <Stored delivery={page.delivery} timeZone={page.timeZone} />;
}

function Stored({ delivery, timeZone }: { delivery: OpenedDelivery; timeZone: string }) {
  const { id, type, room, source, repeats, received_at, reconciled } = delivery;
  const face = ClockFormat.in(timeZone);
  const day = face.calendarDay(fromWireTime(received_at));
  const replay = useReplay();
  const { word, tone, why } = resultOf(delivery);
  return (
    <>
      <PageTitle name={`Delivery ${id}`} />
      <PageHead
        above={<WayUp href="/deliveries">Deliveries</WayUp>}
        title={type ?? "A delivery without a type"}
        beside={<Pill tone={tone}>{word}</Pill>}
        lead={`${day} · ${timeZone}`}
        actions={
          <>
            <Button
              hasSign
              disabled={replay.isBeginning}
              onClick={() => replay.begin({ ids: [id] })}
            >
              <RotateCw aria-hidden className="size-3.5" />
              Project again
            </Button>
            <May access="owner">
              <SignedCurl id={id} />
            </May>
          </>
        }
      >
        {why !== null && <p className={tone === "lost" ? "text-lost-ink" : "text-ink-2"}>{why}</p>}
      </PageHead>
      <div className="mt-4.5 grid gap-4.5">
        <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card empty:hidden">
          <ReplayBar replay={replay} />
        </div>
        <PathSteps delivery={delivery} face={face} />
        <div className="grid items-start gap-4.5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div className="grid gap-4.5">
            <MadeEvents delivery={delivery} face={face} />
            <Particulars
              rows={[
                [
                  "Source",
                  <span key="source" className="flex flex-wrap items-center gap-2">
                    <bdi>{source.name}</bdi>
                    <span className="text-ink-3">
                      <SourceMark source={source} />
                    </span>
                  </span>,
                ],
                [
                  "Room",
                  room && (
                    <Link
                      href={`/deliveries?room=${encodeURIComponent(room)}`}
                      className="hover:underline"
                    >
                      {room}
                    </Link>
                  ),
                ],
                ["Came by", reconciled ? "asking its provider for what was missed" : null],
                [
                  "Came again",
                  repeats === 0
                    ? "never"
                    : counted(repeats, "time, not counted", "times, not counted"),
                ],
                ["Number", id],
              ]}
            />
          </div>
          <div className="flex max-h-[80dvh] min-w-0 flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card *:border-t-0">
            <DeliveryBody delivery={delivery} />
          </div>
        </div>
      </div>
    </>
  );
}

function Particulars({ rows }: { rows: readonly [string, ReactNode][] }) {
  return (
    <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 rounded-card border border-line bg-surface px-4 py-3 text-dense shadow-card sm:px-4.5">
      {rows.map(([label, value]) =>
        value === null ? null : (
          <Fragment key={label}>
            <dt className="text-ink-3">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}
