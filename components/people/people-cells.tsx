"use client";

import type { ReactNode } from "react";
import { Matched, Note, Nothing } from "#components/lists/cell-notes.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { boundedLength, unknownWords } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { matchedWords } from "#components/words/matched-words.ts";
import {
  attendedUntil,
  averageWaitMs,
  type PersonFound,
  type PersonMet,
} from "#domain/people/people.ts";
import type { PeopleColumnName } from "./columns.ts";
import { displayName, GuestMark, IdentityLine } from "./known-as.tsx";

interface Cell {
  person: PersonMet;
  face: ClockFormat;
  now: number;
}

/** A person's name, which links to their page. */
export function PersonCell({ person, href }: { person: PersonFound; href: string }) {
  return (
    <>
      <span className="flex min-w-0 items-baseline">
        <Link href={href} className="flex min-w-0 font-strong tracking-name hover:underline">
          <PersonName name={displayName(person)} className="min-w-0" />
        </Link>
        <GuestMark person={person} />
      </span>
      {person.matched !== null && <Matched words={matchedWords(person.matched)} />}
      {person.openCount > 0 && (
        <Pill tone="present" className="mt-0.5">
          in a meeting now
        </Pill>
      )}
    </>
  );
}

/** The cell of a column for a person. */
export function cellOf(column: PeopleColumnName, cell: Cell): ReactNode {
  switch (column) {
    case "known":
      return <KnownBy {...cell} />;
    case "meetings":
      return <Meetings {...cell} />;
    case "attended":
      return <Attended {...cell} />;
    case "waits":
      return <Waits {...cell} />;
    case "left":
      return <Left {...cell} />;
    case "last":
      return <LastMet {...cell} />;
    default:
      return column satisfies never;
  }
}

function KnownBy({ person: { knownAs } }: Cell) {
  const [first, ...others] = knownAs;
  if (first === undefined) return null;
  return (
    <span className="block max-w-52">
      <IdentityLine identity={first} />
      <Note>
        {others.length > 0
          ? `and ${counted(others.length, "other identity", "other identities")}`
          : first.knownBy === "user_id"
            ? first.source.name
            : "by name"}
        <DemoMark source={others.find(({ source }) => source.demo)?.source ?? {}} />
      </Note>
    </span>
  );
}

function Meetings({ person: { meetings, namesakes } }: Cell) {
  return (
    <>
      {grouped(meetings)}
      {namesakes > 0 && <Note>several of that name</Note>}
    </>
  );
}

function Attended({ person, now }: Cell) {
  const ms = attendedUntil(person, now);
  const { unknownMs } = person;
  if (unknownMs > 0) {
    return (
      <span title={unknownWords(unknownMs)}>{boundedLength(formatDuration(ms), "at_least")}</span>
    );
  }
  return ms === 0 ? <Nothing why="never came in" /> : formatDuration(ms);
}

function Waits({ person }: Cell) {
  const average = averageWaitMs(person);
  return (
    <>
      {person.waitCount === 0 ? <Nothing why="never waited" /> : grouped(person.waitCount)}
      {average !== null && <Note>avg {formatDuration(average)}</Note>}
    </>
  );
}

function Left({ person: { leftCount, lostMeetings } }: Cell) {
  if (leftCount === 0) return <Nothing why="never" />;
  return (
    <>
      <span className="font-strong text-lost-ink">{grouped(leftCount)}</span>
      {lostMeetings > 0 && <Note>lost in {counted(lostMeetings, "meeting", "meetings")}</Note>}
    </>
  );
}

function LastMet({ person: { lastAt }, face }: Cell) {
  return (
    <span className="whitespace-nowrap">
      {face.calendarDay(lastAt)}
      <Note>{face.minute(lastAt)}</Note>
    </span>
  );
}
