import type { PeopleFrom, PeopleOrder, PersonCursor } from "#db/people/people.ts";
import type { PeopleFilter } from "#db/people/people-filter.ts";
import { PEOPLE_SORTS } from "#domain/people/people.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { type Cursor, cursorIn } from "#server/http/cursor.ts";
import { sortedIn } from "#server/http/narrowing.ts";
import { ORDERS, oneOf } from "#server/http/query.ts";
import { rangeIn } from "#server/http/range.ts";
import { longerThan, NARROWING, strictly } from "#server/lists/parameters.ts";

const LAST_MET_FIRST: PeopleOrder = { sort: "last", order: "desc" };

/** The filter of the people list in the API. Throws 400 for a parameter that cannot be read. */
export function peopleFilterIn(url: URL, now: Ms): PeopleFilter {
  const { min_duration_ms: ms, ...named } = strictly(NARROWING, url);
  return { ...named, ...rangeIn(url), longerThan: longerThan(ms, now) };
}

/** How people are sorted; names ascend unless the query says otherwise. Throws 400 for an unknown order. */
export function peopleOrderIn(url: URL): PeopleOrder {
  return orderOf(oneOf(url, "sort", PEOPLE_SORTS), oneOf(url, "order", ORDERS));
}

/** How people are sorted on a page; an unknown order counts as absent. */
export function peopleOrderAsked(asked: AskedParams): PeopleOrder {
  return orderOf(...sortedIn(asked, PEOPLE_SORTS));
}

function orderOf(asked: PeopleOrder["sort"] | null, order: PeopleOrder["order"] | null) {
  const sort = asked ?? LAST_MET_FIRST.sort;
  return { sort, order: order ?? usualOrder(sort) };
}

function usualOrder(sort: PeopleOrder["sort"]): PeopleOrder["order"] {
  return sort === "name" ? "asc" : "desc";
}

/** The cursor of a list sorted this way; `null` for its beginning. Throws 400 for a cursor that no list gave out. */
export function personCursorAsked(url: URL, { sort }: PeopleOrder): PeopleFrom | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [value, id] = cursor.key;
  const isValue = sort === "name" ? typeof value === "string" : typeof value === "number";
  if (value === undefined || !isValue || typeof id !== "string" || !isUuid(id)) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, place: { value, id } };
}

export function personCursorOf({ direction, place }: PeopleFrom): Cursor {
  return { direction, key: personKeyOf({ place }) };
}

export function personKeyOf({ place }: { place: PersonCursor }): Cursor["key"] {
  return [place.value, place.id];
}
