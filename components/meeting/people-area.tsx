"use client";

import { type ReactNode, useMemo } from "react";
import { counted, grouped } from "#components/words/count.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { countAt, type Step } from "#domain/meeting/occupancy.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, outlineOf, percentOf } from "#domain/timeline/timeline.ts";
import { AfterMoment } from "./moment/as-of-line.tsx";
import { TrackRow } from "./parts/track-row.tsx";
import { useClockFormat } from "./parts/use-clock-format.tsx";

const HEIGHT = 46;
/** The room above the highest count. */
const HEADROOM = 3.5;

/** How many people were in, over the axis, and the peak. Children are drawn over the track. */
export function PeopleArea({
  view,
  axis,
  at,
  children,
}: {
  view: MeetingView;
  axis: Axis;
  at: Ms | null;
  children?: ReactNode;
}) {
  const clockFormat = useClockFormat();
  const { peak, steps } = view;
  const most = peak?.count ?? 0;
  const line = useMemo(
    () =>
      outlineOf(steps, axis, most)
        .map(({ x, y }, index) => {
          const top = HEIGHT - 0.5 - (y / 100) * (HEIGHT - 0.5 - HEADROOM);
          return `${index === 0 ? "M" : "L"}${x.toFixed(2)},${top.toFixed(2)}`;
        })
        .join(""),
    [steps, axis, most],
  );
  const atPeak = peak === null ? "" : ` at ${clockFormat.minute(peak.at)}`;
  return (
    <TrackRow label="People" figure={grouped(at === null ? view.presentCount : countAt(steps, at))}>
      <div className="relative">
        <svg
          role="img"
          aria-label={`People over time: at most ${counted(most, "person", "people")} at once${atPeak}, ${view.presentCount} now`}
          viewBox={`0 0 100 ${HEIGHT}`}
          preserveAspectRatio="none"
          className="until-now block h-11.5 w-full"
        >
          <path d={`${line}V${HEIGHT}H0Z`} className="fill-present-soft" />
          <path
            d={line}
            className="fill-none stroke-present"
            strokeWidth="1.4"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {at !== null && <AfterMoment />}
        {peak !== null && <Peak peak={peak} axis={axis} time={clockFormat.minute(peak.at)} />}
        {children}
      </div>
    </TrackRow>
  );
}

/** The first moment of the peak: a dot on the line, and the number of people. */
function Peak({ peak, axis, time }: { peak: Step; axis: Axis; time: string }) {
  const left = percentOf(peak.at, axis);
  return (
    <span aria-hidden className="pointer-events-none absolute inset-0">
      <span
        className="bar -translate-x-1/2 -translate-y-1/2 absolute size-1.75 rounded-full border-[1.5px] border-surface bg-present-ink"
        style={{ left: `${left}%`, top: HEADROOM }}
      />
      <span
        className="num absolute whitespace-nowrap rounded-sm bg-present-soft/85 px-1 py-px font-firm text-mark text-present-ink leading-none"
        style={{
          left: `${left}%`,
          top: HEADROOM + 4,
          translate: left > 75 ? "calc(-100% - 3px)" : "3px",
        }}
      >
        peak {grouped(peak.count)}
        <span className="font-normal"> · {time}</span>
      </span>
    </span>
  );
}
