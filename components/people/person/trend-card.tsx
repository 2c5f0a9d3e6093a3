import { Card } from "#components/ui/card.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import { attendedUntil } from "#domain/people/people.ts";
import { type PersonPage, shareOf, type TrendBy, type TrendStep } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";
import { barsOf, HEIGHT, topOf, WIDTH } from "./trend.ts";

/** The height of a step without attendance: the step is drawn, and empty. */
const MARK = 2;

/** How much the person attended, by week or by month: a picture, and the same as a table. */
export function TrendCard({ page: { trend, asOf } }: { page: Pick<PersonPage, "trend" | "asOf"> }) {
  const { by, steps } = trend;
  const [first] = steps;
  const last = steps.at(-1);
  const top = topOf(steps, asOf);
  if (first === undefined || last === undefined || steps.length < 2) return null;
  return (
    <Card title="Trend" note={`time attended each ${by}`}>
      <div className="px-4 pt-4 pb-3 sm:px-4.5">
        <div className="flex gap-2">
          <div
            aria-hidden
            className="num flex w-10 flex-none flex-col justify-between text-right text-ink-3 text-caption leading-none"
          >
            <span>{formatSetting(top)}</span>
            <span>0</span>
          </div>
          <svg
            role="img"
            aria-label={sentence(by, steps, asOf)}
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="h-30 w-0 flex-1 border-line border-b"
          >
            {barsOf(steps, top, asOf).map(({ step, ...bar }) => (
              <g key={step.day}>
                <title>{stepTitle(by, step, asOf)}</title>
                {/* The tooltip opens anywhere in the full height of the bar. */}
                <rect x={bar.x} y="0" width={bar.width} height={HEIGHT} fill="transparent" />
                {bar.height > 0 ? (
                  <rect {...bar} className="fill-present" />
                ) : (
                  <rect {...bar} y={HEIGHT - MARK} height={MARK} className="fill-ink-3/50" />
                )}
              </g>
            ))}
          </svg>
        </div>
        <p className="num mt-1 flex justify-between pl-12 text-ink-3 text-caption">
          <span>{stepName(by, first)}</span>
          <span>{stepName(by, last)}</span>
        </p>
        <details className="mt-2 text-dense print:hidden">
          <summary className="cursor-pointer text-ink-3 text-caption hover:text-ink">
            As a table
          </summary>
          <div className="mt-2 max-h-72 overflow-y-auto">
            <table className="num w-full text-left">
              <caption className="sr-only">Attended by {by}</caption>
              <thead className="text-ink-2 text-caption">
                <tr>
                  <th scope="col" className="py-1 font-medium">
                    {by === "week" ? "Week from" : "Month"}
                  </th>
                  <th scope="col" className="py-1 text-right font-medium">
                    Meetings
                  </th>
                  <th scope="col" className="py-1 text-right font-medium">
                    Attended
                  </th>
                  <th scope="col" className="py-1 text-right font-medium">
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

/** `Mon 26 Oct 2026` for a week, `Oct 2026` for a month. The days are dates without a zone. */
function stepWords(by: TrendBy, { day }: Pick<TrendStep, "day">): string {
  const words = ClockFormat.in("UTC").calendarDay(Date.parse(day));
  return by === "week" ? words : words.replace(/^\w+ \d+ /, "");
}

/** The same where the page does not show whether the steps are weeks or months. */
function stepName(by: TrendBy, step: Pick<TrendStep, "day">): string {
  return by === "week" ? `week from ${stepWords(by, step)}` : stepWords(by, step);
}

function stepTitle(by: TrendBy, step: TrendStep, now: Ms): string {
  if (step.meetings === 0) return `${stepName(by, step)}: no meeting`;
  return `${stepName(by, step)}: ${formatDuration(attendedUntil(step, now))} in ${counted(step.meetings, "meeting", "meetings")}`;
}

function sentence(by: TrendBy, steps: readonly TrendStep[], now: Ms): string {
  const most = steps.reduce((a, b) => (attendedUntil(b, now) > attendedUntil(a, now) ? b : a));
  return `Attended by ${by} over ${counted(steps.length, by, `${by}s`)}: most in the ${by} of ${stepWords(by, most)}, ${formatDuration(attendedUntil(most, now))} in ${counted(most.meetings, "meeting", "meetings")}.`;
}
