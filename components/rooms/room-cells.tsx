"use client";

import type { ReactNode } from "react";
import { Nothing } from "#components/lists/cell-notes.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { decimal, grouped } from "#components/words/count.ts";
import type { RoomListRow } from "#domain/rooms/rooms.ts";
import type { RoomColumnName } from "./columns.ts";
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

/** The cell of a column for a room. */
export function cellOf(column: RoomColumnName, { room, face }: Cell): ReactNode {
  switch (column) {
    case "last":
      return <LastMeeting room={room} face={face} />;
    case "meetings":
      return grouped(room.meetings);
    case "people":
      return room.peoplePerMeeting === null ? (
        <Nothing why="none is over" />
      ) : (
        decimal(room.peoplePerMeeting, 1)
      );
    case "trend":
      return <SmallTrend counts={room.trend} />;
    default:
      return column satisfies never;
  }
}

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
