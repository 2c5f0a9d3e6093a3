import { database } from "#db/connection/client.ts";
import { apartOf } from "#db/people/apart.ts";
import { figuresOf, type TimeRangeOfPeople } from "#db/people/people-figures.ts";
import {
  type AttendedFrom,
  type AttendedRow,
  identitiesOf,
  listAttended,
  type PersonRow,
  personById,
  trendOf,
} from "#db/people/person.ts";
import { suggestedFor } from "#db/people/suggestions.ts";
import type { Reader } from "#db/sql/orm.ts";
import { meetingMs } from "#domain/meeting/metrics.ts";
import {
  attendedIn,
  attendedMsOf,
  type MeetingAttended,
  type PersonPage,
  shareOf,
  trendBy,
  withoutHoles,
} from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { certaintyJson } from "#server/files/certainty-columns.ts";
import { pathOf } from "#server/http/address.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { AskedParams } from "#server/http/asked.ts";
import { cursorAsked, cursorIn, limitIn, page } from "#server/http/cursor.ts";
import { offsetIn, periodIn } from "#server/http/period.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { viewer, viewerZone } from "#server/http/viewer.ts";
import { people } from "./list.ts";
import { personJson } from "./page.ts";
import type { meetingsAttended, personRecord } from "./schema.ts";

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
  const url = new URL(`/people/${id}?${params}`, "http://page");
  const personRow = await personById(reader, id);
  if (personRow === null) return null;
  const asked = AskedParams.of(params);
  const period = periodIn(asked, now, viewerZone());
  const range = { from: period.from, to: period.to, room: null, longerThan: null };
  const by = trendBy(period);
  const pace = { by, firstDay: viewer().manner.firstDay };
  const from = cursorAsked(asked, () => attendedCursorIn(url));
  const own = new Set(personRow.knownAs.map((one) => one.id));
  const others = personRow.links
    .flatMap(({ one, other }) => [one, other])
    .filter((end) => !own.has(end));
  const [[figures], steps, found, suggestions, linked, apart] = await Promise.all([
    figuresOf(reader, [personRow.rowId], range),
    trendOf(reader, personRow.rowId, range, pace, period.timeZone, now),
    listAttended(reader, personRow, range, from, ROWS + 1),
    suggestedFor(reader, personRow.rowId, MOST_SUGGESTIONS),
    identitiesOf(reader, others),
    apartOf(reader, [...own], MOST_APART),
  ]);
  const { rows, next, previous } = page(url, found, ROWS, from && cursorOf(from), keyOf);
  const { rowId: _, ...person } = personRow;
  return {
    person,
    linked,
    figures: figures ?? null,
    heldMs: steps.reduce((sum, { heldMs }) => sum + heldMs, 0),
    trend: { by, steps: withoutHoles(steps, pace, period) },
    rows: rows.map((row) => attendedMeetingOf(row, personRow, now)),
    next: next && pathOf(next),
    previous: previous && pathOf(previous),
    asOf: now,
    period,
    today: dayAt(now, offsetIn(period.timeZone)),
    suggestions,
    apart,
  };
}

/** What a person did in one meeting, from the stored row of their attendances. */
export function attendedMeetingOf(
  { attendances, ...row }: AttendedRow,
  { knownAs }: Pick<PersonRow, "knownAs">,
  now: Ms,
): MeetingAttended {
  // Guests are known by name alone: several of one name in one meeting count as several people.
  const isOne = knownAs.length > 1 || knownAs[0]?.knownBy === "user_id";
  return { ...row, ...attendedIn(attendances, { graceMs: row.graceMs, isOne }, now) };
}

/** `GET /api/v1/people/{id}`: who the person is and what they did, over all time or in a range. */
export async function getPerson(url: URL, id: string): Promise<Response> {
  const now = Date.now();
  const reader = database().orm;
  const { person, range } = await personAsked(reader, url, id, now);
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

/** `GET /api/v1/people/{id}/meetings`: every meeting the person was at, newest first. */
export async function getPersonMeetings(url: URL, id: string): Promise<Response> {
  const now = Date.now();
  const limit = limitIn(url);
  const from = attendedCursorIn(url);
  const { person, range } = await personAsked(database().orm, url, id, now);
  const found = await listAttended(database().orm, person, range, from, limit + 1);
  const { rows, next, previous } = page(url, found, limit, from && cursorOf(from), keyOf);
  const results = rows.map((row) => attendedJson(attendedMeetingOf(row, person, now), now));
  const answer: Attended = { next, previous, results, as_of: toWireTime(now) };
  return Response.json(answer);
}

type Attended = AnswerOf<typeof meetingsAttended>;

function attendedJson(row: MeetingAttended, now: Ms): Attended["results"][number] {
  const ms = attendedMsOf(row, now);
  return {
    meeting_id: row.meetingId,
    room: row.room,
    title: row.title,
    status: row.status,
    started_at: toWireTime(row.startedAt),
    ended_at: toWireTime(row.endedAt),
    first_at: toWireTime(row.firstAt),
    first_joined_at: toWireTime(row.firstJoinedAt),
    last_left_at: toWireTime(row.lastLeftAt),
    in_meeting: row.isIn,
    attended_ms: ms,
    ...certaintyJson(row.sureness),
    share_of_meeting: shareOf(ms, meetingMs(row, now) ?? 0),
    waits: row.waitCount,
    waits_unknown: row.unknownWaits,
    waited_ms: row.waitedMs,
    last_wait_outcome: row.lastOutcome,
    hosted_ms: row.hostedMs,
    namesakes: row.namesakes - 1,
  };
}

/** The person and the range that a program asks for. Throws 404 for no such person, 400 for a bad range. */
export async function personAsked(
  reader: Reader,
  url: URL,
  id: string,
  now: Ms,
): Promise<{ person: PersonRow; range: TimeRangeOfPeople }> {
  const { from, to, room, longerThan } = people.asked(url, now).selection.filter;
  const person = await personById(reader, id);
  if (person === null) throw notFound("person");
  return { person, range: { from, to, room, longerThan } };
}

function attendedCursorIn(url: URL): AttendedFrom | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [firstAt, meetingId] = cursor.key;
  if (typeof firstAt !== "number" || typeof meetingId !== "string" || !isUuid(meetingId)) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, place: { firstAt, meetingId } };
}

function cursorOf({ direction, place }: AttendedFrom) {
  return { direction, key: [place.firstAt, place.meetingId] };
}

function keyOf({ firstAt, meetingId }: AttendedRow): (string | number)[] {
  return [firstAt, meetingId];
}
