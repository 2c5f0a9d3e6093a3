import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { ms, words } from "./columns.ts";

/* Read models over all meetings, moved by each change of an attendance; see `told.ts`. */

/** Whom lists show. */
const LISTED = sql`part_of is null and meetings > 0`;

/**
 * Everybody over all meetings of a source, with what is told of all their attendances, moved by each change
 * of one. `joined` ones are several who are one by an operator's word: their parts stay rows of their own.
 */
export const people = pgTable(
  "people",
  {
    /** Follows from the source and from what they are known by, so that no new telling gives out another. */
    id: uuid().primaryKey(),
    sourceId: uuid().notNull(),
    knownBy: text({ enum: ["user_id", "name", "joined"] }).notNull(),
    userId: text(),
    /** As they were called last, and folded. */
    name: text(),
    nameKey: text(),
    namedAt: ms(),
    /** What lists by name go by. */
    sortKey: text().notNull(),
    /** The joined one of whom they are a part. */
    partOf: uuid(),
    /** Of a joined one the part that gives it its address. */
    leader: uuid(),
    firstAt: ms().notNull(),
    lastAt: ms().notNull(),
    meetings: integer().notNull(),
    /** Attendances beyond one in a meeting: namesakes there, of whom nobody knows who is who. */
    namesakes: integer().notNull(),
    /** Attended up to the last closed ends; what is open runs from moments that are counted and summed up. */
    attendedMs: ms().notNull(),
    openCount: integer().notNull(),
    openSum: ms().notNull(),
    /** What they may have attended on top, where nobody reported that they left. */
    unknownMs: ms().notNull().default(0),
    waitCount: integer().notNull(),
    admittedCount: integer().notNull(),
    admittedMs: ms().notNull(),
  },
  (table) => [
    index("people_last_met").on(table.lastAt, table.id).where(LISTED),
    index("people_by_name").on(table.sortKey, table.id).where(LISTED),
    index("people_most_meetings").on(table.meetings, table.id).where(LISTED),
    index("people_longest").on(table.attendedMs, table.id).where(LISTED),
    index("people_first_met").on(table.firstAt).where(LISTED),
    index("people_of_user").on(table.userId).where(sql`user_id is not null`),
    index("people_parts").on(table.partOf).where(sql`part_of is not null`),
  ],
);

/** What somebody was called, and when: far fewer than attendances, to find texts in. */
export const aliases = pgTable(
  "aliases",
  {
    identity: uuid().notNull(),
    /** The folded name. */
    nameKey: text().notNull(),
    /** As it was written last. */
    name: text().notNull(),
    firstAt: ms().notNull(),
    lastAt: ms().notNull(),
    meetings: integer().notNull(),
    words: words(),
  },
  (table) => [
    primaryKey({ name: "aliases_of_identity", columns: [table.identity, table.nameKey] }),
    index("aliases_by_name").on(table.nameKey),
    index("aliases_of_words").using("gin", table.words),
    index("aliases_without_words").on(table.identity).where(sql`words is null`),
  ],
);
