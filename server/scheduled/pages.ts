import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import { type ScheduledRow, scheduledOfMeeting } from "#db/scheduled/reading-scheduled.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Choices } from "#domain/lists/narrowing.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import {
  type ExpectedPage,
  type OpenedScheduled,
  SCHEDULED_TABS,
  type ScheduledListRow,
} from "#domain/scheduled/pages.ts";
import { nextTurn, type ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import type { SeenInMeeting } from "#domain/scheduled/seen.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt, startOfDay } from "#domain/time/period.ts";
import { AskedParams } from "#server/http/asked.ts";
import { narrowedOf } from "#server/http/lists/parameters.ts";
import { offsetIn } from "#server/http/period.ts";
import { shownFacts } from "#server/http/shown.ts";
import { type ScheduledAsked, scheduled } from "./list.ts";
import { ensureOccurrences } from "./occurrences.ts";
import { readScheduled, type ScheduledWithFacts, withFacts } from "./read.ts";

const ROWS = 25;
const MOST_ROOMS = 300;
const MOST_ON_CARD = 5;

/**
 * The page of scheduled meetings for the parameters of an address: with `show=past` those that are over in its
 * days, latest first; otherwise those from today on, by start. A parameter that cannot be read counts as absent.
 */
export async function readExpectedPage(
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<ExpectedPage> {
  await ensureOccurrences(now);
  const asked = AskedParams.of(params);
  const show =
    asked.oneOf("show", SCHEDULED_TABS, "What is today and coming is shown.") ?? "coming";
  const page = scheduled.onPage("/expected", asked, now, (values, days): ScheduledAsked => {
    const { filter } = scheduled.select(values, days, now);
    if (show === "past") return { filter: { ...filter, endedBy: now }, order: "desc" };
    const offsetAt = offsetIn(days.timeZone);
    const endsAfter = startOfDay(dayAt(now, offsetAt), offsetAt);
    return { filter: { ...filter, from: null, to: null, endsAfter }, order: "asc" };
  });
  const narrowed = narrowedOf(page.values);
  const [{ rows, ...found }, choices] = await Promise.all([
    page.read(reader, ROWS),
    readChoices(reader, MOST_ROOMS, narrowed),
  ]);
  const listed = await withFacts(rows, reader);
  const turns = listed.flatMap(({ facts }) => nextTurn(facts.times, now) ?? []);
  return {
    show,
    ...found,
    rows: listed.map((one) => listRowOf(one, now)),
    heard: Object.assign({}, ...listed.map(({ eventsSeen }) => eventsSeen)),
    turnsAt: turns.length > 0 ? Math.min(...turns) : null,
    ...page.days,
    narrowed,
    choices,
  };
}

/** One scheduled meeting with its facts; `null` where there is none. */
export async function openScheduled(
  id: string,
  now: Ms = Date.now(),
): Promise<OpenedScheduled | null> {
  const found = await readScheduled(id);
  if (found === null) return null;
  const { row, facts, eventsSeen: heard } = found;
  const own = shownFacts(facts, now);
  return { scheduled: scheduledOf(row), facts: own, heard, asOf: now };
}

/** The choices that a form for a scheduled meeting offers. */
export async function readFormChoices(): Promise<Choices> {
  return readChoices(database().orm, MOST_ROOMS, { source: null, room: null });
}

/**
 * The scheduled meetings that a meeting was held for, with the facts its page does not have. Of the people in
 * the meeting itself that is only those whom an operator joined with others.
 */
export async function readScheduledOfMeeting(
  meetingId: string,
  now: Ms = Date.now(),
): Promise<OpenedScheduled[]> {
  // By initials a page could not say which of those in the meeting were expected.
  if (sightNow().masked) return [];
  const { orm } = database();
  await ensureOccurrences(now);
  const rows = await scheduledOfMeeting(orm, meetingId, now, MOST_ON_CARD);
  return (await withFacts(rows, orm)).map(({ row, facts, eventsSeen }) => {
    const isNeeded = (seen: SeenInMeeting) => seen.meetingId !== meetingId || seen.joined !== null;
    const needed = { ...facts, seen: facts.seen.filter(isNeeded) };
    return { scheduled: scheduledOf(row), facts: needed, heard: eventsSeen, asOf: now };
  });
}

function listRowOf({ row, facts }: ScheduledWithFacts, now: Ms): ScheduledListRow {
  const { counts, verdict } = expectedAttendanceOf(facts, now);
  return { scheduled: scheduledOf(row), counts, outcome: verdict?.outcome ?? null };
}

function scheduledOf({ graceMs: _, ...scheduled }: ScheduledRow): ScheduledMeeting {
  return scheduled;
}
