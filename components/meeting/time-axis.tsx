"use client";

import { useMemo } from "react";
import { usePageTime } from "#components/sync/page-time.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { useMedia } from "#components/ui/use-media.ts";
import { ClockFormat } from "#components/words/clock-format.ts";
import type { Ms } from "#domain/time/ms.ts";
import { stepOf, ticksOf } from "#domain/time/ticks.ts";
import { type Axis, percentOf } from "#domain/timeline/timeline.ts";
import { TrackRow } from "./parts/track-row.tsx";
import { useApart } from "./use-apart.ts";

const DAY_MS = 86_400_000;

/**
 * The clock times of the axis, and over midnight their days. For the eye only: every lane's label has its own times.
 */
export function TimeAxis({ axis }: { axis: Axis }) {
  const { ticks, step, clockFormat } = useTicks(axis);
  const today = useTodaysClockFormat();
  const row = useApart<HTMLDivElement>();
  const hasDays = !clockFormat.isSameDay(axis.from, axis.to) || today.otherDay(axis.from) !== null;
  return (
    <TrackRow label="">
      <div
        ref={row}
        aria-hidden
        className={`num relative text-mark text-ink-3 leading-4 ${hasDays && step < DAY_MS ? "h-9" : "h-5"}`}
      >
        {ticks.map((at, index) => {
          const isNewDay = hasDays && beginsDay(at, ticks[index - 1], clockFormat);
          return (
            <span
              key={at}
              data-more={isNewDay ? "" : undefined}
              className={`absolute bottom-0.5 whitespace-nowrap text-center ${shift(percentOf(at, axis))}`}
              style={{ left: `${percentOf(at, axis)}%` }}
            >
              {isNewDay && (
                <span className="block font-firm text-ink-2">{clockFormat.shortDay(at)}</span>
              )}
              {step < DAY_MS && tickWords(at, step, clockFormat)}
            </span>
          );
        })}
      </div>
    </TrackRow>
  );
}

/** The lines of the axis behind the lanes. */
export function TickLines({ axis }: { axis: Axis }) {
  const { ticks, clockFormat } = useTicks(axis);
  return ticks.map((at, index) => (
    <span
      key={at}
      className={`absolute inset-y-0 w-px ${index > 0 && beginsDay(at, ticks[index - 1], clockFormat) ? "bg-ink-3/45" : "bg-line/60"}`}
      style={{ left: `${percentOf(at, axis)}%` }}
    />
  ));
}

function useTicks(axis: Axis): { ticks: Ms[]; step: Ms; clockFormat: ClockFormat } {
  const { timeZone } = usePageTime();
  const isNarrow = useMedia("(width < 40rem)");
  const clockFormat = ClockFormat.in(timeZone);
  const step = stepOf(axis, isNarrow ? 5 : 9);
  const ticks = useMemo(
    () => ticksOf(axis, step, (at) => clockFormat.offsetMs(at)),
    [axis, step, clockFormat],
  );
  return { ticks, step, clockFormat };
}

function tickWords(at: Ms, step: Ms, clockFormat: ClockFormat): string {
  return step < 60_000 ? clockFormat.second(at) : clockFormat.minute(at);
}

/** The first tick of a day is labelled with the day. */
function beginsDay(at: Ms, before: Ms | undefined, clockFormat: ClockFormat): boolean {
  return before === undefined || clockFormat.day(before) !== clockFormat.day(at);
}

/** A label is centred on its tick, but does not cross the edge of a narrow screen. */
function shift(left: number): string {
  if (left < 6) return "sm:-translate-x-1/2";
  return left > 94 ? "-translate-x-full sm:-translate-x-1/2" : "-translate-x-1/2";
}
