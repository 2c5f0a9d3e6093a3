import { type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { WireSource } from "#domain/event/recorded.ts";

/** The fields of a source, to select with others. `demo` is `null` where it is not a demonstration. */
export const SOURCE = {
  id: sources.id,
  provider: sources.provider,
  name: sources.name,
  demo: sql<boolean | null>`case when ${sources.isDemo} then true end`,
};

/** SQL for a `WireSource` of a row of `sources`. */
export function sourceJson(): SQL<WireSource> {
  const { demo: _, ...fields } = SOURCE;
  const demo = jsonObject({ ...fields, demo: sql`true` });
  return sql`case when ${sources.isDemo} then ${demo} else ${jsonObject(fields)} end`;
}
