"use client";

import { memo, type ReactNode } from "react";
import { useClock } from "#components/sync/use-now.ts";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Running } from "#components/ui/running.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatBetween, formatDuration } from "#components/words/duration.ts";
import type { HostHistory as History, HostPeriod } from "#domain/meeting/host-history.ts";
import type { TimeToFirstHost } from "#domain/meeting/metrics.ts";
import { type Interval, lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { hostPeriodTimes, uncertainWords } from "./host-words.ts";
import { useClockFormat } from "./parts/use-clock-format.tsx";

const MOST_SHOWN = 14;

/** Who was host when, who took over from whom, and when there was no host. */
export const HostHistory = memo(function HostHistory({
  history,
  first,
}: {
  history: History;
  first: TimeToFirstHost | null;
}) {
  const clockFormat = useClockFormat();
  const { stretches: periods, hostless } = history;
  const shown = periods.slice(-MOST_SHOWN);
  const earlier = periods.length - shown.length;
  if (hostless === null) {
    return (
      <Card title="Host history">
        <p className="px-4.5 py-3.5 text-dense text-ink-2">The provider has reported no host.</p>
      </Card>
    );
  }
  return (
    <Card title="Host history">
      <dl className="num grid grid-cols-2 gap-x-3 border-line border-b px-4.5 py-2.5">
        <Figure label="Time to first host">{firstWords(first)}</Figure>
        <Figure label="Without a host">
          <TotalMs intervals={hostless} />
        </Figure>
      </dl>
      <ol className="num grid grid-cols-[minmax(0,1fr)] gap-2 px-4.5 py-3 empty:hidden">
        {earlier > 0 && <li className="text-note text-ink-3">{earlier} earlier</li>}
        {shown.map((period) => (
          <PeriodLine
            key={`${period.kind} ${period.from} ${period.person?.id ?? ""}`}
            period={period}
            history={history}
            clockFormat={clockFormat}
          />
        ))}
      </ol>
    </Card>
  );
});

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-2 text-caption">{label}</dt>
      <dd className="font-firm text-lead">{children}</dd>
    </div>
  );
}

function firstWords(first: TimeToFirstHost | null): string {
  if (first === null) return "no host yet";
  return `${first.inferred ? "≈ " : ""}${formatDuration(first.ms)}`;
}

function TotalMs({ intervals }: { intervals: readonly Interval[] }) {
  const ms = useClock((now) => lengthMs(intervals, Math.floor(now / 1000) * 1000));
  return formatDuration(ms);
}

function PeriodLine({
  period,
  history,
  clockFormat,
}: {
  period: HostPeriod;
  history: History;
  clockFormat: ClockFormat;
}) {
  const { kind, person, from, to, endInferred } = period;
  const isUnsure = kind === "uncertain";
  const before = kind === "nobody" ? undefined : takenOver(history, period);
  return (
    <li>
      <span className="flex items-baseline justify-between gap-3">
        {person === null ? (
          <span className="text-lost-ink">
            ✕ nobody · {to === null ? <Running since={from} /> : formatBetween(to - from)}
          </span>
        ) : (
          <PersonName name={person.name} className="min-w-0 text-ink-2" />
        )}
        <span className="flex-none font-firm">
          {isUnsure && "≈ "}
          {hostPeriodTimes(clockFormat, from, to)}
        </span>
      </span>
      {before !== undefined && (
        <span className="flex gap-1 text-ink-3 text-caption">
          <span className="flex-none">took over from </span>
          <PersonName name={before.from.name} className="min-w-0" />
        </span>
      )}
      {isUnsure && (
        <span className="block text-ink-3 text-caption">{uncertainWords(period, clockFormat)}</span>
      )}
      {endInferred && (
        <span className="block text-ink-3 text-caption">
          nobody reported the end, so it is inferred
        </span>
      )}
    </li>
  );
}

/** The hand-over with which a period of hosting begins, or that happened in it. */
function takenOver({ handOvers }: History, { person, from, to }: HostPeriod) {
  const until: Ms = to ?? Infinity;
  return handOvers.find(
    (handOver) => handOver.to.id === person?.id && handOver.at >= from && handOver.at < until,
  );
}
