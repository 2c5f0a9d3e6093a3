"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import type { Address } from "#components/history/use-address.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import { grouped } from "#components/words/count.ts";
import type { RoomHeld, RoomSort, RoomsPage } from "#domain/history/rooms.ts";
import { roomInDays } from "./room-address.ts";
import { SmallTrend } from "./small-trend.tsx";

const SERIES_TIP =
  "A room is a series of meetings. A bot has a room of its own for each meeting, so that meetings whose bots were given the same title, in the same source, are taken for one series.";
const COUNT_TIP = "Meetings that were first heard of in these days, those in progress included.";
const PEOPLE_TIP =
  "Σ unique participants of each meeting ÷ meetings, of those that are over. Everybody who came in or waited counts, each once in a meeting.";
const TREND_TIP =
  "The unique participants of the latest meetings in these days that are over, oldest first; and their mean, lately and before.";
const LAST_TIP =
  "The meeting of these days that was first heard of last. It belongs to that day in the chosen time zone, also where it goes on over midnight.";

/** The rooms of a page. */
export function RoomsTable({ page, address }: { page: RoomsPage; address: Address }) {
  const { timeZone: ownZone } = useLive();
  return (
    <section
      aria-label="Rooms, scrollable"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className="relative max-h-[max(22rem,calc(100dvh-9rem))] overflow-auto overscroll-x-contain"
    >
      <table className="num w-full border-separate border-spacing-0 text-[13px]">
        <caption className="sr-only">
          Rooms, {page.sort === "last" ? "the newest last meeting first" : "by name"}
        </caption>
        <thead>
          <tr>
            <Head page={page} sort="name" address={address} tip={SERIES_TIP} first>
              Room
            </Head>
            <Head page={page} sort="last" address={address} tip={LAST_TIP}>
              Last meeting
            </Head>
            <Head page={page} tip={COUNT_TIP} right>
              Meetings
            </Head>
            <Head page={page} tip={PEOPLE_TIP} right>
              People per meeting
            </Head>
            <Head page={page} tip={TREND_TIP}>
              Trend
            </Head>
          </tr>
        </thead>
        <tbody className={address.isPending ? "opacity-55" : undefined}>
          {page.rows.map((room) => (
            <Row
              key={room.id}
              room={room}
              timeZone={page.period.timeZone}
              href={roomInDays(room.id, page.period, page.today, ownZone)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const HEAD = "sticky top-0 z-10 border-line border-b bg-surface py-2 font-[500] text-ink-2 text-xs";

function Head({
  page,
  sort = null,
  address,
  tip,
  first = false,
  right = false,
  children,
}: {
  page: RoomsPage;
  sort?: RoomSort | null;
  address?: Address;
  tip?: string;
  first?: boolean;
  right?: boolean;
  children: string;
}) {
  const isSorted = sort !== null && sort === page.sort;
  const Arrow = sort === "name" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort === "name" ? "ascending" : "descending") : undefined}
      className={`${HEAD} ${first ? "left-0 z-20 px-4 sm:px-4.5" : "px-3 last:pr-4.5"}`}
    >
      <span className={`flex items-center gap-1.5 whitespace-nowrap ${right ? "justify-end" : ""}`}>
        {sort === null || address === undefined ? (
          children
        ) : (
          <Link
            href={address.href({ sort: sort === "last" ? null : sort })}
            replace
            scroll={false}
            className={`flex items-center gap-1 hover:text-ink ${isSorted ? "font-[600] text-ink" : ""}`}
          >
            {children}
            {isSorted && <Arrow aria-hidden className="size-3" />}
          </Link>
        )}
        {tip !== undefined && <InfoTip about={children}>{tip}</InfoTip>}
      </span>
    </th>
  );
}

const CELL =
  "border-line border-b px-3 py-2 align-middle last:pr-4.5 group-last:border-b-0 group-hover:bg-sunken";

const Row = memo(function Row({
  room,
  timeZone,
  href,
}: {
  room: RoomHeld;
  timeZone: string;
  href: string;
}) {
  const face = ClockFace.in(timeZone);
  const { last } = room;
  const at = last.startedAt ?? last.firstAt;
  return (
    <tr className="group">
      <th
        scope="row"
        className="sticky left-0 z-[5] w-[34%] min-w-38 max-w-44 border-line border-b bg-surface px-4 py-2 text-left align-middle font-normal group-last:border-b-0 group-hover:bg-sunken sm:min-w-50 sm:max-w-90 sm:px-4.5"
      >
        <Link href={href} className="flex font-[560] tracking-[-0.008em] hover:underline">
          <PersonName name={room.title ?? room.key} className="min-w-0" />
        </Link>
        <span className="flex min-w-0 flex-wrap gap-x-1 text-ink-3 text-xs sm:flex-nowrap">
          <span className="flex min-w-0 max-w-full gap-1">
            <span className="flex-none">{room.source.provider} ·</span>
            <bdi className="truncate" title={room.source.name}>
              {room.source.name}
            </bdi>
          </span>
          {room.seriesBy === "title" && (
            <span className="flex-none">
              <span className="hidden sm:inline">· </span>series by title
            </span>
          )}
        </span>
      </th>
      <td className={CELL}>
        <Link href={`/meetings/${last.id}`} className="whitespace-nowrap hover:underline">
          {face.calendarDay(at)}, {face.minute(at)}
        </Link>
        {room.live > 0 && (
          <Pill tone="present" className="ml-2">
            <span className="beats size-1.75 rounded-full bg-present" />
            {room.live === 1 ? "In progress" : `${grouped(room.live)} in progress`}
          </Pill>
        )}
      </td>
      <td className={`${CELL} text-right`}>{grouped(room.meetings)}</td>
      <td className={`${CELL} text-right`}>{room.peoplePerMeeting?.toFixed(1) ?? "–"}</td>
      <td className={`${CELL} w-34`}>
        <SmallTrend counts={room.trend} />
      </td>
    </tr>
  );
});
