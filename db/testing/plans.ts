import { type SQLWrapper, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { CASING } from "#db/casing.ts";
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

const dialect = new PgDialect({ casing: CASING });

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

/** One step of a plan that was carried out; what it did is told for each time it was begun. */
interface Step {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Step[];
}

/** How many rows of tables a statement reads, those too that it passes over. */
export async function rowsRead(reader: Reader, statement: SQLWrapper): Promise<number> {
  const [told] = await reader.execute<{ "QUERY PLAN": [{ Plan: Step }] }>(
    sql`explain (analyze, timing off, format json) ${statement}`,
  );
  return told === undefined ? 0 : readIn(told["QUERY PLAN"][0].Plan);
}

function readIn(step: Step): number {
  const passed =
    (step["Rows Removed by Filter"] ?? 0) + (step["Rows Removed by Index Recheck"] ?? 0);
  const own =
    step["Relation Name"] === undefined ? 0 : (step["Actual Rows"] + passed) * step["Actual Loops"];
  return (step.Plans ?? []).reduce((sum, part) => sum + readIn(part), own);
}
