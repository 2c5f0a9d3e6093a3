import { and, eq } from "drizzle-orm";
import { keepEvents } from "#db/scheduled/calendar/calendar-events.ts";
import { calendarEvents } from "#db/schema/calendar.ts";
import type { CalendarEvent } from "#domain/scheduled/calendar/calendar-event.ts";
import type { TestApp } from "#server/testing/test-app.ts";

/** A calendar of a source has a meeting at a place, tomorrow for an hour. Answers its id. */
export async function inCalendar(
  app: Pick<TestApp, "database">,
  sourceId: string,
  { place, name, invited }: Pick<CalendarEvent, "name" | "invited"> & { place: string },
): Promise<string> {
  const now = Date.now();
  const startsAt = now + 86_400_000;
  const event = {
    ...{ key: `of-${place}`, meeting: `in-${place}`, name, place, invited, isCancelled: false },
    ...{ startsAt, endsAt: startsAt + 3_600_000, changedAt: now },
  };
  await app.database.transaction((tx) => keepEvents(tx, sourceId, [event], now));
  const [row] = await app.database.orm
    .select({ id: calendarEvents.id })
    .from(calendarEvents)
    .where(and(eq(calendarEvents.sourceId, sourceId), eq(calendarEvents.key, event.key)));
  if (row === undefined) throw new Error(`no calendar has ${event.key}`);
  return row.id;
}
