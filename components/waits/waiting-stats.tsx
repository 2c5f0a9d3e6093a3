"use client";

import type { ReactNode } from "react";
import type { Address } from "#components/lists/use-address.ts";
import { Link } from "#components/ui/link.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { counted, grouped, percent, upTo } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { LOST_FORMULA, rateFormula } from "#components/words/wait-formulas.ts";
import {
  AVERAGE_FORMULA,
  LEVEL_WORDS,
  LONGEST_FORMULA,
  QUANTILES_FORMULA,
  UNKNOWN_FORMULA,
} from "#components/words/wait-time-formulas.ts";
import {
  abandonmentRate,
  averageUntilAdmittedMs,
  averageUntilLeavingMs,
  entered,
  leftBeforeAdmitted,
  reallyLost,
  serviceLevel,
} from "#domain/waits/waiting.ts";
import type { Quantiles, WaitingPage, WaitingTab } from "#domain/waits/waiting-page.ts";
import { durationOr, percentOr } from "./waiting-words.ts";

/** The headline numbers; each opens the waits it is calculated from. */
export function WaitingStats({ page, address }: { page: WaitingPage; address: Address }) {
  const { count, lens, untilAdmitted, untilLeaving, lostPeople, roomCount } = page;
  const { targetMs, mode, short } = lens;
  const x = formatSetting(targetMs);
  const left = leftBeforeAdmitted(count, short);
  const shortWords = short === "counted" ? " + left within 10 s" : "";
  return (
    <Stats label="The waiting room in numbers" columns={6}>
      <Stat
        label="Waits"
        formula={`How often somebody began to wait in this period. ${LONGEST_FORMULA} ${UNKNOWN_FORMULA}`}
        note={`in ${counted(roomCount, "room", "rooms")} · longest that ended ${durationOr(count.longestMs)}`}
      >
        <Behind shown="all" address={address}>
          {grouped(count.began)}
        </Behind>
      </Stat>
      <Stat
        label={`Admitted within ${x}`}
        formula={`Service level. ${LEVEL_WORDS[mode].formula(x)} Here ${levelWords(page)}. ${short === "apart" ? "People who left within 10 s are not included." : "People who left within 10 s are included."}`}
        note={<Goal page={page} />}
      >
        <Behind shown="late" address={address} label="who was admitted later">
          {percentOr(serviceLevel(count, mode, short).share)}
        </Behind>
      </Stat>
      <Stat
        label="Average until admitted"
        formula={`${AVERAGE_FORMULA} ${QUANTILES_FORMULA}`}
        note={quantileWords(untilAdmitted)}
      >
        <Behind shown="admitted" address={address}>
          {durationOr(averageUntilAdmittedMs(count))}
        </Behind>
      </Stat>
      <Stat
        label="Abandonment rate"
        tone="lost"
        formula={rateFormula(short)}
        note={
          <>
            {grouped(left)} of {grouped(entered(count, short))} left before admitted ·{" "}
            <Behind shown="short" address={address} label="who left within 10 s">
              {grouped(count.short)} short
            </Behind>
          </>
        }
      >
        <Behind shown="left" address={address}>
          {percentOr(abandonmentRate(count, short))}
        </Behind>
      </Stat>
      <Stat
        label="Average until leaving"
        formula={`Average time until leaving = Σ(left − started waiting) ÷ number of those who left before they were admitted (lost + came back${shortWords}). ${QUANTILES_FORMULA}`}
        note={quantileWords(untilLeaving)}
      >
        <Behind shown="left" address={address}>
          {durationOr(averageUntilLeavingMs(count, short))}
        </Behind>
      </Stat>
      <Stat
        label="Came back"
        formula={`Left before admitted, and was let in after all the same day: in the same meeting, or in a later one of the room. ${LOST_FORMULA} Who gives up in a room again within a day is one.`}
        note={
          <Behind shown="lost" address={address} label="who was really lost">
            {grouped(reallyLost(count))} lost · {counted(lostPeople, "person", "people")}
          </Behind>
        }
      >
        <Behind shown="came_back" address={address}>
          {grouped(count.cameBack)}
        </Behind>
      </Stat>
    </Stats>
  );
}

/** A number that links to the list of its waits. */
function Behind({
  shown,
  address,
  label,
  children,
}: {
  shown: WaitingTab;
  address: Address;
  label?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={`${address.href({ show: shown === "lost" ? null : shown, week_hour: null })}#waits`}
      title={`Show ${label ?? "these waits"}`}
      className={`decoration-1 decoration-ink-3 underline-offset-3 hover:underline ${label === undefined ? "" : "-mb-2.5 inline-block pb-2.5"}`}
    >
      {children}
    </Link>
  );
}

function Goal({ page: { count, lens } }: { page: WaitingPage }) {
  const { share } = serviceLevel(count, lens.mode, lens.short);
  if (share === null) return "no data yet";
  const points = Math.round(share * 1000 - lens.goal * 10) / 10;
  const goal = percent(lens.goal / 100);
  if (points >= 0) return <span className="text-present-ink">at or above {goal}</span>;
  return (
    <span className="text-late">
      {upTo(-points, 1)} {points === -1 ? "point" : "points"} under {goal}
    </span>
  );
}

function levelWords({ count, lens }: WaitingPage): string {
  const { met, of } = serviceLevel(count, lens.mode, lens.short);
  return `${grouped(met)} of ${grouped(of)}`;
}

function quantileWords({ medianMs, p90Ms }: Quantiles): string {
  return medianMs === null
    ? "nobody"
    : `half within ${durationOr(medianMs)} · 9 of 10 within ${durationOr(p90Ms)}`;
}
