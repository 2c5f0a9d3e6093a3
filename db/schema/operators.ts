import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { RoomStart } from "#domain/rooms/register/room-start.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import { ROSTER_ROLES } from "#domain/scheduled/scheduled.ts";
import type { StatementFacts } from "#domain/statements/facts.ts";
import { sources } from "./accounts.ts";
import { classLists, repetitions } from "./class-lists.ts";
import { bytes, ms, words } from "./columns.ts";

/*
 * What operators said: told by no event, so no replay touches it.
 */

/** An operator's word that two of `people` are one. Not told from events: no replay touches it. */
export const peopleLinks = pgTable(
  "people_links",
  {
    id: uuid().primaryKey(),
    one: uuid().notNull(),
    other: uuid().notNull(),
    by: text().notNull(),
    at: ms().notNull(),
    undoneBy: text(),
    undoneAt: ms(),
  },
  (table) => [
    index("people_links_of_one").on(table.one),
    index("people_links_of_other").on(table.other),
    uniqueIndex("people_links_in_force").on(table.one, table.other).where(sql`undone_at is null`),
  ],
);

/** An operator's word that two of `people` are not one, whatever they are called: it keeps a suggestion away. */
export const peopleApart = pgTable(
  "people_apart",
  {
    id: uuid().primaryKey(),
    one: uuid().notNull(),
    other: uuid().notNull(),
    by: text().notNull(),
    at: ms().notNull(),
    undoneBy: text(),
    undoneAt: ms(),
  },
  (table) => [
    index("people_apart_of_one").on(table.one),
    index("people_apart_of_other").on(table.other),
    index("people_apart_newest_first").on(table.at, table.id).where(sql`undone_at is null`),
    uniqueIndex("people_apart_in_force").on(table.one, table.other).where(sql`undone_at is null`),
  ],
);

/** Attendance statements as they were issued: an operator's word, which no replay tells again. */
export const statements = pgTable(
  "statements",
  {
    /** Nobody finds it by guessing: whoever has it may read it. */
    id: text().primaryKey(),
    /** SHA-256 of the canonical facts, in hexadecimal. */
    hash: text().notNull(),
    /** `null` where they were erased. */
    facts: jsonb().$type<StatementFacts>(),
    /** Of which rooms something is stated. */
    roomIds: bigint({ mode: "number" }).array().notNull(),
    madeAt: ms().notNull(),
    madeBy: text().notNull(),
    erasedAt: ms(),
  },
  (table) => [
    uniqueIndex("statements_by_hash").on(table.hash),
    index("statements_of_room").using("gin", table.roomIds),
  ],
);

/** A meeting that somebody said is to take place. Their word, not told from events: no replay touches it. */
export const scheduledMeetings = pgTable(
  "scheduled_meetings",
  {
    id: uuid().primaryKey(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    /** The room's key; nothing need have been heard of the room yet. */
    room: text().notNull(),
    title: text(),
    startsAt: ms().notNull(),
    endsAt: ms().notNull(),
    timeZone: text().notNull(),
    lateAfterMs: ms().notNull(),
    verdictAfterMs: ms().notNull(),
    /** Who is expected, where that is a class list; else it has a roster of its own. */
    classListId: uuid().references(() => classLists.id, { onDelete: "set null" }),
    /** Which week's occurrence it is, of what takes place every week; `YYYY-MM-DD` in its zone. */
    repetitionId: uuid().references(() => repetitions.id, { onDelete: "set null" }),
    occurrenceDay: text(),
    /** It was changed for itself, so that what is said of the others leaves it as it is. */
    changedAlone: boolean().notNull().default(false),
    /** Who set it last, and when. */
    by: text().notNull(),
    changedAt: ms().notNull(),
    withdrawnAt: ms(),
    /** When its title and the names of its people were erased. */
    erasedAt: ms(),
    words: words(),
  },
  (table) => [
    index("scheduled_meetings_without_words").on(table.id).where(sql`words is null`),
    uniqueIndex("scheduled_meetings_once_a_day").on(table.repetitionId, table.occurrenceDay),
    index("scheduled_meetings_of_list").on(table.classListId),
    index("scheduled_meetings_by_time")
      .on(table.startsAt, table.id)
      .where(sql`withdrawn_at is null`),
    index("scheduled_meetings_of_source")
      .on(table.sourceId, table.startsAt, table.id)
      .where(sql`withdrawn_at is null`),
    index("scheduled_meetings_of_room").on(table.sourceId, table.room, table.startsAt),
  ],
);

/** A line of the roster of a scheduled meeting. Of somebody erased their place is left. */
export const expectedPeople = pgTable(
  "expected_people",
  {
    scheduledId: uuid()
      .notNull()
      .references(() => scheduledMeetings.id, { onDelete: "cascade" }),
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
    primaryKey({
      name: "expected_people_by_position",
      columns: [table.scheduledId, table.position],
    }),
    index("expected_people_without_words")
      .on(table.scheduledId)
      .where(sql`words is null and name is not null`),
  ],
);

/** What somebody set for the register of a room, or of the series of rooms with one title. */
export const roomSettings = pgTable(
  "room_settings",
  {
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    seriesBy: text({ enum: ["room", "title"] }).notNull(),
    /** The room's key, or the title. */
    series: text().notNull(),
    /** Those that were set; of the others the usual ones count. */
    thresholds: jsonb().$type<Partial<Thresholds>>().notNull(),
    /** When its meetings begin; `null` where nobody said. */
    start: jsonb().$type<RoomStart>(),
    by: text().notNull(),
    at: ms().notNull(),
  },
  (table) => [
    primaryKey({
      name: "room_settings_of_series",
      columns: [table.sourceId, table.seriesBy, table.series],
    }),
  ],
);

/** One imported file, read in one way. An operator's word: what its lines tell stands until they take it back. */
export const imports = pgTable(
  "imports",
  {
    id: uuid().primaryKey(),
    sourceId: uuid().notNull(),
    file: text().notNull(),
    timeZone: text().notNull(),
    /** How dates were read that may be read in two ways. */
    dates: text({ enum: ["month_first", "day_first"] }).notNull(),
    /** Of the file and how it was read: the same again is the same import. */
    digest: text().notNull(),
    /** Of the file alone; `null` of those that came before this was kept. */
    content: text(),
    /** The room that somebody said. */
    room: text(),
    /** What it told; `null` until all of it was kept. */
    lines: integer(),
    added: integer(),
    meetings: integer(),
    people: integer(),
    /** `null` where nobody said it. */
    by: text(),
    at: ms().notNull(),
    undoneBy: text(),
    undoneAt: ms(),
  },
  (table) => [
    index("imports_newest_first").on(table.at, table.id),
    uniqueIndex("imports_standing").on(table.digest).where(sql`undone_at is null`),
    index("imports_of_content").on(table.content).where(sql`undone_at is null`),
  ],
);

/** What somebody said that columns of a file are: the next file with the same columns is read so. */
export const importColumns = pgTable("import_columns", {
  /** The SHA-256 of the names of the columns, in small letters, a line each. */
  headings: text().primaryKey(),
  /** What each is, by its name. */
  columns: jsonb().$type<Record<string, string>>().notNull(),
  by: text().notNull(),
  at: ms().notNull(),
});

/**
 * The lines of imports that stand, by the names of the deliveries that they are, also where another import
 * had told them before: whose line is told when that one is taken back is found here.
 */
export const importLines = pgTable(
  "import_lines",
  {
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    sourceId: uuid().notNull(),
    key: uuid().notNull(),
    room: text().notNull(),
    body: bytes().notNull(),
  },
  (table) => [
    primaryKey({ name: "import_lines_by_key", columns: [table.importId, table.key] }),
    index("import_lines_of_delivery").on(table.sourceId, table.key),
    index("import_lines_of_room").on(table.sourceId, table.room),
  ],
);
