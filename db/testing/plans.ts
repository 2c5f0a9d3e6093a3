import { type SQLWrapper, sql } from "drizzle-orm";
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

/** How PostgreSQL would go about a statement. */
export async function planOf(reader: Reader, statement: SQLWrapper): Promise<string> {
  const lines = await reader.execute<{ "QUERY PLAN": string }>(sql`explain ${statement}`);
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}
