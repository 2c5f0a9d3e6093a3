import type { Database } from "#db/connection/client.ts";
import {
  chosenIn,
  forgetEvents,
  hasEvents,
  keepEvents,
} from "#db/scheduled/calendar/calendar-events.ts";
import { noteCatchUp, type StoredCatchUp } from "#db/sources/catching-up/catch-ups.ts";
import type { StoredSource } from "#db/sources/sources.ts";
import type { CalendarEvent } from "#domain/scheduled/calendar/calendar-event.ts";
import type { Ms } from "#domain/time/ms.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import type { Provider } from "#server/providers/contract/contract.ts";
import { type ProviderApi, ProviderApiFailure } from "#server/providers/contract/provider-api.ts";
import { audit, ROLLCALL } from "#server/runtime/audit.ts";
import { followEvents, type TookMeeting, takeEvents } from "./take.ts";

/** Everything is read again so often: calendars that were taken away are told by nobody. */
const WHOLE_EVERY_MS: Ms = 3_600_000;
/** Where no calendar has anything it is asked so seldom; and where such a thing is not known. */
const EMPTY_EVERY_MS: Ms = 5 * 60_000;
/** So many events are kept in one commit. */
const BATCH = 200;
const CALENDAR = "the calendar";

interface Reading {
  database: Pick<Database, "orm" | "transaction">;
  source: StoredSource;
  own: Provider;
  api: ProviderApi;
  before: StoredCatchUp | null;
  now: Ms;
}

/**
 * Reads what the calendars of a source have, where that is due; has what was taken follow, and takes what is new where
 * the source is set so. A provider that fails is noted, and asked again the next time.
 */
export async function readCalendars(reading: Reading): Promise<void> {
  const { database, source, own, api, before, now } = reading;
  if (own.calendar === undefined || !(await isDue(reading))) return;
  const isWhole =
    before?.calendarPlace == null || now - (before.calendarWholeAt ?? 0) >= WHOLE_EVERY_MS;
  let place = before?.calendarPlace ?? null;
  let found: CalendarEvent[] = [];
  const keepFound = async () => {
    const all = found;
    found = [];
    if (all.length > 0) await keep(reading, all);
  };
  try {
    for await (const find of own.calendar({ api, place: isWhole ? null : place, now })) {
      if ("place" in find) place = find.place;
      else found.push(find.event);
      if (found.length >= BATCH) await keepFound();
    }
    await keepFound();
  } catch (error) {
    await keepFound();
    if (!(error instanceof ProviderApiFailure)) throw error;
    await noteCatchUp(database.orm, source.id, { calendarProblem: error.problem });
    return;
  }
  await database.transaction(async (tx) => {
    await forgetEvents(tx, source.id, { now, goneSince: isWhole ? now : null });
    if (isWhole) await follow(reading, tx, null);
  });
  await noteCatchUp(database.orm, source.id, {
    ...{ calendarAt: now, calendarPlace: place, calendarProblem: null },
    ...(isWhole && { calendarWholeAt: now }),
  });
}

async function isDue({ database, source, before, now }: Reading): Promise<boolean> {
  if (before?.calendarAt == null && before?.calendarProblem !== "refused") return true;
  if (now - (before.calendarAt ?? before.caughtUpTo ?? 0) >= EMPTY_EVERY_MS) return true;
  return before.calendarProblem !== "refused" && (await hasEvents(database.orm, source.id));
}

type Transaction = Parameters<Parameters<Reading["database"]["transaction"]>[0]>[0];

async function keep(reading: Reading, events: readonly CalendarEvent[]): Promise<void> {
  const { database, source, now } = reading;
  await database.transaction(async (tx) => {
    await keepEvents(tx, source.id, events, now);
    await follow(reading, tx, [...new Set(events.map(({ meeting }) => meeting))]);
  });
}

/** What was taken follows, and what nobody left out is taken where that is set. */
async function follow(
  { source, now }: Reading,
  tx: Transaction,
  meetings: readonly string[] | null,
): Promise<void> {
  const options = { by: CALENDAR, timeZone: installationTimeZone(), now };
  const events = await chosenIn(tx, source.id, meetings, now);
  const changed = await followEvents(tx, source.id, events, options);
  for (const one of changed) await noteChanged(tx, one);
  if (!source.takesCalendar) return;
  await takeNew(tx, source.id, events, options);
}

/** Takes what is not expected yet and nobody left out; what was taken once stays as it is. */
async function takeNew(
  tx: Transaction,
  sourceId: string,
  events: Awaited<ReturnType<typeof chosenIn>>,
  options: Parameters<typeof takeEvents>[3],
): Promise<void> {
  const fresh = events.filter(({ isLeftOut, isTaken }) => !isLeftOut && !isTaken);
  for (const one of await takeEvents(tx, sourceId, fresh, options)) {
    if (one.made) await noteMade(tx, one);
  }
}

async function noteMade(tx: Transaction, { id, called, people }: TookMeeting): Promise<void> {
  await audit(tx, ROLLCALL, {
    action: "schedule.made",
    about: { kind: "scheduled_meeting", id, label: called },
    details: { people },
  });
}

async function noteChanged(tx: Transaction, { id, called, changed }: TookMeeting): Promise<void> {
  await audit(tx, ROLLCALL, {
    action: "schedule.changed",
    about: { kind: "scheduled_meeting", id, label: called },
    details: { changed },
  });
}
