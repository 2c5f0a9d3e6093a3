"use client";

import { useMemo } from "react";
import { HistoryList } from "#components/lists/history-list.tsx";
import type { RowWords } from "#components/lists/list-table.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { PeoplePage, PersonFound } from "#domain/people/people.ts";
import { PEOPLE_COLUMNS, type PeopleColumnName } from "#domain/people/people.ts";
import { COLUMNS, FIRST_COLUMN, PersonCell } from "./people-cells.tsx";
import { personHref } from "./person-address.ts";
import { SeparatedPairs } from "./separated-pairs.tsx";
import { Suggestions } from "./suggestions.tsx";

/** Every person who was at a meeting in the period, a row for each. */
export function PeopleScreen({ page }: { page: PeoplePage }) {
  const { period, rows } = page;
  return (
    <HistoryList
      list="people"
      page={page}
      usualSort="last"
      rows={rows}
      one="person"
      many="people"
      search="Search people"
      first={FIRST_COLUMN}
      allColumns={PEOPLE_COLUMNS}
      columnWords={COLUMNS}
      rowWords={useRowWords(page)}
      noRows={{
        title: "Nobody",
        whyNarrowed: "Nobody in this period matches your search.",
        why: "Nobody with a name or a user ID came or waited in this period.",
      }}
      above={
        <>
          <Suggestions {...page.suggestions} timeZone={period.timeZone} />
          <SeparatedPairs {...page.apart} timeZone={period.timeZone} />
        </>
      }
      below={<Unnamed count={page.unnamedCount} />}
    />
  );
}

function useRowWords({ period, asOf }: PeoplePage): RowWords<PersonFound, PeopleColumnName> {
  return useMemo(() => {
    const face = ClockFormat.in(period.timeZone);
    return {
      keyOf: ({ id }) => id,
      head: (person) => <PersonCell person={person} href={personHref(person.id, period)} />,
      cell: (name, person) => COLUMNS[name].cell({ person, face, now: asOf }),
    };
  }, [period, asOf]);
}

function Unnamed({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="num mt-3 text-dense text-ink-2">
      {counted(count, "guest", "guests")} without a name {count === 1 ? "is" : "are"} not in this
      list: nothing says who they are in another meeting.
    </p>
  );
}
