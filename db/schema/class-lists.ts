import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { ROSTER_ROLES } from "#domain/scheduled/scheduled.ts";
import { sources } from "./accounts.ts";
import { ms, words } from "./columns.ts";

/*
 * People who are expected again and again. Operators enter them. They follow from no event, so no replay
 * touches them.
 */

/** A named roster, stored once and used by rooms and by scheduled meetings. */
export const classLists = pgTable(
  "class_lists",
  {
    id: uuid().primaryKey(),
    /** `null` once it is erased. */
    name: text(),
    /** The folded name, by which lists are listed. */
    nameKey: text().notNull(),
    /** Who changed it last, and when. */
    by: text().notNull(),
    changedAt: ms().notNull(),
    /** When its name and the names on it were erased. */
    erasedAt: ms(),
  },
  (table) => [index("class_lists_by_name").on(table.nameKey, table.id)],
);

/** A person on a class list. Of an erased person only the position is left. */
export const classListEntries = pgTable(
  "class_list_entries",
  {
    listId: uuid()
      .notNull()
      .references(() => classLists.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    name: text(),
    /** The folded name. */
    nameKey: text(),
    words: words(),
    userId: text(),
    email: text(),
    role: text({ enum: ROSTER_ROLES }).notNull(),
  },
  (table) => [
    primaryKey({ name: "class_list_entries_by_position", columns: [table.listId, table.position] }),
    index("class_list_entries_without_words")
      .on(table.listId)
      .where(sql`words is null and name is not null`),
  ],
);

/** Which class list a series of meetings has: the meetings of a room, or of all rooms with its title. */
export const roomClassLists = pgTable(
  "room_class_lists",
  {
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    /** `room:` and the room's key, or `title:` and the title. */
    series: text().notNull(),
    listId: uuid()
      .notNull()
      .references(() => classLists.id, { onDelete: "cascade" }),
    by: text().notNull(),
    at: ms().notNull(),
  },
  (table) => [
    primaryKey({ name: "room_class_lists_by_series", columns: [table.sourceId, table.series] }),
    index("room_class_lists_of_list").on(table.listId),
  ],
);

/**
 * What a person on a roster is also known by, as an operator entered it ("this is her"). For a class list it
 * counts in all its meetings, for the roster of one scheduled meeting in that meeting.
 */
export const rosterAliases = pgTable(
  "roster_aliases",
  {
    /** A class list, or a scheduled meeting with a roster of its own. */
    rosterId: uuid().notNull(),
    /** Which person of the roster, by how the roster writes them: positions change when it is edited. */
    entry: text().notNull(),
    knownBy: text({ enum: ["user_id", "name"] }).notNull(),
    /** The user id, or the folded name. */
    value: text().notNull(),
    /** The name they had when the operator entered it. */
    seenAs: text(),
    /** The room they were in; when that room is erased, this row is too. */
    sourceId: uuid().notNull(),
    room: text().notNull(),
    by: text().notNull(),
    at: ms().notNull(),
  },
  (table) => [
    primaryKey({
      name: "roster_aliases_of_roster",
      columns: [table.rosterId, table.knownBy, table.value],
    }),
    index("roster_aliases_of_room").on(table.sourceId, table.room),
  ],
);

/** A meeting that takes place every week. Its occurrences are scheduled meetings, made when a list is read. */
export const repetitions = pgTable(
  "repetitions",
  {
    id: uuid().primaryKey(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    room: text().notNull(),
    title: text(),
    /** 1 for Monday to 7 for Sunday. */
    weekdays: integer().array().notNull(),
    /** Local time in the zone, as `HH:MM`; an end not after the start is on the day after. */
    fromTime: text().notNull(),
    toTime: text().notNull(),
    timeZone: text().notNull(),
    /** `YYYY-MM-DD`, both part of it; without a last day it has no end. */
    firstDay: text().notNull(),
    lastDay: text(),
    lateAfterMs: ms().notNull(),
    verdictAfterMs: ms().notNull(),
    classListId: uuid().references(() => classLists.id, { onDelete: "set null" }),
    by: text().notNull(),
    changedAt: ms().notNull(),
    /** The first day without an occurrence yet; `null` once there will be no more. */
    nextDay: text(),
  },
  (table) => [
    index("repetitions_to_make").on(table.nextDay).where(sql`next_day is not null`),
    index("repetitions_of_list").on(table.classListId),
    index("repetitions_of_room").on(table.sourceId, table.room),
  ],
);
