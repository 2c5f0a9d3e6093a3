"use client";

import { Undo2 } from "lucide-react";
import { memo } from "react";
import { ClaimControl } from "#components/desk/claim-control.tsx";
import { DeskButton } from "#components/desk/desk-button.tsx";
import { WaitTile } from "#components/desk/wait-tile.tsx";
import { PutAwayButton } from "#components/meeting/away/put-away-button.tsx";
import { totalsNow } from "#components/sync/live-state.ts";
import { isWithoutHost, titleOf } from "#components/sync/meeting-order.ts";
import { useLive } from "#components/sync/use-live.ts";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { nameOf, PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { Sign } from "#components/ui/sign.tsx";
import { useArrivals } from "#components/ui/use-arrivals.ts";
import { grouped } from "#components/words/count.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { type WaitingPerson, waitingOf } from "./waiting-now.ts";

const MOST_SHOWN = 60;
/** The element id by which links lead to it. */
export const WAITING_ROOM = "waiting-room";

/** The people who wait, over all rooms, longest first. */
export function WaitingRoom() {
  const waiting = useLive(waitingOf);
  const count = useLive((live) => totalsNow(live).waiting);
  const shown = waiting.slice(0, MOST_SHOWN);
  const hasArrived = useArrivals(waiting.map(({ key }) => key));
  return (
    <Card
      title="Waiting room"
      anchor={WAITING_ROOM}
      note={count > 1 ? "longest first" : undefined}
      aside={
        <div className="flex items-center gap-2.5">
          {count > 0 && (
            <Pill tone="waiting" className="num">
              <Sign of="hourglass" className="size-3" />
              {grouped(count)} waiting
            </Pill>
          )}
          <Link href="/waiting" className="text-ink-3 text-caption hover:text-ink hover:underline">
            Over time
          </Link>
        </div>
      }
    >
      {count === 0 ? (
        <p className="px-4.5 py-5 text-ink-2">Nobody is waiting to be let in.</p>
      ) : (
        <ul className="max-h-[560px] divide-y xl:max-h-[max(232px,52dvh-96px)] divide-line overflow-y-auto overscroll-contain">
          {shown.map((one) => (
            <WaitingRow
              key={one.key}
              person={one.person}
              meeting={one.meeting}
              isNew={hasArrived(one.key)}
            />
          ))}
          {count > shown.length && (
            <li className="px-4 py-3 text-note text-ink-3">
              and {grouped(count - shown.length)} more who wait for less time
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}

const WaitingRow = memo(function WaitingRow({
  person,
  meeting,
  isNew,
}: Omit<WaitingPerson, "key"> & { isNew: boolean }) {
  return (
    <li
      className={`relative grid grid-cols-[62px_minmax(0,1fr)_auto] items-center gap-3 px-4 py-2.5 hover:bg-sunken/60 ${isNew ? "arrives" : ""}`}
    >
      <WaitTile since={fromWireTime(person.started_at)} house={meeting.house} />
      <div className="min-w-0">
        <p className="flex font-strong">
          <PersonName name={person.name} className="min-w-0" />
        </p>
        <p className="flex text-note text-ink-3">
          <Link
            href={`/meetings/${meeting.id}`}
            className="flex min-w-0 after:absolute after:inset-0"
          >
            <PersonName name={titleOf(meeting)} className="min-w-0" />
          </Link>
          {isWithoutHost(meeting) && (
            <span className="flex-none whitespace-pre text-lost-ink"> · no host yet</span>
          )}
        </p>
        {person.returned > 0 && (
          <p className="flex items-center gap-1 text-caption text-ink-3">
            <Undo2 aria-hidden className="size-3" strokeWidth={2.4} />
            knocked again{person.returned > 1 ? ` ${person.returned}×` : ""}
          </p>
        )}
      </div>
      <div className="flex min-w-0 items-center gap-0.5">
        <ClaimControl wait={person} />
        <DeskButton wait={person} />
        <PutAwayButton
          className="relative -mr-1.5"
          subject={{
            meetingId: meeting.id,
            personId: person.person_id,
            where: "waiting",
            name: nameOf(person.name),
            notBefore: fromWireTime(person.started_at),
          }}
        />
      </div>
      {person.desk_note !== null && (
        <p className="wrap-anywhere -mt-2 col-span-2 col-start-2 text-ink-2 text-note">
          {person.desk_note}
        </p>
      )}
    </li>
  );
});
