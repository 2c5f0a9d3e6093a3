import { type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { WireSource } from "#domain/event/recorded.ts";

/** SQL for a `WireSource` of a row of `sources`. */
export function sourceJson(): SQL<WireSource> {
  return sql`json_strip_nulls(${jsonObject(SOURCE)})`;
}

/** The fields of a source, to select with others. `demo` is `null` where it is not a demonstration. */
export const SOURCE = {
  id: sources.id,
  provider: sources.provider,
  name: sources.name,
  demo: sql<boolean | null>`case when ${sources.isDemo} then true end`,
};
