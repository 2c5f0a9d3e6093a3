import { memo } from "react";
import { ClockFormat } from "#components/words/clock-format.ts";
import { grouped } from "#components/words/count.ts";
import type { RegisterColumn, RegisterRow } from "#domain/rooms/register/register.ts";
import { CellMark } from "./cell-mark.tsx";
import { cellTitle } from "./cell-words.ts";
import type { DayLabel } from "./day-labels.ts";
import { PersonHead } from "./person-head.tsx";
import { shareWords } from "./threshold-words.ts";

export const ROW_HEIGHT = 35;

/** One person over all meetings, with their totals. */
export const RegisterLine = memo(function RegisterLine({
  row,
  index,
  meetings,
  labels,
  held,
  timeZone,
}: {
  row: RegisterRow;
  index: number;
  meetings: readonly RegisterColumn[];
  labels: readonly DayLabel[];
  held: number;
  timeZone: string;
}) {
  const face = ClockFormat.in(timeZone);
  return (
    <tr aria-rowindex={index + 2} className="group" style={{ height: ROW_HEIGHT }}>
      <th
        scope="row"
        className="sticky left-0 z-[5] w-40 min-w-40 max-w-40 border-line border-b bg-surface px-4 text-left font-normal group-last:border-b-0 group-hover:bg-sunken sm:w-60 sm:min-w-60 sm:max-w-60 sm:px-4.5"
      >
        <PersonHead row={row} />
      </th>
      {meetings.map((meeting, column) => {
        const cell = row.cells[column] ?? null;
        return (
          <td
            key={meeting.id}
            title={cellTitle(
              cell,
              meeting,
              labels[column]?.whole ?? "",
              face.on(meeting.firstAt),
              row.isHost,
            )}
            className="border-line border-b px-1 text-center group-last:border-b-0 group-hover:bg-sunken"
          >
            <CellMark cell={cell} meeting={meeting} isHost={row.isHost} />
          </td>
        );
      })}
      <td className="w-full border-line border-b group-last:border-b-0 group-hover:bg-sunken" />
      <td className="border-line border-b bg-surface px-3 text-right group-last:border-b-0 group-hover:bg-sunken sm:sticky sm:right-28 sm:border-l">
        <span className="whitespace-nowrap">
          {grouped(row.attended)}
          <span className="text-ink-3"> / {grouped(held)}</span>
        </span>
      </td>
      <td className="w-28 min-w-28 border-line border-b bg-surface pr-4.5 pl-1 group-last:border-b-0 group-hover:bg-sunken sm:sticky sm:right-0">
        <Share share={row.share} />
      </td>
    </tr>
  );
});

/** The row between the participants and the hosts. */
export function HostsHead({ index, columns }: { index: number; columns: number }) {
  return (
    <tr aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
      <th
        scope="rowgroup"
        className="sticky left-0 z-[5] w-40 min-w-40 border-line border-b bg-sunken px-4 text-left font-strong text-host-ink text-caption sm:w-60 sm:min-w-60 sm:px-4.5"
      >
        Hosts<span className="sr-only">, who are in no number of the participants</span>
      </th>
      <td colSpan={columns} className="border-line border-b bg-sunken" />
    </tr>
  );
}

function Share({ share }: { share: number | null }) {
  if (share === null) return <span className="block text-right text-ink-3">–</span>;
  return (
    <span className="flex items-center justify-end gap-2">
      <span aria-hidden className="h-1 w-11 overflow-hidden rounded-full bg-sunken">
        <span
          className="block h-full rounded-full bg-present"
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="w-9 text-right">{shareWords(share)}</span>
    </span>
  );
}
