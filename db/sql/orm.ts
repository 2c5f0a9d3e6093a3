import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";

export type Orm = PostgresJsDatabase;

/** What statements can be sent to: the pool, or a transaction. */
export type Reader = Pick<Orm, "select" | "selectDistinct" | "with">;
