import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import {
  countScheduled,
  listScheduled,
  type ScheduledRow,
  scheduledOfMeeting,
} from "#db/scheduled/reading-scheduled.ts";
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
import { pathOf } from "#server/http/address.ts";
import { AskedParams } from "#server/http/asked.ts";
import { page } from "#server/http/cursor.ts";
import { cursorAsked, narrowedIn } from "#server/http/narrowing.ts";
import { offsetIn, periodIn } from "#server/http/period.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { ensureOccurrences } from "./occurrences.ts";
import { scheduledCursorIn, scheduledKey } from "./query.ts";
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
  const url = new URL(`/expected?${params}`, "http://page");
  await ensureOccurrences(now);
  const asked = AskedParams.of(params);
  const show =
    asked.oneOf("show", SCHEDULED_TABS, "What is today and coming is shown.") ?? "coming";
  const period = periodIn(asked, now, viewerZone());
  const { source, room, q } = narrowedIn(asked, ["source", "room", "q"]);
  const offsetAt = offsetIn(period.timeZone);
  const today = dayAt(now, offsetAt);
  const filter = {
    ...{ source, room, q },
    from: show === "past" ? period.from : null,
    to: show === "past" ? period.to : null,
    endsAfter: show === "past" ? null : startOfDay(today, offsetAt),
    endedBy: show === "past" ? now : null,
  };
  const from = cursorAsked(asked, () => scheduledCursorIn(url));
  const order = show === "past" ? "desc" : "asc";
  const [found, choices] = await Promise.all([
    listScheduled(reader, filter, order, from, ROWS + 1),
    readChoices(reader, MOST_ROOMS, { source, room }),
  ]);
  const cursor = from && { direction: from.direction, key: scheduledKey(from) };
  const { rows, next, previous } = page(url, found, ROWS, cursor, scheduledKey);
  const scheduled = await withFacts(rows, reader);
  const turns = scheduled.flatMap(({ facts }) => nextTurn(facts.times, now) ?? []);
  const isAll = next === null && previous === null;
  return {
    show,
    total: isAll ? rows.length : await countScheduled(reader, filter),
    rows: scheduled.map((one) => listRowOf(one, now)),
    next: next && pathOf(next),
    previous: previous && pathOf(previous),
    asOf: now,
    heard: Object.assign({}, ...scheduled.map(({ eventsSeen }) => eventsSeen)),
    turnsAt: turns.length > 0 ? Math.min(...turns) : null,
    period,
    today,
    narrowed: { source, room, q, minDurationMs: null },
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
  return { scheduled: scheduledOf(row), facts, heard, asOf: now };
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
