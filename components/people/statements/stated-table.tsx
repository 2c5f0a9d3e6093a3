import { DemoMark } from "#components/ui/demo-mark.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import type { StatedMeeting } from "#domain/people/statements/facts.ts";
import { secondsOn, shareWords, timesWords, visitWords, waitWords } from "./stated-words.ts";

const HEADS = ["First in", "Last out", "Attended", "Of the meeting", "Was host for"];

/** The facts of many meetings, a row each; visits and waits where the row does not show them already. */
export function StatedTable({
  meetings,
  face,
}: {
  meetings: readonly StatedMeeting[];
  face: ClockFormat;
}) {
  const graces = [...new Set(meetings.map(({ grace_ms }) => grace_ms))];
  return (
    <>
      <div className="relative overflow-x-auto print:overflow-visible">
        <table className="num w-full text-dense">
          <caption className="sr-only">The meetings, in order of time</caption>
          <thead className="text-ink-2 text-caption print:table-header-group">
            <tr>
              <th scope="col" className="py-1.5 pr-3 text-left font-medium">
                Meeting
              </th>
              {HEADS.map((head) => (
                <th key={head} scope="col" className="py-1.5 pl-3 text-right font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {meetings.map((meeting) => (
              <Row key={meeting.meeting_id} meeting={meeting} face={face} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 mb-4 text-ink-3 text-caption">
        Gaps of up to {graces.map(formatSetting).join(" or ")} between visits count as attended.
      </p>
    </>
  );
}

function Row({ meeting, face }: { meeting: StatedMeeting; face: ClockFormat }) {
  const { started_at, ended_at, title, room, hosted_ms } = meeting;
  const second = secondsOn(face, meeting);
  const { firstIn, lastOut, attended } = timesWords(meeting, second);
  return (
    <tr className="break-inside-avoid border-line border-t align-top">
      <th scope="row" className="min-w-52 py-2 pr-3 text-left font-normal">
        <span className="flex font-strong">
          <PersonName name={title ?? room} className="min-w-0" />
        </span>
        <span className="block text-ink-2 text-caption">
          {started_at !== null && `${face.calendarDay(Date.parse(started_at))}, `}
          {second(started_at)} – {second(ended_at)}
          {meeting.ended_by === "inferred" && " (end inferred)"}
        </span>
        <span className="wrap-anywhere block text-ink-3 text-caption">
          {title !== null && `room ${room} · `}
          {meeting.source} ({meeting.provider})
          <DemoMark source={meeting} />
        </span>
        {notesOf(meeting, second).map((note) => (
          <span key={note} className="block text-ink-2 text-caption">
            {note}
          </span>
        ))}
      </th>
      <td className="py-2 pl-3 text-right">{firstIn}</td>
      <td className="py-2 pl-3 text-right">{lastOut}</td>
      <td className="py-2 pl-3 text-right font-strong">{attended}</td>
      <td className="py-2 pl-3 text-right">{shareWords(meeting)}</td>
      <td className="py-2 pl-3 text-right">{hosted_ms > 0 ? formatDuration(hosted_ms) : "–"}</td>
    </tr>
  );
}

/** A single visit that was reported whole is the row itself: from the first in to the last out. */
function notesOf({ visits, waits }: StatedMeeting, second: (time: string | null) => string) {
  const parts = visits.map((visit) => visitWords(visit, second));
  const [only] = visits;
  const isPlain = visits.length === 1 && only?.start === "reported" && only.end === "reported";
  return [...(isPlain ? [] : parts), ...waits.map((wait) => waitWords(wait, second))];
}
