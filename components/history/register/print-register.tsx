import { PersonName } from "#components/ui/person-name.tsx";
import type { Cell } from "#domain/history/register/cell.ts";
import type { RegisterColumn, RegisterRow } from "#domain/history/register/register.ts";
import type { DayLabel } from "./day-labels.ts";
import { cellText } from "./matrix/cell-words.ts";
import { shareWords } from "./threshold-words.ts";

/** So many meetings stand side by side on a page. */
const COLUMNS = 22;

/** The register on paper: everybody, as many tables as the meetings need, readable without colour. */
export function PrintRegister({
  meetings,
  labels,
  rows,
  held,
}: {
  meetings: readonly RegisterColumn[];
  labels: readonly DayLabel[];
  rows: readonly RegisterRow[];
  held: number;
}) {
  const parts = Math.ceil(meetings.length / COLUMNS);
  return (
    <div className="hidden text-[8.5pt] print:block">
      <style>{"@page { size: A4 landscape; margin: 11mm; }"}</style>
      <p className="mb-2 text-[8pt]">
        Minutes attended. L: late, E: left early, (n): too short to count, ×: waited and was not
        admitted, –: absent, ?: people erased.
      </p>
      {Array.from({ length: parts }, (_, part) => part * COLUMNS).map((from) => (
        <table key={from} className="num mb-5 w-full border-collapse">
          <thead>
            <tr>
              <th className="border-b py-1 pr-2 text-left font-[560]">Person</th>
              {labels.slice(from, from + COLUMNS).map(({ whole }, index) => (
                <th
                  key={meetings[from + index]?.id}
                  className="border-b px-0.5 py-1 text-center font-[560] leading-tight"
                >
                  {shortOf(whole)}
                </th>
              ))}
              <th className="border-b py-1 pl-2 text-right font-[560]">Attended</th>
              <th className="border-b py-1 pl-2 text-right font-[560]">Share</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className="break-inside-avoid">
                <th className="max-w-44 border-b py-0.5 pr-2 text-left font-normal">
                  <PersonName name={row.name} />
                  {row.nth > 1 && ` (${row.nth})`}
                </th>
                {meetings.slice(from, from + COLUMNS).map((meeting, index) => (
                  <td key={meeting.id} className="border-b px-0.5 py-0.5 text-center">
                    {printed(row.cells[from + index] ?? null, meeting)}
                  </td>
                ))}
                <td className="whitespace-nowrap border-b py-0.5 pl-2 text-right">
                  {row.attended} / {held}
                </td>
                <td className="border-b py-0.5 pl-2 text-right">{shareWords(row.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

/** `Wed 2 Sep 2026, 10:00` as `2 Sep 10:00` over two lines. */
function shortOf(whole: string) {
  const [day = "", time = ""] = whole.split(", ");
  return (
    <>
      {day.split(" ").slice(1, 3).join(" ")}
      <span className="block font-normal">{time}</span>
    </>
  );
}

function printed(cell: Cell | null, { erased }: RegisterColumn): string {
  if (cell === null) return erased ? "?" : "–";
  const text = cellText(cell);
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
