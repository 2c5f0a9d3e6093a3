import { type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { WireSource } from "#domain/event/recorded.ts";

/** SQL for a `WireSource` of a row of `sources`. */
export function sourceJson(): SQL<WireSource> {
  return sql`json_strip_nulls(${jsonObject(SOURCE)})`;
}

/** What is told of it, to be said with more of it. `demo` is `null` of those that are not. */
export const SOURCE = {
  id: sources.id,
  provider: sources.provider,
  name: sources.name,
  demo: sql<boolean | null>`case when ${sources.isDemo} then true end`,
};
