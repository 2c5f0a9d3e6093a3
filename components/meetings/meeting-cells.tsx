"use client";

import { Matched, Note, Nothing } from "#components/lists/cell-notes.tsx";
import type { ColumnTable, ColumnWords } from "#components/lists/list-table.tsx";
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
import { LOST_FORMULA, leftFormula } from "#components/words/wait-formulas.ts";
import { AVERAGE_FORMULA, UNKNOWN_FORMULA } from "#components/words/wait-time-formulas.ts";
import { type Observer, tookPlace } from "#domain/meeting/observer.ts";
import type {
  MeetingColumnName,
  MeetingFound,
  MeetingListRow,
  MeetingSort,
} from "#domain/meetings/meetings.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import { averageUntilAdmittedMs } from "#domain/waits/waiting.ts";

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

export const FIRST_COLUMN: ColumnWords<MeetingSort> = {
  title: "Meeting",
  sort: null,
  formula: null,
};

/** The columns beside the meeting: what each is called, how it is reckoned, and what stands in its cells. */
export const COLUMNS: ColumnTable<MeetingColumnName, MeetingSort, Cell> = {
  started: {
    title: "Started",
    sort: "started",
    formula:
      "When the first one came in, or the provider began the meeting. A meeting belongs to the day on which it was first heard of, in the chosen time zone, also where it goes on over midnight.",
    isText: true,
    cell: (look) => <Started {...look} />,
  },
  length: {
    title: "Length",
    sort: "length",
    formula: "End − start. What is in progress counts up to now.",
    cell: (look) => <Length {...look} />,
  },
  people: {
    title: "People",
    sort: "people",
    formula: "Everybody who came in or waited, each once, however often they reconnected.",
    cell: (look) => <People {...look} />,
  },
  peak: {
    title: "Peak",
    sort: null,
    formula: "Peak concurrency: the most people who were in at one moment.",
    cell: (look) => <Peak {...look} />,
  },
  waits: {
    title: "Waits",
    sort: null,
    formula: `How often somebody began to wait. Below: ${AVERAGE_FORMULA} ${UNKNOWN_FORMULA}`,
    cell: (look) => <Waits {...look} />,
  },
  left: {
    title: "People lost",
    sort: "left",
    formula: `${LOST_FORMULA} Below: ${leftFormula()}`,
    cell: (look) => <Left {...look} />,
  },
  cover: {
    title: "Host cover",
    sort: null,
    formula:
      "The time a host was in ÷ the time anybody was in or waiting. Where the provider only says that the role changed somewhere, that stretch counts as covered.",
    cell: (look) => <HostCover {...look} />,
  },
  status: {
    title: "Status",
    sort: null,
    formula: null,
    isText: true,
    cell: (look) => <Status {...look} />,
  },
};

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
