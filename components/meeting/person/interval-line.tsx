"use client";

import { memo } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { MoreButton, useFirst } from "#components/ui/first.tsx";
import { RunningDuration } from "#components/ui/running.tsx";
import { formatBetween } from "#components/words/duration.ts";
import type { ExplainedInterval, StayPart } from "#domain/meeting/explained.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { DeliveredReport } from "./delivery-dialog.tsx";
import { Reports } from "./reports.tsx";
import { intervalWords, partWords } from "./why-words.ts";

/** Up to this many connections of one stay are listed without a button. */
const PARTS_SHOWN = 6;

type Open = (report: DeliveredReport) => void;

/** One interval of a person's time: when, how long, how it counts, and its reports. */
export const IntervalLine = memo(function IntervalLine({
  stretch: interval,
  onOpen,
}: {
  stretch: ExplainedInterval;
  onOpen: Open;
}) {
  const clockFormat = useClockFormat();
  const counts = interval.kind === "stay" || interval.kind === "joined_gap";
  return (
    <li className="num">
      <p>
        <Times from={interval.from} to={interval.to} />{" "}
        <span className={counts ? "text-present-ink" : "line-through decoration-ink-3"}>
          <Length from={interval.from} to={interval.to} />
        </span>{" "}
        {intervalWords(interval, clockFormat)}
      </p>
      <Witnesses interval={interval} onOpen={onOpen} />
    </li>
  );
});

function Times({ from, to }: { from: Ms; to: Ms | null }) {
  const clockFormat = useClockFormat();
  return (
    <span className="font-firm text-ink">
      {clockFormat.second(from)} – {to === null ? "now" : clockFormat.second(to)}
    </span>
  );
}

function Length({ from, to }: { from: Ms; to: Ms | null }) {
  return to === null ? <RunningDuration since={from} /> : formatBetween(to - from);
}

function Witnesses({ interval, onOpen }: { interval: ExplainedInterval; onOpen: Open }) {
  switch (interval.kind) {
    case "joined_gap":
    case "away":
      return null;
    case "wait":
      return <Reports reports={interval.reports} onOpen={onOpen} />;
    case "stay": {
      const [only, ...others] = interval.parts;
      if (others.length === 0) return <Reports reports={only?.reports ?? []} onOpen={onOpen} />;
      return <Parts parts={interval.parts} onOpen={onOpen} />;
    }
    default:
      return interval satisfies never;
  }
}

function Parts({ parts, onOpen }: { parts: readonly StayPart[]; onOpen: Open }) {
  const clockFormat = useClockFormat();
  const { shown, more, showAll } = useFirst(parts, PARTS_SHOWN);
  return (
    <ul aria-label="Connections" className="mt-1 grid gap-1 pl-2.5">
      {shown.map((part) => (
        <li key={`${part.participantId} ${part.from}`}>
          <p>
            <Times from={part.from} to={part.to} /> {partWords(part, clockFormat)}
          </p>
          <Reports reports={part.reports} onOpen={onOpen} />
        </li>
      ))}
      {more > 0 && (
        <li>
          <MoreButton count={more} onShow={showAll} />
        </li>
      )}
    </ul>
  );
}
