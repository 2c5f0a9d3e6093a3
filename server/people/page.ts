import { database } from "#db/connection/client.ts";
import { readApart } from "#db/people/apart.ts";
import { countUnnamed } from "#db/people/count-people.ts";
import type { PersonOfList } from "#db/people/people.ts";
import type { PeopleFilter } from "#db/people/people-filter.ts";
import { suggestedAmong } from "#db/people/suggestions.ts";
import type { Reader } from "#db/sql/orm.ts";
import {
  attendedUntil,
  averageWaitMs,
  isGuest,
  type KnownAs,
  type PeoplePage,
  type PersonMet,
} from "#domain/people/people.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { readHistory } from "#server/http/lists/history.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { withMatches } from "#server/meetings/matched.ts";
import { people } from "./list.ts";
import type * as answers from "./schema.ts";

const MOST_ROOMS = 300;
const MOST_SUGGESTIONS = 25;
const MOST_APART = 50;

/**
 * The page of people for the parameters of an address. A parameter that cannot be read counts as absent. A
 * fixed number of statements.
 */
export async function readPeoplePage(
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<PeoplePage> {
  const page = people.onPage("/people", params, now);
  const { filter } = page.selection;
  const [{ rows, ...found }, unnamedCount, suggestions, apart] = await Promise.all([
    readHistory(page, reader, { mostRooms: MOST_ROOMS }),
    countUnnamed(reader, filter),
    suggestedAmong(reader, filter, MOST_SUGGESTIONS),
    readApart(reader, MOST_APART),
  ]);
  const matched = await withMatches(reader, rows, found.narrowed.q);
  return {
    ...found,
    rows: matched.map(({ place: _, ...person }) => person),
    unnamedCount,
    suggestions,
    apart,
  };
}

/** People of the list as JSON. In a search, `matched` is what was found of them. */
export async function peopleJson(
  rows: readonly PersonOfList[],
  { reader, selection, now }: { reader: Reader; selection: { filter: PeopleFilter }; now: Ms },
): Promise<RowsOf<typeof answers.people>> {
  const { q } = selection.filter;
  const results = (await withMatches(reader, rows, q)).map((person) => ({
    ...personJson(person, now),
    ...(q !== null && { matched: person.matched }),
  }));
  return { results, as_of: toWireTime(now) };
}

/** A person in the API, also one without a meeting in the range. Open visits and waits count up to `now`. */
export function personJson(
  person: Omit<PersonMet, "firstAt" | "lastAt"> & { firstAt: Ms | null; lastAt: Ms | null },
  now: Ms,
): AnswerOf<typeof answers.person> {
  const [first] = person.knownAs;
  return {
    id: person.id,
    name: person.name,
    user_id: first?.userId ?? null,
    guest: isGuest(person),
    identities: person.knownAs.map(knownAsJson),
    meetings: person.meetings,
    first_met_at: toWireTime(person.firstAt),
    last_met_at: toWireTime(person.lastAt),
    in_meeting: person.openCount > 0,
    attended_ms: attendedUntil(person, now),
    unknown_ms: person.unknownMs,
    waits: person.waitCount,
    waits_admitted: person.admittedCount,
    average_wait_ms: averageWaitMs(person),
    left_before_admitted: person.leftCount,
    meetings_lost: person.lostMeetings,
    namesakes: person.namesakes,
  };
}

/** As whom a source knows a person. */
export function knownAsJson({
  id,
  source,
  knownBy,
  userId,
  name,
}: KnownAs): AnswerOf<typeof answers.identity> {
  return { id, source, identified_by: knownBy, user_id: userId, name };
}
