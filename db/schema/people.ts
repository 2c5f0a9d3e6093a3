import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { ms, words } from "./columns.ts";

/* Projections over all meetings, moved by each change of an attendance; see `projected.ts`. */

/** People that lists show. */
const LISTED = sql`part_of is null and meetings > 0`;

/**
 * Every person over all meetings of a source, with the sums of all their attendances, moved by each change of
 * one. A `joined` row is several people whom an operator joined; their own rows stay.
 */
export const people = pgTable(
  "people",
  {
    /** Follows from the source and from what they are known by, so that a rebuild gives the same id. */
    id: uuid().primaryKey(),
    sourceId: uuid().notNull(),
    knownBy: text({ enum: ["user_id", "name", "joined"] }).notNull(),
    userId: text(),
    /** Their latest name, and its folded form. */
    name: text(),
    nameKey: text(),
    namedAt: ms(),
    /** What lists by name are ordered by. */
    sortKey: text().notNull(),
    /** The joined person that they are a part of. */
    partOf: uuid(),
    /** Of a joined person: the part whose address it has. */
    leader: uuid(),
    firstAt: ms().notNull(),
    lastAt: ms().notNull(),
    meetings: integer().notNull(),
    /** Attendances beyond one in a meeting: namesakes there, who cannot be told apart. */
    namesakes: integer().notNull(),
    /** Attended up to the last closed ends. Open visits are counted, and the moments they began are summed. */
    attendedMs: ms().notNull(),
    openCount: integer().notNull(),
    openSum: ms().notNull(),
    /** Further time they may have attended, where nobody reported that they left. */
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

/** The names of a person, and when they had them: far fewer rows than attendances, so texts are searched here. */
export const aliases = pgTable(
  "aliases",
  {
    identity: uuid().notNull(),
    /** The folded name. */
    nameKey: text().notNull(),
    /** Its latest spelling. */
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
