import { bigint, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { ACT_KINDS } from "#domain/desk/acts/act-kind.ts";
import { ACT_FAILURES } from "#domain/desk/acts/asked-act.ts";
import { ms } from "./columns.ts";

/**
 * What was asked of a provider in a room, until nothing is said of it any more: the next that is asked takes away what
 * is older. What stays of it is in the audit log.
 */
export const askedActs = pgTable(
  "asked_acts",
  {
    id: uuid().primaryKey(),
    roomId: bigint({ mode: "number" }).notNull(),
    act: text({ enum: ACT_KINDS }).notNull(),
    /** The connections it is about; none for the whole meeting. */
    participantIds: text().array().notNull(),
    by: text().notNull(),
    askedAt: ms().notNull(),
    failedAt: ms(),
    failure: text({ enum: ACT_FAILURES }),
  },
  (table) => [index("asked_acts_by_time").on(table.askedAt)],
);
