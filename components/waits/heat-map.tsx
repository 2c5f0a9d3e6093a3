"use client";

import { type KeyboardEvent, useState } from "react";
import { Choice } from "#components/lists/choice.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { Card } from "#components/ui/card.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import { localeSettings } from "#components/words/locale-settings.ts";
import { weekFrom } from "#domain/viewer/viewer.ts";
import { HEATS, type WaitingPage } from "#domain/waits/waiting-page.ts";
import { dayAndHour, HOURS_A_WEEK, hoursShown } from "#domain/waits/week-hours.ts";
import { warmths } from "./heat.ts";
import { HeatCell } from "./heat-cell.tsx";
import { HEAT_WORDS, hourSentence, weekdayName } from "./waiting-words.ts";

/** Up to so many hours fit beside the histogram, and into a row on a narrow screen. */
const FEW_HOURS = 14;

/** Whether the hours of a day make the map too wide to stand beside something else. */
export function isWide({ hours }: Pick<WaitingPage, "hours">): boolean {
  return hoursShown(hours).length > FEW_HOURS;
}

/**
 * When people wait, by weekday and hour: each cell opens the waits that began in it. A row is a day; where
 * that is too wide a row is an hour, so that no one has to scroll sideways.
 */
export function HeatMap({ page, address }: { page: WaitingPage; address: Address }) {
  const { hours, lens, period } = page;
  const columns = hoursShown(hours);
  const isTall = useMedia(`(max-width: ${isWide(page) ? 823 : 539}px)`);
  const counts = new Map(hours.map(({ hour, count }) => [hour, count]));
  const shades = warmths(hours, lens.heat, lens);
  const { firstDay } = localeSettings();
  const days = weekFrom(firstDay);
  const [outer, inner] = isTall ? [columns, days] : [days, columns];
  const weekHourAt = (row: number, column: number) =>
    isTall ? (column - 1) * 24 + row : (row - 1) * 24 + column;
  const used = outer
    .flatMap((row) => inner.map((column) => weekHourAt(row, column)))
    .filter((hour) => counts.has(hour));
  const [pointed, setPointed] = useState<number | null>(null);
  const [stop, setStop] = useState<number | null>(null);
  const tabStop = stop !== null && counts.has(stop) ? stop : used[0];
  const shownHour = pointed ?? lens.weekHour;
  const count = shownHour === null ? undefined : counts.get(shownHour);
  const sentence =
    shownHour === null || count === undefined ? null : hourSentence(shownHour, count, lens);
  return (
    <Card
      title="By weekday and hour"
      note={`when they began to wait, ${period.timeZone}`}
      className="min-w-0"
      aside={
        <div className="print:hidden">
          <Choice
            label="What the hours show"
            value={lens.heat}
            onChange={(heat) => address.go({ heat: heat === "left" ? null : heat })}
          >
            {HEATS.map((heat) => (
              <option key={heat} value={heat}>
                {HEAT_WORDS[heat]}
                {heat === "left" || heat === "level" ? ", %" : ""}
              </option>
            ))}
          </Choice>
        </div>
      }
    >
      <div className="px-4 pt-3 pb-1 sm:px-4.5">
        <table
          className="num w-full table-fixed border-separate border-spacing-0.75 text-caption"
          onKeyDown={moveBy(used, isTall, setStop)}
        >
          <caption className="sr-only">
            {HEAT_WORDS[lens.heat]} by weekday and hour, in {period.timeZone}. Arrow keys go from
            hour to hour.
          </caption>
          <thead>
            <tr>
              <th scope="col" className="w-8.5">
                <span className="sr-only">{isTall ? "Hour" : "Weekday"}</span>
              </th>
              {inner.map((column) => (
                <th key={column} scope="col" className="font-normal text-ink-3">
                  <AxisWord value={column} isDay={isTall} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outer.map((row) => (
              <tr key={row}>
                <th scope="row" className="pr-1 text-left font-normal text-ink-3">
                  <AxisWord value={row} isDay={!isTall} />
                </th>
                {inner.map((column) => {
                  const weekHour = weekHourAt(row, column);
                  const here = counts.get(weekHour);
                  const isShown = weekHour === lens.weekHour;
                  return (
                    <td key={column} className="h-7.5 p-0">
                      <HeatCell
                        weekHour={weekHour}
                        sentence={here === undefined ? null : hourSentence(weekHour, here, lens)}
                        shade={shades.get(weekHour) ?? null}
                        href={`${address.href(hourChange(weekHour, isShown))}#waits`}
                        isShown={isShown}
                        isTabStop={weekHour === tabStop}
                        onPointed={setPointed}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="num min-h-10 px-4 pb-3 text-ink-2 text-caption sm:px-4.5">
        {sentence ?? "Dashed: fewer than 5, which may be chance. An hour opens its waits below."}
      </p>
    </Card>
  );
}

function AxisWord({ value, isDay }: { value: number; isDay: boolean }) {
  if (isDay) {
    return (
      <abbr title={weekdayName(value)} className="no-underline">
        {weekdayName(value).slice(0, 3)}
      </abbr>
    );
  }
  return (
    <>
      {localeSettings().hours === "h12" ? `${value % 12 || 12}${value < 12 ? "a" : "p"}` : value}
      <span className="sr-only"> o’clock</span>
    </>
  );
}

/** The change that lists the waits of an hour; chosen again, the hour is no longer a filter. */
function hourChange(weekHour: number, isShown: boolean) {
  return isShown ? { week_hour: null } : { week_hour: String(weekHour), show: "all" };
}

const STEPS: Readonly<Record<string, { by: 1 | -1; isAcross: boolean }>> = {
  ArrowLeft: { by: -1, isAcross: true },
  ArrowRight: { by: 1, isAcross: true },
  ArrowUp: { by: -1, isAcross: false },
  ArrowDown: { by: 1, isAcross: false },
};

/** The position of an hour of the week in this map, whatever day weeks begin on. */
function positionOf(weekHour: number): number {
  return (weekHour - (localeSettings().firstDay - 1) * 24 + HOURS_A_WEEK) % HOURS_A_WEEK;
}

/** Arrow keys lead to the next hour in their direction in which a person waited. */
function moveBy(used: readonly number[], isTall: boolean, reach: (hour: number) => void) {
  return (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key];
    const { target, currentTarget } = event;
    if (step === undefined || !(target instanceof HTMLElement)) return;
    const from = Number(target.dataset["hour"] ?? Number.NaN);
    const staysInDay = step.isAcross !== isTall;
    const isOnWay = (hour: number) =>
      (positionOf(hour) - positionOf(from)) * step.by > 0 &&
      (staysInDay
        ? dayAndHour(hour).weekday === dayAndHour(from).weekday
        : dayAndHour(hour).hour === dayAndHour(from).hour);
    const ahead = used
      .filter(isOnWay)
      .toSorted((a, b) => (positionOf(a) - positionOf(b)) * step.by);
    const [next] = ahead;
    if (next === undefined) return;
    event.preventDefault();
    reach(next);
    currentTarget.querySelector<HTMLElement>(`[data-hour="${next}"]`)?.focus();
  };
}
