import { Card } from "#components/ui/card.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import { refusedWords } from "#domain/live/refusal-words.ts";
import { type RefusedOften, refusalHint } from "#domain/sources/deliveries/refused.ts";
import type { Ms } from "#domain/time/ms.ts";

const HOUR_MS: Ms = 3_600_000;
const HOURS = 7 * 24;

/** What was refused in the last seven days, and why that may be. Of what was refused nothing is kept. */
export function RefusedCard({
  refused,
  asOf,
  face,
}: {
  refused: readonly RefusedOften[];
  asOf: Ms;
  face: ClockFormat;
}) {
  if (refused.length === 0) return null;
  const total = refused.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card
      title="Refused"
      anchor="refused"
      note={`${counted(total, "webhook", "webhooks")} in seven days; nothing of them is kept`}
      className="mb-4.5"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <ul tabIndex={0} className="max-h-72 divide-y divide-line overflow-y-auto">
        {refused.map((one) => (
          <li
            key={`${one.source?.id} ${one.reason}`}
            className="grid gap-x-4.5 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_13rem] sm:px-4.5"
          >
            <Refused one={one} face={face.on(asOf)} />
            <Hours one={one} asOf={asOf} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Refused({ one, face }: { one: RefusedOften; face: ClockFormat }) {
  const { source, reason, count, lastAt, lastAddress, overAt } = one;
  return (
    <div className="num wrap-anywhere min-w-0">
      <p>
        <bdi className="font-strong">{source?.name ?? "No source"}</bdi>{" "}
        <span className="text-ink-2">
          {grouped(count)}× {refusedWords(reason).why}
        </span>
      </p>
      <p
        className={`text-note ${overAt === null && source !== null ? "text-lost-ink" : "text-ink-2"}`}
      >
        {refusalHint(one, (at) => face.minute(at))}
      </p>
      <p className="text-caption text-ink-3">
        Last at {face.second(lastAt)}
        {lastAddress !== null && ` from ${lastAddress}`}
        {overAt !== null && `; accepted again at ${face.minute(overAt)}`}
      </p>
    </div>
  );
}

/** How many in each hour, the last at the right. */
function Hours({ one: { hours, count }, asOf }: { one: RefusedOften; asOf: Ms }) {
  const first = Math.floor(asOf / HOUR_MS) - HOURS + 1;
  const most = Math.max(...hours.map((hour) => hour.count));
  return (
    <svg
      role="img"
      aria-label={`${counted(count, "webhook", "webhooks")} in ${counted(hours.length, "hour", "hours")} of seven days, at most ${grouped(most)} in one`}
      viewBox={`0 0 ${HOURS} 28`}
      preserveAspectRatio="none"
      className="h-7 w-full self-center border-line border-b"
    >
      {hours.map((hour) => {
        const height = Math.max(2, (28 * hour.count) / most);
        const x = hour.hour / HOUR_MS - first;
        return (
          <rect
            key={hour.hour}
            className="fill-lost"
            x={x}
            width={1}
            y={28 - height}
            height={height}
          />
        );
      })}
    </svg>
  );
}
