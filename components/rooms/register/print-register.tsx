import { PersonName } from "#components/ui/person-name.tsx";
import { WidePaper } from "#components/ui/wide-paper.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, decimal, grouped, percent } from "#components/words/count.ts";
import type { RegisterCell } from "#domain/rooms/register/cell.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import type { RegisterColumn, RegisterRow } from "#domain/rooms/register/register.ts";
import { absenceMark, cellText } from "./matrix/cell-words.ts";
import type { DayLabel } from "./matrix/day-labels.ts";
import { lateFromWords } from "./matrix/start-words.ts";
import { shareWords } from "./matrix/threshold-words.ts";

/** The number of meetings side by side on a page. */
const COLUMNS = 20;

/** The printed register: everyone, in as many tables as the meetings need, readable without colour. */
export function PrintRegister({
  page,
  meetings,
  labels,
  rows,
}: {
  page: RegisterPage;
  meetings: readonly RegisterColumn[];
  labels: readonly DayLabel[];
  rows: readonly RegisterRow[];
}) {
  const parts = Math.ceil(meetings.length / COLUMNS);
  const lateFrom = lateFromWords(meetings);
  return (
    <div className="num hidden text-mark print:block">
      <WidePaper />
      <p className="mb-1.5">{summaryOf(page, rows.filter(({ isHost }) => !isHost).length)}</p>
      <p className="mb-2 text-micro text-ink-2">
        Minutes attended. L: late, E: left early, (n): too short to count, ×: waited and was not
        admitted, –: absent, ·: a meeting too short to count, ?: people erased. +: a time is
        inferred. *: known by name alone. **: namesakes in one meeting, which is which in others is
        not known. H: a host, in no number of the participants.
        {lateFrom !== null && ` Late counts from ${lateFrom}.`}
      </p>
      {Array.from({ length: parts }, (_, part) => part * COLUMNS).map((from) => (
        <PrintTable
          key={from}
          meetings={meetings}
          labels={labels}
          rows={rows}
          held={page.figures.held}
          from={from}
          to={Math.min(meetings.length, from + COLUMNS)}
        />
      ))}
    </div>
  );
}

const LINE = "border-ink-3/50 border-b";

function PrintTable({
  meetings,
  labels,
  rows,
  held,
  from,
  to,
}: {
  meetings: readonly RegisterColumn[];
  labels: readonly DayLabel[];
  rows: readonly RegisterRow[];
  held: number;
  from: number;
  to: number;
}) {
  return (
    <table className="mb-5 w-full border-collapse">
      <thead>
        <tr>
          <th className={`${LINE} py-1 pr-2 text-left font-strong`}>Person</th>
          {labels.slice(from, to).map(({ whole }, index) => (
            <th
              key={meetings[from + index]?.id}
              className={`${LINE} whitespace-nowrap px-0.5 py-1 text-center font-strong leading-tight`}
            >
              <Head whole={whole} />
            </th>
          ))}
          <th className={`${LINE} py-1 pl-2 text-right font-strong`}>Attended</th>
          <th className={`${LINE} py-1 pl-2 text-right font-strong`}>Share</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="break-inside-avoid">
            <th className={`${LINE} max-w-40 py-0.5 pr-2 text-left font-normal`}>
              <span className="flex">
                <PersonName name={row.name} className="min-w-0" />
                <span className="flex-none">
                  {row.nth > 1 && ` (${row.nth})`}
                  {markOf(row)}
                </span>
              </span>
            </th>
            {meetings.slice(from, to).map((meeting, index) => (
              <td
                key={meeting.id}
                className={`${LINE} whitespace-nowrap px-0.5 py-0.5 text-center`}
              >
                {printed(row.cells[from + index] ?? null, meeting)}
              </td>
            ))}
            <td className={`${LINE} whitespace-nowrap py-0.5 pl-2 text-right`}>
              {grouped(row.attended)} / {grouped(held)}
            </td>
            <td className={`${LINE} py-0.5 pl-2 text-right`}>{shareWords(row.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `42 people · 33 meetings over · 24.1 attended on average · 60.8% late · as of Sat 21 Nov 2026, 10:55` */
function summaryOf({ figures, asOf, period }: RegisterPage, people: number): string {
  const { held, averageAttendance, attendances, late } = figures;
  const face = ClockFormat.in(period.timeZone);
  const share = percent(attendances === 0 ? null : late / attendances);
  return [
    counted(people, "person", "people"),
    `${counted(held, "meeting", "meetings")} over`,
    ...(averageAttendance === null ? [] : [`${decimal(averageAttendance, 1)} attended on average`]),
    ...(share === null ? [] : [`${share} late`]),
    `as of ${face.calendarDay(asOf)}, ${face.minute(asOf)}`,
  ].join(" · ");
}

function markOf({ ambiguous, knownBy, isHost, onList }: RegisterRow): string {
  const host = isHost ? " H" : onList === false ? " (guest)" : "";
  if (ambiguous) return `${host} **`;
  return knownBy === "name" ? `${host} *` : host;
}

/** `Wed 2 Sep 2026, 10:00` as `2 Sep` over `10:00`. */
function Head({ whole }: { whole: string }) {
  const [day = "", time = ""] = whole.split(", ");
  return (
    <>
      {day.split(" ").slice(1, 3).join(" ")}
      <span className="block font-normal">{time}</span>
    </>
  );
}

function printed(cell: RegisterCell | null, meeting: RegisterColumn): string {
  if (cell === null) return absenceMark(meeting);
  const text = `${cellText(cell)}${cell.sureness.inferred ? "+" : ""}`;
  switch (cell.state) {
    case "late":
      return `L ${text}`;
    case "left_early":
      return `${text} E`;
    case "late_and_left_early":
      return `L ${text} E`;
    case "brief":
      return `(${text})`;
    case "present":
    case "waiting":
    case "not_admitted":
      return text;
    default:
      return cell.state satisfies never;
  }
}
