"use client";

import Link from "next/link";
import { type KeyboardEvent, useState } from "react";
import { Choice } from "#components/history/choice.tsx";
import type { Address } from "#components/history/use-address.ts";
import { Card } from "#components/ui/card.tsx";
import { HEATS, type WaitingPage } from "#domain/history/waiting-page.ts";
import { dayAndHour, hoursShown } from "#domain/history/week-hours.ts";
import { type Warmth, warmths } from "./heat.ts";
import { HEAT_WORDS, hourSentence, weekdayName } from "./waiting-words.ts";

/** The narrowest an hour can be and still hold `100`, or `9:59`. */
const CELL_REM = { narrow: 1.4, wide: 2.1 };
const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** When people wait, by weekday and hour: each cell opens the waits that began in it. */
export function HeatMap({ page, address }: { page: WaitingPage; address: Address }) {
  const { hours, lens, period } = page;
  const counts = new Map(hours.map(({ hour, count }) => [hour, count]));
  const shades = warmths(hours, lens.heat, lens);
  const columns = hoursShown(hours);
  const used = DAYS.flatMap((day) => columns.map((hour) => (day - 1) * 24 + hour)).filter((hour) =>
    counts.has(hour),
  );
  const [pointed, setPointed] = useState<number | null>(null);
  const [stop, setStop] = useState<number | null>(null);
  const tabStop = stop !== null && counts.has(stop) ? stop : used[0];
  const said = pointed ?? lens.weekHour;
  const count = said === null ? undefined : counts.get(said);
  const saidWords = said === null || count === undefined ? null : hourSentence(said, count, lens);
  return (
    <Card
      title="By weekday and hour"
      note={`when they began to wait, ${period.timeZone}`}
      className="min-w-0"
      aside={
        <div className="w-46">
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
      <div className="relative overflow-x-auto px-4 pt-3 pb-1 sm:px-4.5">
        <table
          className="num w-full table-fixed border-separate border-spacing-0.75 text-xs"
          style={{
            minWidth: `${columns.length * CELL_REM[lens.heat === "average" ? "wide" : "narrow"] + 3}rem`,
          }}
          onKeyDown={moveBy(used, setStop)}
        >
          <caption className="sr-only">
            {HEAT_WORDS[lens.heat]} by weekday and hour, in {period.timeZone}. Arrow keys go from
            hour to hour.
          </caption>
          <thead>
            <tr>
              <th scope="col" className="w-8.5">
                <span className="sr-only">Weekday</span>
              </th>
              {columns.map((hour) => (
                <th key={hour} scope="col" className="font-[450] text-ink-3">
                  {hour}
                  <span className="sr-only"> o’clock</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {DAYS.map((day) => (
              <tr key={day}>
                <th scope="row" className="pr-1 text-left font-[450] text-ink-3">
                  <abbr title={weekdayName(day)} className="no-underline">
                    {weekdayName(day).slice(0, 3)}
                  </abbr>
                </th>
                {columns.map((hour) => {
                  const weekHour = (day - 1) * 24 + hour;
                  const here = counts.get(weekHour);
                  const shade = shades.get(weekHour);
                  return (
                    <td key={hour} className="h-7.5 p-0">
                      {here === undefined || shade === undefined ? (
                        <span className="block size-full rounded-md bg-sunken/50">
                          <span className="sr-only">no waits</span>
                        </span>
                      ) : (
                        <Link
                          href={`${address.href(hourChange(weekHour, lens.weekHour))}#waits`}
                          data-hour={weekHour}
                          tabIndex={weekHour === tabStop ? 0 : -1}
                          aria-current={weekHour === lens.weekHour ? "true" : undefined}
                          aria-label={hourSentence(weekHour, here, lens)}
                          title={hourSentence(weekHour, here, lens)}
                          onMouseEnter={() => setPointed(weekHour)}
                          onMouseLeave={() => setPointed(null)}
                          onFocus={() => setPointed(weekHour)}
                          onBlur={() => setPointed(null)}
                          style={{ background: shadeOf(shade) }}
                          className={`grid size-full place-items-center rounded-md text-ink hover:outline-2 hover:outline-ink ${shade.isThin ? "border border-ink-3 border-dashed" : ""} ${weekHour === lens.weekHour ? "outline-2 outline-ink" : ""}`}
                        >
                          {shade.text ?? "·"}
                        </Link>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="num min-h-10 px-4 pb-3 text-ink-2 text-xs sm:px-4.5">
        {saidWords ?? "Dashed: fewer than 5, which may be chance. An hour opens its waits below."}
      </p>
    </Card>
  );
}

function shadeOf({ warmth, text }: Warmth): string {
  const part = text === null ? 0 : Math.round(8 + warmth * 92);
  return `color-mix(in oklab, var(--color-heat) ${part}%, var(--color-sunken))`;
}

/** To the waits of an hour; the same hour again is no longer looked at alone. */
function hourChange(weekHour: number, current: number | null) {
  return weekHour === current ? { week_hour: null } : { week_hour: String(weekHour), show: "all" };
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -24,
  ArrowDown: 24,
};

/** Arrow keys lead to the next hour in their direction in which anybody waited. */
function moveBy(used: readonly number[], reach: (hour: number) => void) {
  return (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key];
    const { target, currentTarget } = event;
    if (step === undefined || !(target instanceof HTMLElement)) return;
    const from = Number(target.dataset["hour"] ?? Number.NaN);
    const isOnWay = (hour: number) =>
      (hour - from) * step > 0 &&
      (Math.abs(step) === 24
        ? dayAndHour(hour).hour === dayAndHour(from).hour
        : dayAndHour(hour).weekday === dayAndHour(from).weekday);
    const ahead = used.filter(isOnWay);
    const next = step > 0 ? ahead[0] : ahead.at(-1);
    if (next === undefined) return;
    event.preventDefault();
    reach(next);
    currentTarget.querySelector<HTMLElement>(`[data-hour="${next}"]`)?.focus();
  };
}
