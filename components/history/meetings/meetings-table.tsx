"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { roomInDays } from "#components/history/rooms/room-address.ts";
import type { Address } from "#components/history/use-address.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import type { MeetingHeld, MeetingsPage, Order } from "#domain/history/meetings.ts";
import { COLUMN_WORDS, type ColumnName } from "./columns.ts";
import { cellOf, MeetingCell } from "./meeting-cells.tsx";

const TEXT: readonly ColumnName[] = ["started", "status"];

/** The meetings of a page: a row each, and what can be sorted by in the head. */
export function MeetingsTable({
  page,
  rows,
  columns,
  address,
}: {
  page: MeetingsPage;
  rows: readonly MeetingHeld[];
  columns: readonly ColumnName[];
  address: Address;
}) {
  const { timeZone: ownZone } = useLive();
  return (
    // The head stays while the rows are scrolled, so both move in here, and a keyboard has to reach it.
    // Positioned, or what is only read out would widen the page.
    <section
      aria-label="Meetings, scrollable"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className="relative max-h-[max(22rem,calc(100dvh-9rem))] overflow-auto overscroll-x-contain"
    >
      <table className="num w-full border-separate border-spacing-0 text-[13px]">
        <caption className="sr-only">
          Meetings, those in progress first, by {COLUMN_WORDS[page.sort].title.toLowerCase()},{" "}
          {page.order === "desc" ? "descending" : "ascending"}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} left-0 z-20 px-4 text-left sm:px-4.5`}>
              Meeting
            </th>
            {columns.map((name) => (
              <HeadCell key={name} name={name} page={page} address={address} />
            ))}
          </tr>
        </thead>
        <tbody className={address.isPending ? "opacity-55" : undefined}>
          {rows.map((meeting) => (
            <Row
              key={meeting.id}
              meeting={meeting}
              columns={columns}
              timeZone={page.period.timeZone}
              roomHref={roomInDays(meeting.roomId, page.period, page.today, ownZone)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const HEAD = "sticky top-0 z-10 border-line border-b bg-surface py-2 font-[500] text-ink-2 text-xs";

function HeadCell({
  name,
  page,
  address,
}: {
  name: ColumnName;
  page: MeetingsPage;
  address: Address;
}) {
  const { title, sort, formula } = COLUMN_WORDS[name];
  const isSorted = sort !== null && sort === page.sort;
  const side = TEXT.includes(name) ? "" : "justify-end";
  return (
    <th
      scope="col"
      aria-sort={isSorted ? SORTED[page.order] : undefined}
      className={`${HEAD} px-3 last:pr-4.5`}
    >
      <span className={`flex items-center gap-1.5 whitespace-nowrap ${side}`}>
        {sort === null ? (
          title
        ) : (
          <Link
            href={address.href(orderChange(sort, page))}
            replace
            scroll={false}
            className={`flex items-center gap-1 hover:text-ink ${isSorted ? "font-[600] text-ink" : ""}`}
          >
            {title}
            {isSorted && (page.order === "desc" ? <Down /> : <Up />)}
          </Link>
        )}
        {formula !== null && <InfoTip about={title}>{formula}</InfoTip>}
      </span>
    </th>
  );
}

const SORTED = { asc: "ascending", desc: "descending" } as const satisfies Record<Order, string>;

function Down() {
  return <ArrowDown aria-hidden className="size-3" />;
}

function Up() {
  return <ArrowUp aria-hidden className="size-3" />;
}

/** The other way round where it is sorted so already; from the greatest down otherwise. */
function orderChange(sort: MeetingsPage["sort"], page: MeetingsPage) {
  const order = sort === page.sort && page.order === "desc" ? "asc" : "desc";
  return { sort: sort === "started" ? null : sort, order: order === "desc" ? null : order };
}

const Row = memo(function Row({
  meeting,
  columns,
  timeZone,
  roomHref,
}: {
  meeting: MeetingHeld;
  columns: readonly ColumnName[];
  timeZone: string;
  roomHref: string;
}) {
  const face = ClockFace.in(timeZone);
  return (
    <tr className="group">
      <th
        scope="row"
        className="sticky left-0 z-[5] w-[30%] min-w-38 max-w-44 border-line border-b bg-surface px-4 py-2 text-left align-top font-normal group-last:border-b-0 group-hover:bg-sunken sm:min-w-50 sm:max-w-80 sm:px-4.5"
      >
        <MeetingCell meeting={meeting} roomHref={roomHref} />
      </th>
      {columns.map((name) => (
        <td
          key={name}
          className={`border-line border-b px-3 py-2 align-top last:pr-4.5 group-last:border-b-0 group-hover:bg-sunken ${TEXT.includes(name) ? "" : "text-right"}`}
        >
          {cellOf(name, { meeting, face })}
        </td>
      ))}
    </tr>
  );
});
