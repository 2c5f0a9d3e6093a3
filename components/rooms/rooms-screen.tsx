"use client";

import { useMemo } from "react";
import type { FilterField } from "#components/lists/filter-bar.tsx";
import { HistoryList } from "#components/lists/history-list.tsx";
import type { RowWords } from "#components/lists/list-table.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import type { RoomListRow, RoomsPage } from "#domain/rooms/rooms.ts";
import { ROOM_COLUMNS, type RoomColumnName } from "#domain/rooms/rooms.ts";
import { roomInDays } from "./room-address.ts";
import { COLUMNS, FIRST_COLUMN, RoomCell } from "./room-cells.tsx";

/** The search text covers the names of the rooms, so they need no field of their own. */
const FIELDS: readonly FilterField[] = ["q", "source", "min_duration_ms"];

/** Every room that had a meeting in the period, each as a series. */
export function RoomsScreen({ page }: { page: RoomsPage }) {
  return (
    <HistoryList
      list="rooms"
      page={{ ...page, narrowed: { ...page.narrowed, room: null } }}
      usualSort="last"
      rows={page.rows}
      one="room"
      many="rooms"
      search="Search rooms"
      fields={FIELDS}
      first={FIRST_COLUMN}
      allColumns={ROOM_COLUMNS}
      columnWords={COLUMNS}
      rowWords={useRowWords(page)}
      noRows={{
        title: "No rooms",
        whyNarrowed: "No room with a meeting in this period matches your search.",
        why: "No meeting began in this period.",
      }}
    />
  );
}

function useRowWords({ period, today }: RoomsPage): RowWords<RoomListRow, RoomColumnName> {
  const { timeZone: ownZone } = useLiveParts();
  return useMemo(() => {
    const face = ClockFormat.in(period.timeZone);
    return {
      keyOf: ({ id }) => id,
      head: (room) => <RoomCell room={room} href={roomInDays(room.id, period, today, ownZone)} />,
      cell: (name, room) => COLUMNS[name].cell({ room, face }),
    };
  }, [period, today, ownZone]);
}
