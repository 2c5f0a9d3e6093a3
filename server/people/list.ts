import { z } from "zod";
import { listApart } from "#db/people/apart.ts";
import { countPeople } from "#db/people/count-people.ts";
import { listPeople, type PeopleOrder } from "#db/people/people.ts";
import type { PeopleFilter } from "#db/people/people-filter.ts";
import { PEOPLE_SORTS } from "#domain/people/people.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS, NO_DAYS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { longerThan, NARROWING, sortedBy } from "#server/http/lists/parameters.ts";

/** What people are sorted by: a name, or a number. */
const value = z.union([z.string(), z.int()]);
const BY_NAME = cursorBy({
  value: value.refine((one): boolean => typeof one === "string"),
  id: uuid,
});
const BY_NUMBER = cursorBy({
  value: value.refine((one): boolean => typeof one === "number"),
  id: uuid,
});

interface PeopleAsked {
  filter: PeopleFilter;
  by: PeopleOrder;
}

/** People over all meetings of their source, last met first; names ascend unless the query says otherwise. */
export const people = defineList({
  query: { ...NARROWING, ...sortedBy(PEOPLE_SORTS) },
  days: ANY_DAYS,
  select({ sort: asked, order, min_duration_ms: ms, ...named }, { from, to }, now): PeopleAsked {
    const sort = asked ?? "last";
    return {
      filter: { ...named, from, to, longerThan: longerThan(ms, now) },
      by: { sort, order: order ?? (sort === "name" ? "asc" : "desc") },
    };
  },
  cursor: ({ by }) => (by.sort === "name" ? BY_NAME : BY_NUMBER),
  open: (reader, { filter, by }) => ({
    read: (cursor, limit) => listPeople(reader, filter, by, cursor, limit),
    count: () => countPeople(reader, filter),
  }),
  placeOf: ({ place }) => place,
});

const BY_TIME = cursorBy({ at: z.int(), id: uuid });

/** The pairs of people that operators keep apart, newest first. */
export const pairsApart = defineList({
  query: {},
  days: NO_DAYS,
  select: () => null,
  cursor: () => BY_TIME,
  open: (reader) => ({ read: (cursor, limit) => listApart(reader, cursor, limit) }),
  placeOf: ({ at, id }) => ({ at, id }),
});
