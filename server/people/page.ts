import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import { readApart } from "#db/people/apart.ts";
import { countPeople, countUnnamed } from "#db/people/count-people.ts";
import { listPeople } from "#db/people/people.ts";
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
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { pathOf } from "#server/http/address.ts";
import { AskedParams } from "#server/http/asked.ts";
import { limitIn, page } from "#server/http/cursor.ts";
import { cursorAsked, narrowedIn } from "#server/http/narrowing.ts";
import { offsetIn, periodIn } from "#server/http/period.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { withMatches } from "#server/meetings/matched.ts";
import {
  peopleFilterIn,
  peopleOrderAsked,
  peopleOrderIn,
  personCursorAsked,
  personCursorOf,
  personKeyOf,
} from "./query.ts";

const ROWS = 50;
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
  const asked = AskedParams.of(params);
  const url = new URL(`/people?${params}`, "http://page");
  const period = periodIn(asked, now, viewerZone());
  const narrowed = narrowedIn(asked, ["source", "room", "q", "min_duration_ms"]);
  const by = peopleOrderAsked(asked);
  const from = cursorAsked(asked, () => personCursorAsked(url, by));
  const { minDurationMs, ...named } = narrowed;
  const longerThan = minDurationMs === null ? null : { ms: minDurationMs, now };
  const filter = { ...named, from: period.from, to: period.to, longerThan };
  const [found, unnamedCount, choices, suggestions, apart] = await Promise.all([
    listPeople(reader, filter, by, from, ROWS + 1),
    countUnnamed(reader, filter),
    readChoices(reader, MOST_ROOMS, narrowed),
    suggestedAmong(reader, filter, MOST_SUGGESTIONS),
    readApart(reader, MOST_APART),
  ]);
  const { rows, next, previous } = page(
    url,
    found,
    ROWS,
    from && personCursorOf(from),
    personKeyOf,
  );
  const isAll = next === null && previous === null;
  return {
    rows: (await withMatches(reader, rows, narrowed.q)).map(({ place: _, ...person }) => person),
    total: isAll ? rows.length : await countPeople(reader, filter),
    next: next && pathOf(next),
    previous: previous && pathOf(previous),
    asOf: now,
    period,
    today: dayAt(now, offsetIn(period.timeZone)),
    narrowed,
    ...by,
    choices,
    unnamedCount,
    suggestions,
    apart,
  };
}

/** `GET /api/v1/people`: all people over all meetings of their source, in the order asked for. */
export async function getPeople(url: URL): Promise<Response> {
  const now = Date.now();
  const limit = limitIn(url);
  const filter = peopleFilterIn(url, now);
  const by = peopleOrderIn(url);
  const from = personCursorAsked(url, by);
  const found = await listPeople(database().orm, filter, by, from, limit + 1);
  const { rows, next, previous } = page(
    url,
    found,
    limit,
    from && personCursorOf(from),
    personKeyOf,
  );
  const results = (await withMatches(database().orm, rows, filter.q)).map((person) => ({
    ...personJson(person, now),
    ...(filter.q !== null && { matched: person.matched }),
  }));
  return Response.json({ next, previous, results, as_of: toWireTime(now) });
}

/** A person in the API, also one without a meeting in the range. Open visits and waits count up to `now`. */
export function personJson(
  person: Omit<PersonMet, "firstAt" | "lastAt"> & { firstAt: Ms | null; lastAt: Ms | null },
  now: Ms,
): object {
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

function knownAsJson({ id, source, knownBy, userId, name }: KnownAs): object {
  return { id, source, identified_by: knownBy, user_id: userId, name };
}
