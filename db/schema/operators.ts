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
import type { Sight } from "#domain/access/sight.ts";
import type { StatementFacts } from "#domain/people/statements/facts.ts";
import type { RoomStart } from "#domain/rooms/register/room-start.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import type { Marks } from "#domain/scheduled/calendar/following.ts";
import { ROSTER_ROLES } from "#domain/scheduled/scheduled.ts";
import { FOLLOW_UPS } from "#domain/waits/handling.ts";
import { sources } from "./accounts.ts";
import { classLists, repetitions } from "./class-lists.ts";
import { bytes, ms, words } from "./columns.ts";

/* What operators enter. It follows from no event, so no replay touches it. */

/** The id of a wait, as `db/waits/wait-id.ts` makes it. */
const WAIT_ID = sql`(md5(room_id::text || ' ' || started_at::text || ' ' || participant_id)::uuid)`;

/** An operator's correction: two of `people` are one person. */
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

/**
 * An operator's correction: two of `people` are not one person, whatever they are called. The pair is not
 * suggested again.
 */
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

/** Attendance statements as they were issued. No replay changes them. */
export const statements = pgTable(
  "statements",
  {
    /** It cannot be guessed: anyone who has it may read the statement. */
    id: text().primaryKey(),
    /** SHA-256 of the canonical facts, in hexadecimal. */
    hash: text().notNull(),
    /** `null` once they are erased. */
    facts: jsonb().$type<StatementFacts>(),
    /** The rooms that the facts are about. */
    roomIds: bigint({ mode: "number" }).array().notNull(),
    madeAt: ms().notNull(),
    madeBy: text().notNull(),
    erasedAt: ms(),
    /** What whoever made it saw; `null` where that was everything. */
    sight: jsonb().$type<Sight>(),
  },
  (table) => [
    uniqueIndex("statements_by_hash").on(table.hash),
    index("statements_of_room").using("gin", table.roomIds),
  ],
);

/** A meeting that an operator scheduled. It follows from no event, so no replay touches it. */
export const scheduledMeetings = pgTable(
  "scheduled_meetings",
  {
    id: uuid().primaryKey(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    /** The room's key. The room itself need not exist yet. */
    room: text().notNull(),
    title: text(),
    startsAt: ms().notNull(),
    endsAt: ms().notNull(),
    timeZone: text().notNull(),
    lateAfterMs: ms().notNull(),
    verdictAfterMs: ms().notNull(),
    /** The class list of those expected; without one the meeting has a roster of its own. */
    classListId: uuid().references(() => classLists.id, { onDelete: "set null" }),
    /** The repetition that it is an occurrence of, and its day, `YYYY-MM-DD` in its zone. */
    repetitionId: uuid().references(() => repetitions.id, { onDelete: "set null" }),
    occurrenceDay: text(),
    /** This occurrence was changed by itself, so a change of the repetition leaves it as it is. */
    changedAlone: boolean().notNull().default(false),
    /** Who changed it last, and when. */
    by: text().notNull(),
    changedAt: ms().notNull(),
    withdrawnAt: ms(),
    /** When its title and the names of its people were erased. */
    erasedAt: ms(),
    words: words(),
    /** The meeting of a calendar that it was taken from, and what was last taken; `null` for one that was entered. */
    calendarKey: text(),
    calendarTaken: jsonb().$type<Marks>(),
    /** Since when its calendar says that it does not take place. */
    cancelledAt: ms(),
  },
  (table) => [
    uniqueIndex("scheduled_meetings_of_calendar")
      .on(table.sourceId, table.calendarKey)
      .where(sql`calendar_key is not null`),
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

/** A line of the roster of a scheduled meeting. Of an erased person only the position is left. */
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

/** Settings of the register of a room, or of the series of rooms with one title. */
export const roomSettings = pgTable(
  "room_settings",
  {
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    seriesBy: text({ enum: ["room", "title"] }).notNull(),
    /** The room's key, or the title. */
    series: text().notNull(),
    /** Only the thresholds that were set; for the others the defaults count. */
    thresholds: jsonb().$type<Partial<Thresholds>>().notNull(),
    /** When its meetings begin; `null` where it is not set. */
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

/**
 * One imported file, read in one way. An operator imported it: what follows from its lines stands until it is
 * undone.
 */
export const imports = pgTable(
  "imports",
  {
    id: uuid().primaryKey(),
    sourceId: uuid().notNull(),
    file: text().notNull(),
    timeZone: text().notNull(),
    /** How ambiguous dates were read. */
    dates: text({ enum: ["month_first", "day_first"] }).notNull(),
    /** Digest of the file and of how it was read: the same again is the same import. */
    digest: text().notNull(),
    /** Digest of the file alone; `null` for imports older than this column. */
    content: text(),
    /** The room that the operator chose. */
    room: text(),
    /** What the import added; `null` until all of it is stored. */
    lines: integer(),
    added: integer(),
    meetings: integer(),
    people: integer(),
    /** `null` where it is not known who imported it. */
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

/** What an operator chose as the meaning of a file's columns: the next file with the same columns is read so. */
export const importColumns = pgTable("import_columns", {
  /** The SHA-256 of the names of the columns, in small letters, a line each. */
  headings: text().primaryKey(),
  /** The meaning of each column, by its name. */
  columns: jsonb().$type<Record<string, string>>().notNull(),
  by: text().notNull(),
  at: ms().notNull(),
});

/**
 * The lines of imports in force, by the keys of their deliveries, also where another import had the same line
 * before. When that import is undone, the line that takes its place is found here.
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

/**
 * What the desk does about a wait, by the knock it was entered of: a room, a connection and a moment outlive every
 * replay, merge and correction. Which wait that is now is found when it is read (`db/waits/handling.ts`).
 */
export const waitHandlings = pgTable(
  "wait_handlings",
  {
    roomId: bigint({ mode: "number" }).notNull(),
    startedAt: ms().notNull(),
    participantId: text().notNull(),
    claimedBy: text(),
    /** Of the member, the key, or the name at this machine. */
    claimedById: text(),
    claimedAt: ms(),
    /** When its owner last did something about the wait. */
    claimTouchedAt: ms(),
    deskNote: text(),
    deskNoteBy: text(),
    deskNoteAt: ms(),
    followUp: text({ enum: FOLLOW_UPS }),
    followUpBy: text(),
    followUpAt: ms(),
  },
  (table) => [
    primaryKey({
      name: "wait_handlings_of_room",
      columns: [table.roomId, table.startedAt, table.participantId],
    }),
    index("wait_handlings_by_id").on(WAIT_ID),
  ],
);
