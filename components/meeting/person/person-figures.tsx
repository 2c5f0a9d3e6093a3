"use client";

import type { ReactNode } from "react";
import { useNow } from "#components/live/use-now.ts";
import { identityWords, isEndInferred, waitedMs } from "#components/meeting/person-words.ts";
import { useFace } from "#components/meeting/use-face.tsx";
import type { ClockFace } from "#components/words/clock-face.ts";
import { wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { lengthMs } from "#domain/interval.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { meetingMs } from "#domain/metrics.ts";
import type { PersonStory } from "#domain/story.ts";

/** A person's numbers. */
export function PersonFigures({ person, story }: { person: PersonStory; story: MeetingStory }) {
  const face = useFace();
  const now = useNow();
  const wasIn = person.firstJoinedAt !== null;
  const attendedMs = lengthMs(person.attended, now);
  const wholeMs = meetingMs(story, now) ?? 0;
  const hostedMs = lengthMs(person.tenures, now);
  return (
    <>
      <p className="wrap-anywhere text-[12.5px] text-ink-2">{identityWords(person)}</p>
      <dl className="num mt-3 grid grid-cols-[1fr_auto] gap-y-1.75">
        <Figure label="Attended">
          <Attended person={person} />
        </Figure>
        <Figure label="First in">{firstIn(person, face)}</Figure>
        <Figure label="Last out">{lastOut(person, face)}</Figure>
        <Figure label="Share of the meeting">
          {(wasIn ? wholePercent(Math.min(attendedMs, wholeMs), wholeMs) : null) ?? "–"}
        </Figure>
        <Figure label="Waited">
          {person.waits.length > 0 ? formatDuration(waitedMs(person, now)) : "–"}
        </Figure>
        {hostedMs > 0 && <Figure label="Was host for">{formatDuration(hostedMs)}</Figure>}
      </dl>
    </>
  );
}

/** The time attended, running while they are in; a dash for whoever was never let in. */
export function Attended({ person }: { person: PersonStory }) {
  const now = useNow();
  if (person.firstJoinedAt === null) return "–";
  return `${isEndInferred(person) ? "≈ " : ""}${formatDuration(lengthMs(person.attended, now))}`;
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-right font-[540]">{children}</dd>
    </>
  );
}

/** Whom the bot found there was in before, nobody knows since when. */
function firstIn({ firstJoinedAt, visits }: PersonStory, face: ClockFace): string {
  if (firstJoinedAt === null) return "never";
  const isFound = visits.some((v) => v.joinedAt === firstJoinedAt && v.start === "first_seen");
  return `${isFound ? "by " : ""}${face.second(firstJoinedAt)}`;
}

function lastOut(person: PersonStory, face: ClockFace): string {
  if (person.status === "present") return "still here";
  if (person.lastLeftAt === null) return "–";
  return `${isEndInferred(person) ? "≈ " : ""}${face.second(person.lastLeftAt)}`;
}
