"use client";

import { useMemo } from "react";
import { Card } from "#components/ui/card.tsx";
import { ScrollTable } from "#components/ui/scroll-table.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped, upTo } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { RegisterFigures, Trend } from "#domain/rooms/register/figures.ts";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";
import { type AttendanceBar, chartOf } from "./chart.ts";
import { dayLabels } from "./matrix/day-labels.ts";

const HEIGHT = 100;

/** Who attended each meeting, as a picture over time with the table it is drawn from. */
export function AttendanceCard({
  meetings,
  figures,
  face,
}: {
  meetings: readonly RegisterColumn[];
  figures: RegisterFigures;
  face: ClockFormat;
}) {
  const chart = useMemo(() => chartOf(meetings), [meetings]);
  const labels = useMemo(() => dayLabels(meetings, face), [meetings, face]);
  const [first, last] = [labels[0], labels.at(-1)];
  const width = meetings.length;
  const line = chart.mean.map(({ index, height }) => `${index + 0.5},${HEIGHT - height}`).join(" ");
  const sentence = `Attendance of ${counted(width, "meeting", "meetings")} from ${first?.whole} to ${last?.whole}, at most ${grouped(chart.most)}. ${trendWords(figures.trend)}`;
  return (
    <Card title="Attendance per meeting" aside={<Key />} className="flex flex-col">
      <div className="flex grow flex-col px-4 pt-3.5 pb-3 sm:px-4.5">
        <p aria-hidden className="num mb-3 text-dense text-ink-2 empty:hidden">
          {trendWords(figures.trend)}
        </p>
        <div className="flex max-h-60 min-h-36 grow gap-2">
          <div
            aria-hidden
            className="num flex w-6 flex-none flex-col justify-between text-right text-ink-3 text-caption leading-none"
          >
            <span>{grouped(chart.most)}</span>
            <span>0</span>
          </div>
          <div className="relative min-w-0 flex-1">
            <svg
              role="img"
              aria-label={sentence}
              viewBox={`0 0 ${width} ${HEIGHT}`}
              preserveAspectRatio="none"
              className="absolute inset-0 size-full border-line border-b"
            >
              <defs>
                <pattern id="late-comers" width="1" height="4" patternUnits="userSpaceOnUse">
                  <rect width="1" height="4" className="fill-waiting-soft" />
                  <rect width="1" height="2" className="fill-waiting" />
                </pattern>
              </defs>
              {chart.bars.map((bar, index) => (
                // A single meeting must not fill the picture: no bar is wider than a twelfth of the whole.
                <BarShape key={meetings[index]?.id} bar={bar} x={index} whole={width}>
                  {`${labels[index]?.whole}: ${grouped(bar.count)}`}
                </BarShape>
              ))}
              {chart.mean.length > 1 && (
                <polyline
                  points={line}
                  className="fill-none stroke-ink"
                  strokeWidth="1.5"
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
          </div>
        </div>
        <p aria-hidden className="num mt-1.5 flex justify-between pl-8 text-ink-3 text-caption">
          <span>{first?.whole}</span>
          {width > 1 && <span>{last?.whole}</span>}
        </p>
        <AttendanceTable meetings={meetings} labels={labels.map(({ whole }) => whole)} />
      </div>
    </Card>
  );
}

function BarShape({
  bar,
  x,
  whole,
  children,
}: {
  bar: AttendanceBar;
  x: number;
  whole: number;
  children: string;
}) {
  const wide = Math.min(0.72, whole / 12);
  const at = { x: x + (1 - wide) / 2, width: wide };
  return (
    <g>
      <title>{children}</title>
      {bar.kind === "erased" ? (
        <rect {...at} y={HEIGHT - bar.height} height={bar.height} className="fill-ink-3/25" />
      ) : (
        <>
          <rect
            {...at}
            y={HEIGHT - bar.height + bar.late}
            height={bar.height - bar.late}
            className={bar.kind === "live" ? "fill-present/45" : "fill-present"}
          />
          <rect {...at} y={HEIGHT - bar.height} height={bar.late} fill="url(#late-comers)" />
        </>
      )}
    </g>
  );
}

function Key() {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-ink-2 text-caption">
      <li className="flex items-center gap-1.5">
        <span className="size-2 rounded-[2px] bg-present" /> on time
      </li>
      <li className="flex items-center gap-1.5">
        <span className="barred size-2.5 rounded-[2px]" /> late
      </li>
      <li className="flex items-center gap-1.5">
        <span className="h-px w-3 border-ink-2 border-t-2" /> mean of four
      </li>
    </ul>
  );
}

function AttendanceTable({
  meetings,
  labels,
}: {
  meetings: readonly RegisterColumn[];
  labels: readonly string[];
}) {
  return (
    <details className="mt-2 text-dense print:hidden">
      <summary className="w-fit cursor-pointer text-ink-2 text-caption marker:text-ink-3 hover:text-ink">
        As a table
      </summary>
      <ScrollTable label="Attendance per meeting, scrollable" height="list" className="mt-2">
        <table className="num w-full text-left">
          <caption className="sr-only">Attendance per meeting, oldest first</caption>
          <thead className="text-ink-2 text-caption">
            <tr>
              {["Meeting", "Attended", "Late", "Left early", "Length"].map((name) => (
                <th key={name} scope="col" className="py-1 pr-4 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {meetings.map((meeting, index) => (
              <tr key={meeting.id}>
                <th scope="row" className="whitespace-nowrap py-1 pr-4 font-normal">
                  {labels[index]}
                </th>
                <td className="py-1 pr-4">
                  {meeting.attended === null
                    ? `${grouped(meeting.peopleCount)}, people erased`
                    : grouped(meeting.attended)}
                </td>
                <td className="py-1 pr-4">
                  {meeting.attended === null ? "–" : grouped(meeting.late)}
                </td>
                <td className="py-1 pr-4">
                  {meeting.attended === null ? "–" : grouped(meeting.leftEarly)}
                </td>
                <td className="py-1 pr-4">
                  {meeting.lengthMs === null ? "–" : formatDuration(meeting.lengthMs)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </details>
  );
}

/** `24.5 in the last 4 meetings, 27 in the 4 before` */
function trendWords(trend: Trend | null): string {
  if (trend === null) return "";
  const meanText = (mean: number) => upTo(mean, 1);
  return `${meanText(trend.lately)} on average in the last ${trend.span}, ${meanText(trend.before)} in the ${trend.span} before`;
}
