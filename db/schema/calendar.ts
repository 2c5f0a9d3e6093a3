import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Invited } from "#domain/scheduled/calendar/calendar-event.ts";
import { sources } from "./accounts.ts";
import { ms } from "./columns.ts";

/**
 * What calendars say is to take place, as it was last read from the provider of a source: until the day after. Where
 * several calendars have one meeting it has a row of each, of which one is chosen to stand for it.
 */
export const calendarEvents = pgTable(
  "calendar_events",
  {
    id: uuid().notNull(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    /** As the provider names it. */
    key: text().notNull(),
    /** The same for one meeting in all calendars, and wherever it is moved. */
    meeting: text().notNull(),
    name: text(),
    place: text(),
    startsAt: ms().notNull(),
    endsAt: ms().notNull(),
    invited: jsonb().$type<readonly Invited[]>().notNull(),
    isCancelled: boolean().notNull(),
    /** By the provider's clock. */
    changedAt: ms().notNull(),
    /** When it was last among all there are. */
    readAt: ms().notNull(),
    isChosen: boolean().notNull().default(false),
    /** Somebody who is invited was erased: from then on its name and its people are not read any more. */
    isErased: boolean().notNull().default(false),
    leftOutBy: text(),
    leftOutAt: ms(),
  },
  (table) => [
    primaryKey({ name: "calendar_events_of_source", columns: [table.sourceId, table.key] }),
    uniqueIndex("calendar_events_by_id").on(table.id),
    index("calendar_events_of_meeting").on(table.sourceId, table.meeting),
    index("calendar_events_by_time").on(table.startsAt, table.id).where(sql`is_chosen`),
  ],
);
