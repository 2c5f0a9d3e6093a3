"use client";

import { type ReactNode, useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useNow } from "#components/live/use-now.ts";
import { ClockFace } from "#components/words/clock-face.ts";
import { wholePercent } from "#components/words/count.ts";
import { formatDuration, formatStretch } from "#components/words/duration.ts";
import { lengthMs } from "#domain/interval.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { meetingMs } from "#domain/metrics.ts";
import type { Rules } from "#domain/rules.ts";
import type { PersonStory } from "#domain/story.ts";
import { identityWords, isEndInferred, waitedMs } from "./person-words.ts";
import { type Reason, reasonsFor, reasonWords } from "./why.ts";

/** A person's numbers in this meeting, and every stretch they are made of. */
export function PersonDetails({
  person,
  story,
  rules,
}: {
  person: PersonStory;
  story: MeetingStory;
  rules: Rules;
}) {
  const { timeZone } = useLive();
  const face = ClockFace.in(timeZone);
  const now = useNow();
  const reasons = useMemo(() => reasonsFor(person, rules), [person, rules]);
  const attendedMs = lengthMs(person.attended, now);
  const attended = `${isEndInferred(person) ? "≈ " : ""}${formatDuration(attendedMs)}`;
  const wasIn = person.firstJoinedAt !== null;
  const waited = waitedMs(person, now);
  const hosted = lengthMs(person.tenures, now);
  return (
    <>
      <p className="wrap-anywhere text-[12.5px] text-ink-2">{identityWords(person)}</p>
      <dl className="num mt-3 grid grid-cols-[1fr_auto] gap-y-1.75">
        <Fact label="Attended">{wasIn ? attended : "–"}</Fact>
        <Fact label="First in">
          {person.firstJoinedAt === null ? "never" : face.second(person.firstJoinedAt)}
        </Fact>
        <Fact label="Last out">{lastOut(person, face)}</Fact>
        <Fact label="Share of the meeting">
          {wasIn
            ? (wholePercent(
                Math.min(attendedMs, meetingMs(story, now) ?? 0),
                meetingMs(story, now) ?? 0,
              ) ?? "–")
            : "–"}
        </Fact>
        <Fact label="Waited">
          {waited > 0 || person.waits.length > 0 ? formatDuration(waited) : "–"}
        </Fact>
        {hosted > 0 && <Fact label="Was host for">{formatDuration(hosted)}</Fact>}
      </dl>
      <h3 className="mt-4 font-[540] text-[12.5px] text-ink">
        Why {wasIn ? attended : "never admitted"}?
      </h3>
      <ol className="mt-2 grid gap-2 border-line border-l-2 pl-3 text-[12.5px] text-ink-2">
        {reasons.map((reason) => (
          <ReasonLine key={reason.key} reason={reason} face={face} now={now} />
        ))}
      </ol>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-right font-[540]">{children}</dd>
    </>
  );
}

function ReasonLine({ reason, face, now }: { reason: Reason; face: ClockFace; now: number }) {
  const { from, to, what } = reason;
  const length = formatStretch(Math.max(0, (to ?? now) - from));
  const counts = what.kind === "stay" || what.kind === "joined_gap";
  return (
    <li className="num">
      <span className="font-[540] text-ink">
        {face.second(from)} – {to === null ? "now" : face.second(to)}
      </span>{" "}
      <span className={counts ? "text-present-ink" : "line-through decoration-ink-3"}>
        {length}
      </span>{" "}
      <span>{reasonWords(what)}</span>
    </li>
  );
}

function lastOut(person: PersonStory, face: ClockFace): string {
  if (person.status === "present") return "still here";
  if (person.lastLeftAt === null) return "–";
  return `${isEndInferred(person) ? "≈ " : ""}${face.second(person.lastLeftAt)}`;
}
