import { boolean, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { ms } from "./columns.ts";

/* What goes on in one process, for whoever asks another one about it. */

/** Long work as the process that does it reported it last. What is over is forgotten soon. */
export const jobs = pgTable(
  "jobs",
  {
    id: text().primaryKey(),
    /** What is shown of it. */
    progress: jsonb().notNull(),
    /** Somebody has asked another process to stop it. */
    isCancelled: boolean().notNull().default(false),
    reportedAt: ms().notNull(),
  },
  (table) => [index("jobs_oldest_first").on(table.reportedAt)],
);
