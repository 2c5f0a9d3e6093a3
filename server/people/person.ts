import { database } from "#db/connection/client.ts";
import { apartOf } from "#db/people/apart.ts";
import { figuresOf } from "#db/people/people-figures.ts";
import { identitiesOf, personById, trendOf } from "#db/people/person.ts";
import { suggestedFor } from "#db/people/suggestions.ts";
import type { Reader } from "#db/sql/orm.ts";
import { type PersonPage, trendBy, withoutHoles } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { viewer } from "#server/http/viewer.ts";
import { attended } from "./attended.ts";
import { personJson } from "./page.ts";
import type { personRecord } from "./schema.ts";

const ROWS = 50;
const MOST_SUGGESTIONS = 10;
const MOST_APART = 50;

/** The page of a person; `null` where the id names none. A fixed number of statements. */
export async function readPersonPage(
  id: string,
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<PersonPage | null> {
  const personRow = await personById(reader, id);
  if (personRow === null) return null;
  const page = attended.onPage(`/people/${id}`, params, now, (values, days) =>
    attended.select(values, days, now, personRow),
  );
  const { period } = page.days;
  const { range } = page.selection;
  const by = trendBy(period);
  const pace = { by, firstDay: viewer().manner.firstDay };
  const own = new Set(personRow.knownAs.map((one) => one.id));
  const others = personRow.links
    .flatMap(({ one, other }) => [one, other])
    .filter((end) => !own.has(end));
  const [[figures], steps, { total: _, ...listed }, suggestions, linked, apart] = await Promise.all(
    [
      figuresOf(reader, [personRow.rowId], range),
      trendOf(reader, personRow.rowId, range, pace, period.timeZone, now),
      page.read(reader, ROWS),
      suggestedFor(reader, personRow.rowId, MOST_SUGGESTIONS),
      identitiesOf(reader, others),
      apartOf(reader, [...own], MOST_APART),
    ],
  );
  const { rowId: _row, ...person } = personRow;
  return {
    person,
    linked,
    figures: figures ?? null,
    heldMs: steps.reduce((sum, { heldMs }) => sum + heldMs, 0),
    trend: { by, steps: withoutHoles(steps, pace, period) },
    ...listed,
    ...page.days,
    suggestions,
    apart,
  };
}

/** `GET /api/v1/people/{id}`: who the person is and what they did, over all time or in a range. */
export async function getPerson(url: URL, id: string): Promise<Response> {
  const { selection, reader, now } = await attended.asked(url, { id });
  const { person, range } = selection;
  const isAll = Object.values(range).every((value) => value === null);
  const [figures] = await figuresOf(reader, [person.rowId], isAll ? null : range);
  const answer: AnswerOf<typeof personRecord> = {
    ...personJson({ ...(figures ?? NOTHING_DONE), ...person }, now),
    aliases: person.aliases.map(({ identity, name, firstAt, lastAt, meetings }) => ({
      identity,
      name,
      first_at: toWireTime(firstAt),
      last_at: toWireTime(lastAt),
      meetings,
    })),
    links: person.links.map(({ id: link, one, other, by, at, undoneBy, undoneAt }) => ({
      link,
      people: [one, other],
      by,
      at: toWireTime(at),
      undone_by: undoneBy,
      undone_at: toWireTime(undoneAt),
    })),
    as_of: toWireTime(now),
  };
  return Response.json(answer);
}

/** The figures of a person without a meeting in the range. */
const NOTHING_DONE = {
  firstAt: null,
  lastAt: null,
  meetings: 0,
  namesakes: 0,
  attendedMs: 0,
  openCount: 0,
  openSum: 0,
  waitCount: 0,
  admittedCount: 0,
  unknownMs: 0,
  admittedMs: 0,
  leftCount: 0,
  lostMeetings: 0,
};
