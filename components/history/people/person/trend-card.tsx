import { Card } from "#components/ui/card.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { Ms } from "#domain/event.ts";
import { attendedUntil } from "#domain/history/people.ts";
import { type PersonPage, shareOf, type TrendBy, type TrendStep } from "#domain/history/person.ts";
import { barsOf, HEIGHT, WIDTH } from "./trend.ts";

/** How much somebody attended, week by week or month by month: a picture, and the same as a table. */
export function TrendCard({ page: { trend, asOf } }: { page: PersonPage }) {
  const { by, steps } = trend;
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || steps.length < 2) return null;
  return (
    <Card title="Trend" note={`attended by ${by}`}>
      <div className="px-4 pt-4 pb-3 sm:px-4.5">
        <p className="num mb-1 text-ink-3 text-xs">
          {formatDuration(Math.max(...steps.map((step) => attendedUntil(step, asOf))))} at most
        </p>
        <svg
          role="img"
          aria-label={sentence(by, steps, asOf)}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-30 w-full"
        >
          {barsOf(steps, asOf).map(({ day, ...bar }) => (
            <rect key={day} {...bar} className="fill-present" />
          ))}
          <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="stroke-line" />
        </svg>
        <p className="num mt-1 flex justify-between text-ink-3 text-xs">
          <span>{stepWords(by, first)}</span>
          <span>{stepWords(by, last)}</span>
        </p>
        <details className="mt-2 text-[13px] print:hidden">
          <summary className="cursor-pointer text-ink-3 text-xs hover:text-ink">As a table</summary>
          <div className="mt-2 max-h-72 overflow-y-auto">
            <table className="num w-full text-left">
              <caption className="sr-only">Attended by {by}</caption>
              <thead className="text-ink-2 text-xs">
                <tr>
                  <th scope="col" className="py-1 font-[500]">
                    {by === "week" ? "Week from" : "Month"}
                  </th>
                  <th scope="col" className="py-1 text-right font-[500]">
                    Meetings
                  </th>
                  <th scope="col" className="py-1 text-right font-[500]">
                    Attended
                  </th>
                  <th scope="col" className="py-1 text-right font-[500]">
                    Share
                  </th>
                </tr>
              </thead>
              <tbody>
                {steps.map((step) => (
                  <tr key={step.day} className="border-line border-t">
                    <th scope="row" className="py-1 font-normal">
                      {stepWords(by, step)}
                    </th>
                    <td className="py-1 text-right">{grouped(step.meetings)}</td>
                    <td className="py-1 text-right">{formatDuration(attendedUntil(step, asOf))}</td>
                    <td className="py-1 text-right">
                      {percent(shareOf(attendedUntil(step, asOf), step.heldMs)) ?? "–"}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Card>
  );
}

/** `Mon 26 Oct 2026` for a week, `Oct 2026` for a month. Days are told as days, in no zone. */
function stepWords(by: TrendBy, { day }: Pick<TrendStep, "day">): string {
  const words = ClockFace.in("UTC").calendarDay(Date.parse(day));
  return by === "week" ? words : words.replace(/^\w+ \d+ /, "");
}

function sentence(by: TrendBy, steps: readonly TrendStep[], now: Ms): string {
  const most = steps.reduce((a, b) => (attendedUntil(b, now) > attendedUntil(a, now) ? b : a));
  return `Attended by ${by} over ${counted(steps.length, by, `${by}s`)}: most in the ${by} of ${stepWords(by, most)}, ${formatDuration(attendedUntil(most, now))} in ${counted(most.meetings, "meeting", "meetings")}.`;
}
