"use client";

import { useLayoutEffect, useRef } from "react";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { Link } from "#components/ui/link.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import type { RegisterColumn, RegisterRow } from "#domain/rooms/register/register.ts";
import type { DayLabel } from "./day-labels.ts";
import { HostsHead, RegisterLine, ROW_HEIGHT } from "./register-row.tsx";
import { useRowWindow } from "./use-row-window.ts";

/** The columns behind those of the meetings, including the one that fills the remaining width. */
const TOTALS = 3;

/** People × meetings. Of a crowd only the rows in sight are drawn. */
export function RegisterTable({
  meetings,
  labels,
  rows,
  held,
  timeZone,
  isPending,
}: {
  meetings: readonly RegisterColumn[];
  labels: readonly DayLabel[];
  rows: readonly RegisterRow[];
  held: number;
  timeZone: string;
  isPending: boolean;
}) {
  const scroller = useRef<HTMLElement>(null);
  const firstTotal = useRef<HTMLTableCellElement>(null);
  const lines = withHostsHead(rows);
  const rowWindow = useRowWindow(scroller, {
    rows: lines.length,
    columns: meetings.length,
    rowHeight: ROW_HEIGHT,
  });
  const latest = meetings.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the reader looks for the newest meetings, whenever they change.
  useLayoutEffect(() => {
    const [element, totals] = [scroller.current, firstTotal.current];
    if (element === null || totals === null) return;
    element.scrollLeft = 0;
    // Pinned totals are in sight already; otherwise the newest meeting ends where the totals begin.
    const isPinned = window.matchMedia("(min-width: 40rem)").matches;
    element.scrollLeft = isPinned
      ? element.scrollWidth
      : Math.max(0, totals.offsetLeft - element.clientWidth);
  }, [latest]);
  return (
    <ScrollTable ref={scroller} label="Register, scrollable" height="register">
      <table aria-rowcount={lines.length + 1} className={SCROLLED_TABLE}>
        <caption className="sr-only">
          Who attended which meeting, oldest first, with minutes attended
        </caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={`${SCROLLED_HEAD} left-0 z-20 px-4 text-left sm:px-4.5`}>
              Person
            </th>
            {meetings.map((meeting, index) => (
              <MeetingHead key={meeting.id} meeting={meeting} label={labels[index]} />
            ))}
            <td className={`${SCROLLED_HEAD} z-10`} />
            <th
              ref={firstTotal}
              scope="col"
              className={`${SCROLLED_HEAD} z-10 px-3 text-right sm:right-28 sm:z-20 sm:border-l`}
            >
              Attended
            </th>
            <th
              scope="col"
              className={`${SCROLLED_HEAD} z-10 w-28 min-w-28 pr-4.5 sm:right-0 sm:z-20`}
            >
              <span className="flex items-center justify-end gap-1.5">
                Share
                <InfoTip about="Share">
                  Σ attended time ÷ Σ length of the meetings that are over. What is in progress
                  counts when it is over.
                </InfoTip>
              </span>
            </th>
          </tr>
        </thead>
        <tbody className={isPending ? "opacity-55" : undefined}>
          <Gap height={rowWindow.above} />
          {lines
            .slice(rowWindow.first, rowWindow.end)
            .map((row, index) =>
              row === null ? (
                <HostsHead
                  key="hosts"
                  index={rowWindow.first + index}
                  columns={meetings.length + TOTALS}
                />
              ) : (
                <RegisterLine
                  key={row.key}
                  row={row}
                  index={rowWindow.first + index}
                  meetings={meetings}
                  labels={labels}
                  held={held}
                  timeZone={timeZone}
                />
              ),
            )}
          <Gap height={rowWindow.below} />
        </tbody>
      </table>
    </ScrollTable>
  );
}

/** The rows, with `null` at the position of the head of the hosts. */
function withHostsHead(rows: readonly RegisterRow[]): (RegisterRow | null)[] {
  const first = rows.findIndex(({ isHost }) => isHost);
  return first === -1 ? [...rows] : [...rows.slice(0, first), null, ...rows.slice(first)];
}

function Gap({ height }: { height: number }) {
  return height <= 0 ? null : <tr aria-hidden style={{ height }} />;
}

function MeetingHead({
  meeting: { id, status, erased },
  label,
}: {
  meeting: RegisterColumn;
  label: DayLabel | undefined;
}) {
  return (
    <th scope="col" className={`${SCROLLED_HEAD} z-10 px-1 text-center align-bottom`}>
      <Link
        href={`/meetings/${id}`}
        title={[label?.whole, label?.lateFrom].filter(Boolean).join(". ")}
        aria-label={`${label?.whole ?? ""}${erased ? ", people erased" : ""}${status === "ended" ? "" : ", in progress"}`}
        className="inline-block min-w-8.5 whitespace-nowrap leading-tight hover:text-ink hover:underline"
      >
        {status !== "ended" && <span className="block text-present-ink">now</span>}
        {label?.day}
        {label?.time != null && <span className="block text-ink-3">{label.time}</span>}
      </Link>
    </th>
  );
}
