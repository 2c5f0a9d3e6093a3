"use client";

import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { nameOf, PersonName } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { LostWait } from "#domain/live/desk-wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { ActLinks } from "./act-links.tsx";
import { ClaimControl } from "./claim-control.tsx";
import { DeskButton } from "./desk-button.tsx";
import { FollowUpControl } from "./follow-up.tsx";
import { lookable } from "./looked.ts";
import { NewMark } from "./new-mark.tsx";

/** Who left before they were admitted, to be followed up: what is open first, the longest ago first. */
export function LostCard({ lost, face }: { lost: readonly LostWait[]; face: ClockFormat }) {
  const open = lost.filter(({ follow_up }) => follow_up === null).toReversed();
  const done = lost.filter(({ follow_up }) => follow_up !== null);
  return (
    <Card
      title="To follow up"
      note={open.length === 0 ? undefined : `${counted(open.length, "person", "people")} open`}
      aside={
        <Link
          href="/waiting#waits"
          className="text-caption text-ink-3 hover:text-ink hover:underline print:hidden"
        >
          Over time
        </Link>
      }
    >
      {lost.length === 0 ? (
        <p className="px-4.5 py-5 text-ink-2">Nobody left today before they were admitted.</p>
      ) : (
        <ul tabIndex={-1} className="divide-y divide-line">
          {[...open, ...done].map((wait) => (
            <LostPerson key={wait.id} wait={wait} face={face} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** That they left is another news than that they waited. */
function lostId({ id }: LostWait): string {
  return `left-${id}`;
}

/** Somebody who left before they were admitted, and what came of following up on them. */
export function LostPerson({ wait, face }: { wait: LostWait; face: ClockFormat }) {
  const [from, to] = [fromWireTime(wait.started_at), wait.ended_at];
  const leftAt = to === null ? from : fromWireTime(to);
  const day = face.otherDay(leftAt);
  const isDone = wait.follow_up !== null;
  return (
    <li
      {...lookable(lostId(wait))}
      tabIndex={-1}
      className="grid grid-cols-1 gap-1.5 px-4 py-2.5 sm:px-4.5"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className={`flex font-strong ${isDone ? "text-ink-2" : ""}`}>
            <Link
              href={`/meetings/${wait.meeting_id}?${new URLSearchParams({ person: wait.person_id })}`}
              className="flex min-w-0 hover:underline"
            >
              <PersonName name={wait.name} className="min-w-0" />
            </Link>
            {!isDone && (
              <span className="ml-1.5 flex-none">
                <NewMark id={lostId(wait)} />
              </span>
            )}
          </p>
          <p className="num wrap-anywhere text-ink-3 text-note">
            {day !== null && `${day}, `}
            {face.minute(leftAt)} after {formatDuration(leftAt - from)} ·{" "}
            <bdi>{nameOf(wait.title ?? wait.room)}</bdi>
          </p>
        </div>
        <DeskButton wait={wait} />
      </div>
      {wait.desk_note !== null && (
        <p className="wrap-anywhere text-ink-2 text-note">{wait.desk_note}</p>
      )}
      <ActLinks
        waitId={wait.id}
        name={wait.name}
        personId={wait.person_id}
        room={wait.room}
        meeting={wait.meeting_id}
        house={wait.house}
      />
      <div className="flex flex-wrap items-start justify-between gap-2">
        <FollowUpControl wait={wait} />
        {!isDone && <ClaimControl wait={wait} />}
      </div>
    </li>
  );
}
