import { type SQLWrapper, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { PREPARED } from "#db/client.ts";
import type { Reader } from "#db/reading/meeting.ts";

/** A reader that remembers every statement that was sent through it. */
export function noting(reader: Reader): { reader: Reader; asked: SQLWrapper[] } {
  const asked: SQLWrapper[] = [];
  const execute: Reader["execute"] = (query) => {
    asked.push(typeof query === "string" ? sql.raw(query) : query);
    return reader.execute(query);
  };
  return { reader: { execute }, asked };
}

const dialect = new PgDialect({ casing: "snake_case" });

/** How PostgreSQL would go about a statement; of one that is planned once, whatever its parameters are. */
export async function planOf(reader: Reader, statement: SQLWrapper): Promise<string> {
  const text = dialect.sqlToQuery(statement.getSQL()).sql;
  const lines = await reader.execute<{ "QUERY PLAN": string }>(
    text.startsWith(PREPARED)
      ? sql.raw(`explain (generic_plan) ${text}`)
      : sql`explain ${statement}`,
  );
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}
