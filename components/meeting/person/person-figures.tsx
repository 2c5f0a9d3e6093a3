"use client";

import type { ReactNode } from "react";
import { identityWords } from "#components/meeting/parts/person-words.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useNow } from "#components/sync/use-now.ts";
import { boundedLength, boundedMoment } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { latestLeftBy, surenessOf, waitedMs } from "#domain/meeting/certainty.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { meetingMs } from "#domain/meeting/metrics.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A person's numbers. */
export function PersonFigures({ person, view }: { person: PersonView; view: MeetingView }) {
  const clockFormat = useClockFormat();
  const now = useNow();
  const wasIn = person.firstJoinedAt !== null;
  const attendedMs = lengthMs(person.attended, now);
  const wholeMs = meetingMs(view, now) ?? 0;
  const leftBy = latestLeftBy(person.visits);
  const hostedMs = lengthMs(person.tenures, now);
  return (
    <>
      <p className="wrap-anywhere text-note text-ink-2">{identityWords(person)}</p>
      <dl className="num mt-3 grid grid-cols-[1fr_auto] gap-y-1.75">
        <Figure label="Attended">
          <Attended person={person} />
        </Figure>
        <Figure label="First in">{firstIn(person, clockFormat)}</Figure>
        <Figure label="Last out">{lastOut(person, clockFormat)}</Figure>
        {leftBy !== null && (
          <Figure label="At the latest until">{clockFormat.second(leftBy)}, end not known</Figure>
        )}
        <Figure label="Share of the meeting">
          {(wasIn ? wholePercent(Math.min(attendedMs, wholeMs), wholeMs) : null) ?? "–"}
        </Figure>
        <Figure label="Waited">{waitedWords(person, now)}</Figure>
        {hostedMs > 0 && <Figure label="Was host for">{formatDuration(hostedMs)}</Figure>}
      </dl>
    </>
  );
}

/** The time attended, running while the person is in; a dash for a person who was never admitted. */
export function Attended({ person }: { person: PersonView }) {
  const now = useNow();
  if (person.firstJoinedAt === null) return "–";
  const { attended } = surenessOf(person.visits);
  return boundedLength(formatDuration(lengthMs(person.attended, now)), attended);
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-right font-firm">{children}</dd>
    </>
  );
}

/** A person whom the bot found there, or of whom only the leave was reported, was in before: then it is a bound. */
function firstIn({ firstJoinedAt, visits }: PersonView, clockFormat: ClockFormat): string {
  if (firstJoinedAt === null) return "never";
  return boundedMoment(clockFormat.second(firstJoinedAt), surenessOf(visits).joined);
}

function lastOut(person: PersonView, clockFormat: ClockFormat): string {
  if (person.status === "present") return "still here";
  if (person.lastLeftAt === null) return "–";
  if (person.status === "not_known")
    return `last heard of ${clockFormat.second(person.lastLeftAt)}`;
  return boundedMoment(clockFormat.second(person.lastLeftAt), surenessOf(person.visits).left);
}

/** The length of a wait whose end was not reported is not known. */
function waitedWords({ waits }: PersonView, now: Ms): string {
  const measured = waits.filter(({ outcome }) => outcome !== "unknown");
  if (measured.length === 0) return waits.length === 0 ? "–" : "end not reported";
  return formatDuration(waitedMs(waits, now));
}
