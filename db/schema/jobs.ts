import { boolean, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { ms } from "./columns.ts";

/* What goes on in one process, for whoever asks another one about it. */

/** Long work as the process that does it told of it last. What is over is forgotten soon. */
export const toldJobs = pgTable(
  "told_jobs",
  {
    id: text().primaryKey(),
    /** What is shown of it. */
    seen: jsonb().notNull(),
    /** Somebody has asked another process to stop it. */
    isUnwanted: boolean().notNull().default(false),
    toldAt: ms().notNull(),
  },
  (table) => [index("told_jobs_oldest_first").on(table.toldAt)],
);
