"use client";

import { usePageTime } from "#components/sync/page-time.ts";
import { PersonName } from "#components/ui/person-name.tsx";
import { usePrinting } from "#components/ui/use-printing.ts";
import { boundedLength, boundedMoment } from "#components/words/certainty-words.ts";
import { wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import { surenessOf, waitedMs } from "#domain/meeting/certainty.ts";
import { meetingMs } from "#domain/meeting/metrics.ts";
import type { MeetingSoFar } from "#domain/meeting/moment.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { useClockFormat } from "./parts/use-clock-format.tsx";

const HEADS = ["First in", "Last out", "Attended", "Of the meeting", "Waited"];
const LINE = "border-ink-3/50 border-b py-1";

/** Who attended, on paper: a row for every person, as the lanes of the screen are rendered only where in sight. */
export function PrintAttendance({ view, at }: { view: MeetingSoFar; at: Ms | null }) {
  const { time } = usePageTime();
  if (!usePrinting()) return null;
  const now = at ?? time.now();
  const whole = meetingMs(view, now);
  const people = view.people.toSorted((a, b) => cameAt(a) - cameAt(b));
  return (
    <table className="num hidden w-full border-collapse text-caption print:table">
      <caption className="sr-only">Who attended, by when they came</caption>
      <thead>
        <tr>
          <th scope="col" className={`${LINE} pr-3 text-left font-strong`}>
            Person
          </th>
          {HEADS.map((head) => (
            <th key={head} scope="col" className={`${LINE} pl-3 text-right font-strong`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} whole={whole} now={now} />
        ))}
      </tbody>
    </table>
  );
}

/** People who never came in are last. */
function cameAt({ firstJoinedAt }: PersonView): Ms {
  return firstJoinedAt ?? Number.MAX_SAFE_INTEGER;
}

function Row({ person, whole, now }: { person: PersonView; whole: Ms | null; now: Ms }) {
  const clockFormat = useClockFormat();
  const { firstJoinedAt, lastLeftAt, status, isHost, waits } = person;
  const attended = lengthMs(person.attended, now);
  const waited = waitedMs(waits, now);
  const sure = surenessOf(person.visits);
  const last = waits.at(-1);
  const wasIn = firstJoinedAt !== null;
  return (
    <tr className="break-inside-avoid align-top">
      <th scope="row" className={`${LINE} max-w-70 pr-3 text-left font-normal`}>
        <span className="flex items-baseline gap-1.5">
          <PersonName name={person.name} className="min-w-0" />
          {isHost && <span className="text-host-ink">host</span>}
        </span>
      </th>
      <td className={`${LINE} pl-3 text-right`}>
        {wasIn ? boundedMoment(clockFormat.second(firstJoinedAt), sure.joined) : "–"}
      </td>
      <td className={`${LINE} pl-3 text-right`}>
        {status === "present" && "still in"}
        {lastLeftAt !== null && boundedMoment(clockFormat.second(lastLeftAt), sure.left)}
        {status !== "present" && lastLeftAt === null && "–"}
      </td>
      <td className={`${LINE} pl-3 text-right`}>
        {wasIn ? boundedLength(formatDuration(attended), sure.attended) : "–"}
      </td>
      <td className={`${LINE} pl-3 text-right`}>
        {(wasIn && whole !== null && wholePercent(Math.min(attended, whole), whole)) || "–"}
      </td>
      <td className={`${LINE} pl-3 text-right`}>
        {waited > 0 ? formatDuration(waited) : "–"}
        {last !== undefined && last.outcome !== "admitted" && `, ${outcomeWord(last.outcome)}`}
      </td>
    </tr>
  );
}
