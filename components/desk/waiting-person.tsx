"use client";

import { nameOf } from "#components/ui/person-name.tsx";
import type { DeskLine } from "#domain/live/desk-wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { WaitingNow } from "#domain/waits/handling-wire.ts";
import { ActLinks } from "./act-links.tsx";
import { ClaimControl } from "./claim-control.tsx";
import { DeskButton } from "./desk-button.tsx";
import { lookable } from "./looked.ts";
import { NewMark } from "./new-mark.tsx";
import { WaitTile } from "./wait-tile.tsx";

/** Somebody who waits for the room of a line: for how long, who looks after them, and what can be done about it. */
export function WaitingPerson({ person, line }: { person: WaitingNow; line: DeskLine }) {
  const { house, room, meeting } = line;
  return (
    <li
      {...lookable(person.id)}
      tabIndex={-1}
      className="grid grid-cols-[62px_minmax(0,1fr)] items-center gap-x-3 gap-y-1 rounded-lg sm:grid-cols-[62px_minmax(0,1fr)_auto] bg-ground px-2 py-1.5"
    >
      <WaitTile since={fromWireTime(person.started_at)} house={house} />
      <div className="min-w-0">
        <p className="wrap-anywhere font-strong">
          <bdi>{nameOf(person.name)}</bdi> <NewMark id={person.id} />
        </p>
        {person.desk_note !== null && (
          <p className="wrap-anywhere text-ink-2 text-note">{person.desk_note}</p>
        )}
        <ActLinks
          waitId={person.id}
          name={person.name}
          personId={person.person_id}
          room={room}
          meeting={meeting?.id ?? null}
          house={house}
        />
      </div>
      <div className="flex items-center gap-0.5 max-sm:col-start-2">
        <ClaimControl wait={person} />
        <DeskButton wait={person} />
      </div>
    </li>
  );
}
