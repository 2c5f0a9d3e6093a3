import { Note, Nothing } from "#components/lists/cell-notes.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import { AT_LEAST_TITLE, boundedLength, boundedMoment } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { grouped, percent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import { meetingMs } from "#domain/meeting/metrics.ts";
import { attendedMsOf, type MeetingAttended, shareOf } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";

const HEADS = ["First in", "Last out", "Attended", "Share", "Waits", "Host"];
const HEAD = `${SCROLLED_HEAD} z-10`;
const CELL = "border-line border-b px-3 py-2 align-top group-last:border-b-0";

/** Every meeting the person was at, each linking to its page. */
export function AttendedTable({
  rows,
  face,
  now,
}: {
  rows: readonly MeetingAttended[];
  face: ClockFormat;
  now: Ms;
}) {
  return (
    <ScrollTable label="Meetings, scrollable" height="page" isPrinted>
      <table className={SCROLLED_TABLE}>
        <caption className="sr-only">Meetings they were at, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} left-0 z-20 px-4 text-left sm:px-4.5`}>
              Meeting
            </th>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={`${HEAD} px-3 text-right last:pr-4.5`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.meetingId} row={row} face={face} now={now} />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function Row({ row, face, now }: { row: MeetingAttended; face: ClockFormat; now: Ms }) {
  const ofDay = face.on(row.firstAt);
  const attended = attendedMsOf(row, now);
  const length = row.endedAt === null && row.status === "ended" ? null : meetingMs(row, now);
  return (
    <tr className="group hover:bg-sunken">
      <th
        scope="row"
        className={`${CELL} sticky left-0 z-[5] min-w-38 max-w-52 bg-surface px-4 text-left font-normal group-hover:bg-sunken sm:min-w-50 sm:max-w-80 sm:px-4.5`}
      >
        <Link
          href={`/meetings/${row.meetingId}`}
          className="flex font-strong tracking-name hover:underline"
        >
          <PersonName name={row.title ?? row.room} className="min-w-0" />
        </Link>
        <span className="text-ink-3 text-caption">{face.calendarDay(row.firstAt)}</span>
        <DemoMark source={row.source} />
        {row.namesakes > 1 && (
          <span className="block text-ink-3 text-caption">
            {grouped(row.namesakes)} of that name
          </span>
        )}
      </th>
      <td className={`${CELL} text-right`}>
        {row.firstJoinedAt === null ? (
          <Nothing why="never came in" />
        ) : (
          boundedMoment(ofDay.minute(row.firstJoinedAt), row.sureness.joined)
        )}
      </td>
      <td className={`${CELL} text-right`}>
        {row.isIn ? (
          <Pill tone="present">in now</Pill>
        ) : row.lastLeftAt === null ? (
          <Nothing why="never came in" />
        ) : (
          boundedMoment(ofDay.minute(row.lastLeftAt), row.sureness.left)
        )}
      </td>
      <td className={`${CELL} text-right`}>
        {row.firstJoinedAt === null ? (
          <Nothing why="never came in" />
        ) : (
          <span title={row.sureness.attended === "exact" ? undefined : AT_LEAST_TITLE}>
            {boundedLength(formatDuration(attended), row.sureness.attended)}
          </span>
        )}
      </td>
      <td className={`${CELL} text-right`}>
        {percent(shareOf(attended, length ?? 0)) ?? <Nothing why="the meeting has no length" />}
      </td>
      <td className={`${CELL} text-right`}>
        {row.waitCount === 0 ? (
          <Nothing why="did not wait" />
        ) : (
          <>
            {grouped(row.waitCount)}
            {row.waitCount > row.unknownWaits && ` · ${formatDuration(row.waitedMs)}`}
            {row.lastOutcome !== null && <Note>{outcomeWord(row.lastOutcome)}</Note>}
            {row.unknownWaits > 0 && row.lastOutcome !== "unknown" && (
              <Note>{grouped(row.unknownWaits)} not heard of</Note>
            )}
          </>
        )}
      </td>
      <td className={`${CELL} text-right last:pr-4.5`}>
        {row.hostedMs === 0 ? <Nothing why="was not host" /> : formatDuration(row.hostedMs)}
      </td>
    </tr>
  );
}
