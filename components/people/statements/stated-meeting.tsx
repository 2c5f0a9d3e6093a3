import type { ReactNode } from "react";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import type { StatedMeeting as Stated } from "#domain/people/statements/facts.ts";
import { momentWords } from "./fact-words.ts";
import { secondsOn, shareWords, timesWords, visitWords, waitWords } from "./stated-words.ts";

/** The facts of one meeting, with each visit and wait they follow from. */
export function StatedMeetingPart({ meeting, face }: { meeting: Stated; face: ClockFormat }) {
  const { length_ms, visits, waits } = meeting;
  const second = secondsOn(face, meeting);
  const { firstIn, lastOut, attended } = timesWords(meeting, second);
  return (
    <section className="break-inside-avoid border-line border-t py-4">
      <h2 className="flex font-semibold text-lead tracking-head">
        <PersonName name={meeting.title ?? meeting.room} className="min-w-0" />
      </h2>
      <p className="wrap-anywhere text-note text-ink-2">
        {meeting.started_at === null ? "" : `${momentWords(meeting.started_at, face)} – `}
        {second(meeting.ended_at)}
        {meeting.ended_by === "inferred" && " (inferred: nobody reported the end)"}
        {length_ms !== null && ` · ${formatDuration(length_ms)}`} · room {meeting.room} ·{" "}
        {meeting.source} ({meeting.provider})
        <DemoMark source={meeting} />
      </p>
      <dl className="num mt-3 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-5">
        <Figure label="Attended">{attended}</Figure>
        <Figure label="Of the meeting">{shareWords(meeting)}</Figure>
        <Figure label="First in">{firstIn}</Figure>
        <Figure label="Last out">{lastOut}</Figure>
        <Figure label="Was host for">
          {meeting.hosted_ms > 0 ? formatDuration(meeting.hosted_ms) : "–"}
        </Figure>
      </dl>
      <ul className="num mt-3 grid gap-0.5 text-note text-ink-2">
        {visits.map((visit) => (
          <li key={`${visit.joined_at} ${visit.left_at}`}>{visitWords(visit, second)}</li>
        ))}
        {waits.map((wait) => (
          <li key={wait.started_at}>{waitWords(wait, second)}</li>
        ))}
      </ul>
      <p className="mt-2 text-ink-3 text-caption">
        Gaps of up to {formatSetting(meeting.grace_ms)} between visits count as attended.
      </p>
    </section>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-2 text-caption">{label}</dt>
      <dd className="font-strong text-lead">{children}</dd>
    </div>
  );
}
