"use client";

import { memo, useMemo } from "react";
import { useClock } from "#components/sync/use-now.ts";
import { Running } from "#components/ui/running.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { boundedLength } from "#components/words/certainty-words.ts";
import { counted, grouped, percent, wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { LOST_FORMULA, rateFormula } from "#components/words/wait-formulas.ts";
import { type Certainty, surenessOf } from "#domain/meeting/certainty.ts";
import {
  attendees,
  hostCover,
  longestWaitSince,
  medianStayMs,
  meetingMs,
  waitsOf,
} from "#domain/meeting/metrics.ts";
import type { MeetingSoFar } from "#domain/meeting/moment.ts";
import { oncePer } from "#domain/meeting/once-per.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { leftCountsOf } from "#domain/meetings/left-counts.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { countWaits, longestUntilLeavingMs } from "#domain/waits/wait-count.ts";
import { abandonmentRate, entered, leftBeforeAdmitted, reallyLost } from "#domain/waits/waiting.ts";
import { DEFAULT_MEASURE } from "#domain/waits/waiting-page.ts";
import { useClockFormat } from "./parts/use-clock-format.tsx";

/** More notes do not fit under a number; its formula is never cut. */
const MOST_NOTES = 2;

interface HeadlineProps {
  /** The meeting now, or as of the moment shown. */
  view: MeetingSoFar;
  at: Ms | null;
  graceMs: Ms;
}

/** The six numbers of a meeting, now or as they were at a moment. */
export const MeetingHeadline = memo(function MeetingHeadline({ view, at, graceMs }: HeadlineProps) {
  const clockFormat = useClockFormat();
  const { peak } = view;
  const attended = useMemo(() => attendees(view).length, [view]);
  const waitingSince = useMemo(() => longestWaitSince(view), [view]);
  const people = attended === 1 ? "person" : "people";
  return (
    <Stats
      label={at === null ? "This meeting" : `This meeting at ${clockFormat.second(at)}`}
      columns={6}
    >
      <Stat
        label={at === null ? "Here now" : "Here then"}
        tone="present"
        note={
          peak === null
            ? "nobody came in yet"
            : hereNote(view, clockFormat.minute(peak.at), peak.count)
        }
      >
        {grouped(view.presentCount)}
      </Stat>
      <Stat
        label={at === null ? "Waiting" : "Waiting then"}
        tone="waiting"
        note={
          waitingSince === null ? "nobody is waiting" : <WaitingFor since={waitingSince} at={at} />
        }
      >
        {grouped(view.waitingCount)}
      </Stat>
      <Stat
        label={at === null ? "Came in" : "Came in by then"}
        note={`${people}, reconnects joined`}
        formula="People who came in, each once, however often they reconnected. Who only waited is not one of them."
      >
        {grouped(attended)}
      </Stat>
      <MedianStay view={view} at={at} />
      <LeftBeforeAdmitted view={view} />
      <HostCover view={view} at={at} graceMs={graceMs} />
    </Stats>
  );
});

function hereNote({ people }: MeetingSoFar, peakAt: string, peak: number): string {
  const unknown = people.filter(({ status }) => status === "not_known").length;
  const note = `peak ${grouped(peak)} at ${peakAt}`;
  return unknown === 0 ? note : `${grouped(unknown)} not heard of since · ${note}`;
}

/** The moment shown, or now, second by second. */
function useMoment(at: Ms | null): Ms {
  return useClock((now) => at ?? Math.floor(now / 1000) * 1000);
}

function WaitingFor({ since, at }: { since: Ms; at: Ms | null }) {
  return (
    <>
      for{" "}
      <b className="font-semibold text-waiting-ink">
        {at === null ? <Running since={since} /> : formatDuration(at - since)}
      </b>
    </>
  );
}

function MedianStay({ view, at }: Omit<HeadlineProps, "graceMs">) {
  const now = useMoment(at);
  const people = useMemo(() => attendees(view), [view]);
  const certainty = useMemo(() => certaintyOf(people), [people]);
  const median = medianStayMs(people, now);
  const share = median === null ? null : wholePercent(median, meetingMs(view, now) ?? 0);
  return (
    <Stat
      label="Median stay"
      note={share === null ? "" : `${share} of the meeting`}
      formula="Half of those who came in attended for at least this long. Attended time is the union of all connections of a person, with short gaps joined; waiting does not count."
    >
      {median === null ? "–" : boundedLength(formatDuration(median), certainty)}
    </Stat>
  );
}

/** The median of times that are bounds is a bound too. */
function certaintyOf(people: readonly PersonView[]): Certainty {
  return people.every(isSure) ? "exact" : "at_least";
}

const isSure = oncePer(({ visits }: PersonView) => surenessOf(visits).attended === "exact");

function LeftBeforeAdmitted({ view }: Pick<HeadlineProps, "view">) {
  const { short } = DEFAULT_MEASURE;
  const waits = useMemo(() => waitsOf(view), [view]);
  const count = useMemo(() => countWaits(waits, DEFAULT_MEASURE.targetMs), [waits]);
  const people = useMemo(() => leftCountsOf(view.people), [view]);
  const left = leftBeforeAdmitted(count, short);
  const longestMs = useMemo(() => longestUntilLeavingMs(waits), [waits]);
  const notes = [
    ...(longestMs === null
      ? []
      : [`${left === 1 ? "after" : "longest"} ${formatDuration(longestMs)}`]),
    ...(count.cameBack > 0 ? [`${grouped(count.cameBack)} came back`] : []),
    ...(count.short > 0 ? [`${grouped(count.short)} within 10 s`] : []),
    ...(count.unknown > 0 ? [`${grouped(count.unknown)} not heard of`] : []),
  ];
  const rate = percent(abandonmentRate(count, short)) ?? "–";
  return (
    <Stat
      label="Left before admitted"
      tone="lost"
      note={notes.slice(0, MOST_NOTES).join(" · ") || "nobody"}
      formula={`${rateFormula(short)} Here ${rate} of ${grouped(entered(count, short))}. ${LOST_FORMULA} Here ${counted(reallyLost(count), "wait", "waits")} of ${counted(people.peopleLostCount, "person", "people")}. ${notes.join(", ")}`}
    >
      {grouped(left)}
    </Stat>
  );
}

function HostCover({ view, at, graceMs }: HeadlineProps) {
  const now = useMoment(at);
  const cover = useMemo(() => hostCover(view.people, graceMs), [view, graceMs]);
  const formula =
    "The share of the time people were in or waiting in which a host was in. Where the provider only says that the role changed somewhere, or nobody reported that a host left, that stretch counts as covered.";
  if (cover === null) {
    return (
      <Stat label="Host cover" tone="host" note="no host reported" formula={formula}>
        –
      </Stat>
    );
  }
  const occupiedMs = lengthMs(cover.occupied, now);
  const hostlessMs = lengthMs(cover.hostless, now);
  const share = wholePercent(occupiedMs - hostlessMs, occupiedMs);
  return (
    <Stat
      label="Host cover"
      tone="host"
      note={coverNote(occupiedMs, hostlessMs, cover.isAtMost)}
      formula={formula}
    >
      {share === null ? "–" : boundedLength(share, cover.isAtMost ? "at_most" : "exact")}
    </Stat>
  );
}

function coverNote(occupiedMs: Ms, hostlessMs: Ms, isAtMost: boolean): string {
  if (occupiedMs === 0) return "nobody known to be in";
  if (isAtMost && hostlessMs < 1000) return "a host not heard of since";
  return hostlessMs < 1000
    ? "never without a host"
    : `${formatDuration(hostlessMs)} without a host`;
}
