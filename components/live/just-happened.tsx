"use client";

import { memo } from "react";
import { useLive } from "#components/sync/use-live.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { Sign, type SignShape } from "#components/ui/sign.tsx";
import { useArrivals } from "#components/ui/use-arrivals.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { type HappeningWords, wordsFor } from "#components/words/happening-words.ts";
import type { Happening, LiveSnapshot } from "#domain/live/wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

const SIGNS: Record<HappeningWords["icon"], SignShape> = {
  in: "in",
  out: "out",
  back: "back",
  wait: "hourglass",
  lost: "lost",
  host: "crown",
  begin: "begin",
  end: "end",
};

const TONES: Record<HappeningWords["tone"], string> = {
  present: "text-present",
  waiting: "text-waiting",
  lost: "text-lost",
  host: "text-host",
  quiet: "text-ink-3",
};

/** The latest events over all rooms, in sentences, newest first. */
export function JustHappened() {
  const happened = useLive(happenedOn);
  const clockFormat = useTodaysClockFormat();
  const hasArrived = useArrivals(happened.map(({ id }) => id));
  return (
    <Card title="Just happened" aside={<span className="text-ink-3 text-caption">all rooms</span>}>
      {happened.length === 0 ? (
        <p className="px-4.5 py-5 text-ink-2">Nothing yet. It will show here by itself.</p>
      ) : (
        <ol className="max-h-[520px] overflow-y-auto xl:max-h-[max(232px,48dvh-80px)] overscroll-contain py-1.5">
          {happened.map((line) => (
            <Line key={line.id} line={line} clockFormat={clockFormat} isNew={hasArrived(line.id)} />
          ))}
        </ol>
      )}
    </Card>
  );
}

const Line = memo(function Line({
  line,
  clockFormat,
  isNew,
}: {
  line: Happening;
  clockFormat: ClockFormat;
  isNew: boolean;
}) {
  const at = fromWireTime(line.at);
  const day = clockFormat.otherDay(at);
  const words = wordsFor(line.what);
  return (
    <li
      className={`unseen grid [--unseen:29px] ${clockFormat.hours === "h12" ? "grid-cols-[72px_16px_minmax(0,1fr)]" : "grid-cols-[54px_16px_minmax(0,1fr)]"} gap-2 px-4 py-1.25 ${isNew ? "arrives" : ""}`}
    >
      <time dateTime={line.at} className="num pt-px text-ink-3 text-caption">
        {day !== null && <span className="block">{day} </span>}
        {clockFormat.bare.second(at)}
      </time>
      <Sign of={SIGNS[words.icon]} className={`mt-0.75 size-3.5 ${TONES[words.tone]}`} />
      <span className="wrap-anywhere line-clamp-3 text-ink-2">
        {words.meeting !== "alone" && (
          <>
            <bdi className="font-firm text-ink">{nameOf(line.name)}</bdi> {words.verb}
            {words.meeting === "beside" ? " · " : " "}
          </>
        )}
        <Link href={`/meetings/${line.meeting_id}`} className="hover:text-ink hover:underline">
          <bdi>{line.meeting}</bdi>
        </Link>
        {words.meeting === "alone" && ` ${words.verb}`}
      </span>
    </li>
  );
});

function happenedOn({ happened }: Pick<LiveSnapshot, "happened">): Happening[] {
  return happened;
}
