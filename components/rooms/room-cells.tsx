"use client";

import { Nothing } from "#components/lists/cell-notes.tsx";
import type { ColumnTable, ColumnWords } from "#components/lists/list-table.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { decimal, grouped } from "#components/words/count.ts";
import type { RoomColumnName, RoomListRow, RoomSort } from "#domain/rooms/rooms.ts";
import { SmallTrend } from "./small-trend.tsx";

interface Cell {
  room: RoomListRow;
  face: ClockFormat;
}

/** A room's name and source. Links to the room. */
export function RoomCell({ room, href }: { room: RoomListRow; href: string }) {
  const { title, key, source, seriesBy } = room;
  return (
    <>
      <Link href={href} className="flex font-strong tracking-name hover:underline">
        <PersonName name={title ?? key} className="min-w-0" />
      </Link>
      <span className="flex min-w-0 flex-wrap gap-x-1 text-ink-3 text-caption sm:flex-nowrap">
        <span className="flex min-w-0 max-w-full gap-1">
          <span className="flex-none">
            {source.provider}
            <DemoMark source={source} /> ·
          </span>
          <bdi className="truncate" title={source.name}>
            {source.name}
          </bdi>
        </span>
        {seriesBy === "title" && (
          <span className="flex-none">
            <span className="hidden sm:inline">· </span>series by title
          </span>
        )}
      </span>
    </>
  );
}

export const FIRST_COLUMN: ColumnWords<RoomSort> = {
  title: "Room",
  sort: "name",
  formula:
    "A room is a series of meetings. A bot has a room of its own for each meeting, so that meetings whose bots were given the same title, in the same source, are taken for one series.",
};

/** The columns beside the room: what each is called, how it is reckoned, and what stands in its cells. */
export const COLUMNS: ColumnTable<RoomColumnName, RoomSort, Cell> = {
  last: {
    title: "Last meeting",
    sort: "last",
    formula:
      "The latest meeting in this period. It belongs to that day in the chosen time zone, also where it goes on over midnight.",
    isText: true,
    cell: ({ room, face }) => <LastMeeting room={room} face={face} />,
  },
  meetings: {
    title: "Meetings",
    sort: "meetings",
    formula:
      "Meetings that began in this period, those in progress included; not where the bot that was to watch was not let in.",
    cell: ({ room }) => grouped(room.meetings),
  },
  people: {
    title: "People per meeting",
    sort: "people",
    formula:
      "Σ people of each meeting ÷ meetings, of those that are over. Everybody who came in or waited counts, each once in a meeting.",
    cell: ({ room }) =>
      room.peoplePerMeeting === null ? (
        <Nothing why="none is over" />
      ) : (
        decimal(room.peoplePerMeeting, 1)
      ),
  },
  trend: {
    title: "Trend",
    sort: null,
    formula:
      "The people of the latest meetings in this period that are over, oldest first; and their mean, lately and before.",
    isText: true,
    cell: ({ room }) => <SmallTrend counts={room.trend} />,
  },
};

function LastMeeting({ room: { last, live }, face }: Cell) {
  const at = last.startedAt ?? last.firstAt;
  return (
    <>
      <Link href={`/meetings/${last.id}`} className="whitespace-nowrap hover:underline">
        {face.calendarDay(at)}, {face.minute(at)}
      </Link>
      {live > 0 && (
        <Pill tone="present" className="ml-2">
          <span className="beats size-1.75 rounded-full bg-present" />
          {live === 1 ? "In progress" : `${grouped(live)} in progress`}
        </Pill>
      )}
    </>
  );
}
