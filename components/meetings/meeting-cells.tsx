"use client";

import type { ReactNode } from "react";
import { Matched, Note, Nothing } from "#components/lists/cell-notes.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { Running } from "#components/ui/running.tsx";
import { SourceMark } from "#components/ui/source-mark.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped, wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { attendeeWords } from "#components/words/matched-words.ts";
import { observerSentence, observerWords } from "#components/words/observer-words.ts";
import { IMPORT } from "#domain/imports/imports.ts";
import { type Observer, tookPlace } from "#domain/meeting/observer.ts";
import type { MeetingFound, MeetingListRow } from "#domain/meetings/meetings.ts";
import { averageUntilAdmittedMs } from "#domain/waits/waiting.ts";
import type { MeetingColumnName } from "./columns.ts";

interface Cell {
  meeting: MeetingListRow;
  face: ClockFormat;
  /** The format for a time that does not stand beside its day. */
  todays: ClockFormat;
}

/** A meeting's title and room. Links to the meeting, and to its room. */
export function MeetingCell({ meeting, roomHref }: { meeting: MeetingFound; roomHref: string }) {
  const { id, title, room, source, matched } = meeting;
  return (
    <>
      <Link
        href={`/meetings/${id}`}
        className="-mt-1.5 flex pt-1.5 font-strong tracking-name hover:underline"
      >
        <PersonName name={title ?? room} className="min-w-0" />
      </Link>
      <span className="flex min-w-0 gap-1 text-ink-3 text-caption">
        <span className="flex-none">
          <SourceMark source={source} />
        </span>
        <span aria-hidden>·</span>
        {/* The mark of a file names the file's kind already. */}
        {title === null && source.provider !== IMPORT && (
          <>
            <bdi className="truncate" title={source.name}>
              {source.name}
            </bdi>
            <span aria-hidden>·</span>
          </>
        )}
        <Link
          href={roomHref}
          aria-label={`Room ${room}`}
          title={`Room ${room}`}
          className={`-mb-2 pb-2 hover:text-ink hover:underline ${title === null ? "flex-none" : "truncate"}`}
        >
          {title === null ? "room" : <bdi>{room}</bdi>}
        </Link>
      </span>
      {matched !== null && <Matched words={attendeeWords(matched)} />}
    </>
  );
}

/** The cell of a column for a meeting. */
export function cellOf(column: MeetingColumnName, cell: Cell): ReactNode {
  switch (column) {
    case "started":
      return <Started {...cell} />;
    case "length":
      return <Length {...cell} />;
    case "people":
      return <People {...cell} />;
    case "peak":
      return <Peak {...cell} />;
    case "waits":
      return <Waits {...cell} />;
    case "left":
      return <Left {...cell} />;
    case "cover":
      return <HostCover {...cell} />;
    case "status":
      return <Status {...cell} />;
    default:
      return column satisfies never;
  }
}

function Started({ meeting: { startedAt, endedAt, firstAt }, face }: Cell) {
  const from = startedAt ?? firstAt;
  const day = face.calendarDay(from);
  return (
    <span className="whitespace-nowrap">
      {day}
      <Note>
        {face.minute(from)}
        {startedAt === null && " first heard of"}
        {startedAt !== null && endedAt !== null && ` – ${face.minute(endedAt)}`}
        {endedAt !== null && face.calendarDay(endedAt) !== day && `, ${face.day(endedAt)}`}
      </Note>
    </span>
  );
}

function Length({ meeting: { status, startedAt, endedAt } }: Cell) {
  if (startedAt === null) return <Nothing why="nobody came in" />;
  if (endedAt !== null) return formatDuration(endedAt - startedAt);
  if (status === "ended") return <Nothing why="no end was reported" />;
  return (
    <span className="text-present-ink">
      <Running since={startedAt} />
    </span>
  );
}

function People({ meeting: { status, peopleCount, presentCount, noteTakerCount } }: Cell) {
  return (
    <>
      {grouped(peopleCount)}
      {status !== "ended" && <Note>{grouped(presentCount)} in now</Note>}
      {noteTakerCount > 0 && (
        <Note>{counted(noteTakerCount, "note-taker", "note-takers")} besides</Note>
      )}
    </>
  );
}

function Peak({ meeting: { peak }, todays }: Cell) {
  if (peak === null) return <Nothing why="nobody came in" />;
  return (
    <>
      {grouped(peak.count)}
      <Note>at {todays.minute(peak.at)}</Note>
    </>
  );
}

function Waits({ meeting: { waits } }: Cell) {
  if (waits === null) return <Nothing why="erased" />;
  const average = averageUntilAdmittedMs(waits);
  return (
    <>
      {waits.began === 0 ? <Nothing why="nobody waited" /> : grouped(waits.began)}
      {average !== null && <Note>avg {formatDuration(average)}</Note>}
      {waits.unknown > 0 && <Note>{grouped(waits.unknown)} not heard of</Note>}
    </>
  );
}

function Left({ meeting: { waitsLeftCount, peopleLostCount, waits } }: Cell) {
  const notes = [
    ...(waitsLeftCount !== peopleLostCount
      ? [`${grouped(waitsLeftCount)} left before admitted`]
      : []),
    ...(waits !== null && waits.short > 0 ? [`${grouped(waits.short)} within 10 s`] : []),
  ];
  return (
    <>
      {peopleLostCount === 0 ? (
        <Nothing why="nobody" />
      ) : (
        <span className="font-strong text-lost-ink">{grouped(peopleLostCount)}</span>
      )}
      {notes.length > 0 && <Note>{notes.join(" · ")}</Note>}
    </>
  );
}

function HostCover({ meeting: { cover, erased } }: Cell) {
  if (cover === null) return <Nothing why={erased ? "erased" : "no host reported"} />;
  const { hostedMs, occupiedMs } = cover;
  const hostlessMs = occupiedMs - hostedMs;
  return (
    <>
      {wholePercent(hostedMs, occupiedMs)}
      {hostlessMs >= 1000 && <Note>{formatDuration(hostlessMs)} without</Note>}
    </>
  );
}

function Status({ meeting: { source, status, waitingCount, endedBy, erased, observer } }: Cell) {
  switch (status) {
    case "live":
      return (
        <Pill tone="present" className="num">
          <span className="beats size-1.75 rounded-full bg-present" />
          Live{waitingCount > 0 && ` · ${grouped(waitingCount)} waiting`}
        </Pill>
      );
    case "waiting":
      return (
        <Pill tone="waiting" className="num">
          <span className="size-1.75 rounded-full border-2 border-current" />
          {grouped(waitingCount)} waiting
        </Pill>
      );
    case "ended":
      return (
        <span className="whitespace-nowrap text-ink-2">
          {tookPlace(observer) ? "Ended" : "Not seen"}
          {observer !== null && <Fared observer={observer} provider={source.provider} />}
          {erased && <Note>people erased</Note>}
          {!erased && endedBy === "inferred" && <Note>end inferred</Note>}
        </span>
      );
    default:
      return status satisfies never;
  }
}

/** How a bot fared, unless it is in or left by itself. */
function Fared({ observer, provider }: { observer: Observer; provider: string }) {
  const { providers } = useLiveParts();
  const words = observerWords(observer);
  if (words === null) return null;
  return <Note title={observerSentence(observer, provider, providers)}>{words}</Note>;
}
