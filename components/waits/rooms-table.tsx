"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import type { Address } from "#components/lists/use-address.ts";
import { Card } from "#components/ui/card.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import { grouped } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import {
  abandonmentRate,
  averageUntilAdmittedMs,
  entered,
  leftBeforeAdmitted,
  reallyLost,
  serviceLevel,
} from "#domain/waits/waiting.ts";
import type { WaitingPage, WaitingRoomSort, WaitsOfRoom } from "#domain/waits/waiting-page.ts";
import { durationOr, percentOr } from "./waiting-words.ts";

const COLUMNS: readonly { sort: WaitingRoomSort; title: (x: string) => string }[] = [
  { sort: "waits", title: () => "Waits" },
  { sort: "rate", title: () => "Abandonment rate" },
  { sort: "average", title: () => "Average until admitted" },
  { sort: "level", title: (x) => `Within ${x}` },
  { sort: "longest", title: () => "Longest that ended" },
  { sort: "lost", title: () => "Really lost" },
];

/** The waits by room; the head sorts. */
export function RoomsTable({ page, address }: { page: WaitingPage; address: Address }) {
  const { rooms, roomCount, lens } = page;
  return (
    <Card
      title="By room"
      note={
        rooms.length < roomCount
          ? `the first ${rooms.length} of ${grouped(roomCount)}`
          : grouped(roomCount)
      }
      className="min-w-0"
    >
      <ScrollTable label="Rooms, scrollable" height="card" isPrinted className="rounded-b-card">
        <table className={SCROLLED_TABLE}>
          <caption className="sr-only">Waits by room</caption>
          <thead>
            <tr>
              <th scope="col" className={`${HEAD} left-0 z-20 px-4 text-left sm:px-4.5`}>
                Room
              </th>
              {COLUMNS.map(({ sort, title }) => {
                const isSorted = sort === lens.sort;
                const order = isSorted && lens.order === "desc" ? "asc" : "desc";
                return (
                  <th
                    key={sort}
                    scope="col"
                    aria-sort={isSorted ? `${lens.order}ending` : undefined}
                    className={`${HEAD} px-3 text-right last:pr-4.5`}
                  >
                    <Link
                      {...address.link({
                        sort: sort === "waits" ? null : sort,
                        order: order === "desc" ? null : order,
                      })}
                      replace
                      scroll={false}
                      className={`-my-2 inline-flex items-center gap-1 whitespace-nowrap py-2 hover:text-ink ${isSorted ? "font-semibold text-ink" : ""}`}
                    >
                      {title(formatSetting(lens.targetMs))}
                      {isSorted &&
                        (lens.order === "desc" ? (
                          <ArrowDown aria-hidden className="size-3" />
                        ) : (
                          <ArrowUp aria-hidden className="size-3" />
                        ))}
                    </Link>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody className={address.isPending ? "opacity-55" : undefined}>
            {rooms.map((one) => (
              <tr key={`${one.source.id} ${one.room}`} className="group">
                <th
                  scope="row"
                  className="sticky left-0 z-[5] min-w-36 max-w-50 border-line border-b bg-surface px-4 py-2 text-left font-normal group-last:border-b-0 group-hover:bg-sunken sm:max-w-80 sm:px-4.5"
                >
                  <RoomCell one={one} address={address} />
                </th>
                {COLUMNS.map(({ sort }) => (
                  <td
                    key={sort}
                    className="whitespace-nowrap border-line border-b px-3 py-2 text-right align-top last:pr-4.5 group-last:border-b-0 group-hover:bg-sunken"
                  >
                    {cellOf(sort, one, page)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </Card>
  );
}

const HEAD = `${SCROLLED_HEAD} z-10`;

function RoomCell({ one, address }: { one: WaitsOfRoom; address: Address }) {
  const { room, title, source } = one;
  return (
    <>
      <Link
        href={address.href({ room, source: source.id })}
        className="flex font-strong hover:underline"
      >
        <PersonName name={title ?? room} className="min-w-0" />
      </Link>
      <span className="flex min-w-0 gap-1 text-ink-3 text-caption">
        <span className="flex-none">
          {source.provider}
          <DemoMark source={source} /> ·
        </span>
        <bdi className="truncate">{title === null ? source.name : room}</bdi>
      </span>
    </>
  );
}

function cellOf(sort: WaitingRoomSort, { count }: WaitsOfRoom, { lens }: WaitingPage): ReactNode {
  const { mode, short } = lens;
  switch (sort) {
    case "waits":
      return grouped(count.began);
    case "rate":
      return (
        <>
          {percentOr(abandonmentRate(count, short))}
          <Note>
            {grouped(leftBeforeAdmitted(count, short))} of {grouped(entered(count, short))}
          </Note>
        </>
      );
    case "average":
      return durationOr(averageUntilAdmittedMs(count));
    case "level": {
      const { share, met, of } = serviceLevel(count, mode, short);
      const isUnder = share !== null && share * 100 < lens.goal;
      return (
        <>
          <span className={isUnder ? "text-late" : undefined}>{percentOr(share)}</span>
          <Note>
            {grouped(met)} of {grouped(of)}
          </Note>
        </>
      );
    }
    case "longest":
      return durationOr(count.longestMs);
    case "lost":
      return reallyLost(count) === 0 ? (
        <span className="text-ink-3">0</span>
      ) : (
        <span className="font-strong text-lost-ink">{grouped(reallyLost(count))}</span>
      );
    default:
      return sort satisfies never;
  }
}

function Note({ children }: { children: ReactNode }) {
  return <span className="block text-ink-3 text-caption">{children}</span>;
}
