"use client";

import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { SCROLLED_HEAD, ScrollTable } from "#components/ui/scroll-table.tsx";
import { grouped } from "#components/words/count.ts";
import type { ExpectedPage, ScheduledListRow } from "#domain/scheduled/pages.ts";
import { calledBy } from "#domain/scheduled/scheduled.ts";
import { CountsLine } from "./counts-line.tsx";
import { OutcomePill } from "./outcome-pill.tsx";
import { VERDICT_FORMULA } from "./verdict-words.ts";
import { hoursWords } from "./words.ts";

const HEAD = `${SCROLLED_HEAD} z-10 text-left whitespace-nowrap`;
const CELL = "border-line border-b px-3 py-2 align-top group-last:border-b-0 group-hover:bg-sunken";

/** Scheduled meetings, a row each, with the standing of the people on the roster. */
export function ExpectedTable({ page, isPending }: { page: ExpectedPage; isPending: boolean }) {
  return (
    <ScrollTable label="Scheduled meetings, scrollable" height="page">
      <table className="w-full border-separate border-spacing-0 text-dense">
        <caption className="sr-only">
          Scheduled meetings, {page.show === "past" ? "latest first" : "by their start"}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} left-0 z-20 px-4 sm:px-4.5`}>
              Scheduled meeting
            </th>
            {/* The verdict stands beside the name: a phone shows no more without scrolling. */}
            <th scope="col" className={`${HEAD} px-3`}>
              <span className="flex items-center gap-1.5">
                At the start <InfoTip about="At the start">{VERDICT_FORMULA}</InfoTip>
              </span>
            </th>
            <th scope="col" className={`${HEAD} px-3`}>
              Time
            </th>
            <th scope="col" className={`${HEAD} px-3`}>
              Expected people
            </th>
          </tr>
        </thead>
        <tbody className={isPending ? "opacity-55" : undefined}>
          {page.rows.map((row) => (
            <Row key={row.scheduled.id} row={row} page={page} />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function Row({ row, page }: { row: ScheduledListRow; page: ExpectedPage }) {
  const { scheduled, counts, outcome } = row;
  const face = useTodaysClockFormat(page.period.timeZone);
  const isOver = page.asOf >= scheduled.endsAt;
  const isOn = !isOver && page.asOf >= scheduled.startsAt;
  const { title, roomTitle, room, source } = scheduled;
  return (
    <tr className="group">
      <th
        scope="row"
        className="sticky left-0 z-[5] min-w-38 max-w-44 border-line border-b bg-surface px-4 py-2 text-left align-top font-normal group-last:border-b-0 group-hover:bg-sunken sm:min-w-50 sm:max-w-80 sm:px-4.5"
      >
        <Link
          href={`/expected/${scheduled.id}`}
          className="flex font-strong tracking-name hover:underline"
        >
          <PersonName name={calledBy(scheduled)} className="min-w-0" />
        </Link>
        <span className="flex min-w-0 gap-1 text-ink-3 text-caption">
          <span className="flex-none">
            {source.provider}
            <DemoMark source={source} /> ·
          </span>
          <bdi className="truncate">
            {title === null && roomTitle === null ? source.name : room}
          </bdi>
        </span>
      </th>
      <td className={CELL}>
        <OutcomePill
          outcome={outcome}
          at={scheduled.startsAt + scheduled.verdictAfterMs}
          face={face}
        />
      </td>
      <td className={`${CELL} num whitespace-nowrap`}>
        {face.calendarDay(scheduled.startsAt)}
        <span className="block text-ink-3 text-caption">
          {hoursWords(scheduled, face)}
          {isOn && <span className="text-present-ink"> · now</span>}
          {scheduled.cancelledAt !== null && <span className="text-lost-ink"> · cancelled</span>}
        </span>
      </td>
      <td className={`${CELL} min-w-52`}>
        <CountsLine counts={counts} isOver={isOver} />
        {(counts.unmatched > 0 || counts.cameLate > 0) && (
          <span className="num block text-ink-3 text-caption">
            {[
              ...(counts.cameLate > 0 ? [`${grouped(counts.cameLate)} came late`] : []),
              ...(counts.unmatched > 0 ? [`${grouped(counts.unmatched)} not expected`] : []),
            ].join(" · ")}
          </span>
        )}
      </td>
    </tr>
  );
}
