import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ActLink } from "#domain/desk/groups/act-link.ts";
import type { OpeningHours } from "#domain/desk/groups/opening-hours.ts";
import type { WaitLimits } from "#domain/waits/wait-limits.ts";
import { sources } from "./accounts.ts";
import { ms } from "./columns.ts";

/** Rooms that the house looks after together. Operators enter them; they follow from no event. */
export const roomGroups = pgTable(
  "room_groups",
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    /** `null` for rooms of any source. */
    sourceId: uuid().references(() => sources.id, { onDelete: "cascade" }),
    /** Of keys and titles. */
    patterns: text().array().notNull(),
    hours: jsonb().$type<OpeningHours>(),
    limits: jsonb().$type<WaitLimits>(),
    links: jsonb().$type<readonly ActLink[]>().notNull().default([]),
    by: text().notNull(),
    changedAt: ms().notNull(),
  },
  (table) => [index("room_groups_of_source").on(table.sourceId)],
);

/** What the desk tells those who wait for a room; it holds until the day is over. The room need not be known yet. */
export const roomMessages = pgTable(
  "room_messages",
  {
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    room: text().notNull(),
    text: text().notNull(),
    by: text().notNull(),
    at: ms().notNull(),
  },
  (table) => [primaryKey({ name: "room_messages_of_room", columns: [table.sourceId, table.room] })],
);
