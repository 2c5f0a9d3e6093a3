"use client";

import { memo, useMemo } from "react";
import { labelRef } from "#components/ui/label-ref.ts";
import { nameOf } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import type { HandOver, HostHistory, HostPeriod } from "#domain/meeting/host-history.ts";
import { type Axis, lanePositionOf, percentOf } from "#domain/timeline/timeline.ts";
import { handOverWords, hostPeriodWords } from "./host-words.ts";
import { AfterMoment } from "./moment/as-of-line.tsx";
import { TrackRow } from "./parts/track-row.tsx";
import { useClockFormat } from "./parts/use-clock-format.tsx";

const MOST_NAMED = 12;
/** With more hosts at once than this, hosts share rows. */
const MOST_ROWS = 4;
const GAP = 2;

const LOOKS: Record<HostPeriod["kind"], string> = {
  host: "bg-host",
  uncertain: "unsure",
  nobody: "hatched",
};

/** When there was a host, two of them in two rows, and when people were there without one. */
export const HostStrip = memo(function HostStrip({
  history,
  axis,
  isPast,
}: {
  history: HostHistory;
  axis: Axis;
  /** A past moment is shown. */
  isPast: boolean;
}) {
  const clockFormat = useClockFormat();
  const { stretches: periods, handOvers } = history;
  const say = useMemo(
    () => labelRef("aria-label", () => summaryOf(periods, clockFormat)),
    [periods, clockFormat],
  );
  const rows = Math.min(Math.max(history.rows, 1), MOST_ROWS);
  const rowHeight = rows === 1 ? 8 : 6;
  return (
    <TrackRow label="Host">
      <div
        ref={say}
        role="img"
        className="relative my-2"
        style={{ height: rows * rowHeight + (rows - 1) * GAP }}
      >
        {periods.length === 0 && (
          <span className="absolute inset-x-0 top-1/2 h-px bg-line" title="no host reported" />
        )}
        {periods.map((period) => (
          <PeriodBar
            key={`${period.kind} ${period.from} ${period.person?.id ?? ""}`}
            period={period}
            axis={axis}
            clockFormat={clockFormat}
            box={
              period.kind === "nobody"
                ? { top: 0, height: "100%" }
                : { top: (period.row % rows) * (rowHeight + GAP), height: rowHeight }
            }
          />
        ))}
        {handOvers.map((handOver) => (
          <HandOverSign
            key={`${handOver.at} ${handOver.from.id} ${handOver.to.id}`}
            handOver={handOver}
            axis={axis}
            clockFormat={clockFormat}
          />
        ))}
        {isPast && <AfterMoment />}
      </div>
    </TrackRow>
  );
});

function PeriodBar({
  period,
  axis,
  clockFormat,
  box,
}: {
  period: HostPeriod;
  axis: Axis;
  clockFormat: ClockFormat;
  box: { top: number; height: number | string };
}) {
  const { left, width } = lanePositionOf(period, axis);
  return (
    <span
      ref={labelRef("title", () => hostPeriodWords(period, clockFormat))}
      className={`bar absolute min-w-0.75 rounded-xs ${LOOKS[period.kind]} ${period.endInferred ? "fades" : ""} ${width === null ? "to-now" : ""}`}
      style={{ ...box, left: `${left}%`, ...(width !== null && { width: `${width}%` }) }}
    />
  );
}

function HandOverSign({
  handOver,
  axis,
  clockFormat,
}: {
  handOver: HandOver;
  axis: Axis;
  clockFormat: ClockFormat;
}) {
  return (
    <span
      ref={labelRef("title", () => handOverWords(handOver, clockFormat))}
      className="bar -inset-y-0.75 -ml-1 absolute grid w-2 place-items-center"
      style={{ left: `${percentOf(handOver.at, axis)}%` }}
    >
      <span className="h-full w-0.75 rounded-full border-surface bg-ink outline-1.5 outline-surface" />
    </span>
  );
}

function summaryOf(periods: readonly HostPeriod[], clockFormat: ClockFormat): string {
  if (periods.length === 0) return "Host: none reported";
  const named = periods.slice(0, MOST_NAMED).map((period) => briefWords(period, clockFormat));
  const more = periods.length - MOST_NAMED;
  return `Host: ${named.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

function briefWords(
  { kind, person, from, to, endInferred }: HostPeriod,
  clockFormat: ClockFormat,
): string {
  const who = person === null ? "nobody" : nameOf(person.name);
  const until = to === null ? "now" : clockFormat.after(from).minute(to);
  const unsure = kind === "uncertain" ? " (uncertain)" : endInferred ? " (end inferred)" : "";
  return `${who} ${clockFormat.minute(from)} – ${until}${unsure}`;
}
