"use client";

import { Matched, Note, Nothing } from "#components/lists/cell-notes.tsx";
import type { ColumnTable, ColumnWords } from "#components/lists/list-table.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { boundedLength, unknownWords } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { matchedWords } from "#components/words/matched-words.ts";
import { LOST_FORMULA, leftFormula } from "#components/words/wait-formulas.ts";
import { AVERAGE_FORMULA } from "#components/words/wait-time-formulas.ts";
import type { PeopleColumnName, PeopleSort } from "#domain/people/people.ts";
import {
  attendedUntil,
  averageWaitMs,
  type PersonFound,
  type PersonMet,
} from "#domain/people/people.ts";
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

export const FIRST_COLUMN: ColumnWords<PeopleSort> = {
  title: "Person",
  sort: "name",
  formula: null,
};

/** The columns beside the person: what each is called, how it is reckoned, and what stands in its cells. */
export const COLUMNS: ColumnTable<PeopleColumnName, PeopleSort, Cell> = {
  known: {
    title: "Known by",
    sort: null,
    formula:
      "The provider's user id, where it names the same human in every meeting. Without one the name: then two of one name are one row, which is why it says guest.",
    isText: true,
    cell: (look) => <KnownBy {...look} />,
  },
  meetings: {
    title: "Meetings",
    sort: "meetings",
    formula: "Meetings they came to or waited for in this period, each counted once.",
    cell: (look) => <Meetings {...look} />,
  },
  attended: {
    title: "Attended",
    sort: "attended",
    formula:
      "Σ over meetings of the time they were in, reconnects within the grace joined, never a sum of what overlaps. Waiting is no part of it. What goes on counts up to now, but moves no row.",
    cell: (look) => <Attended {...look} />,
  },
  waits: {
    title: "Waits",
    sort: null,
    formula: `How often they began to wait. Below: ${AVERAGE_FORMULA}`,
    cell: (look) => <Waits {...look} />,
  },
  left: {
    title: "Left before admitted",
    sort: null,
    formula: `${leftFormula()} Below: the meetings in which they were really lost. ${LOST_FORMULA}`,
    cell: (look) => <Left {...look} />,
  },
  last: {
    title: "Last met",
    sort: "last",
    formula: "When they first came to their latest meeting in this period.",
    isText: true,
    cell: (look) => <LastMet {...look} />,
  },
};

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
