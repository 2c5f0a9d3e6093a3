import { fillPlaceholders, type Query, SQL, sql } from "drizzle-orm";
import type { PgPreparedQuery, PreparedQueryConfig } from "drizzle-orm/pg-core";
import { PostgresJsDatabase, PostgresJsSession } from "drizzle-orm/postgres-js";
import type { Database } from "#db/connection/client.ts";
import { dialect } from "#db/sql/dialect.ts";
import { ONCE } from "#db/sql/made-once.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";

/** A statement that was sent. */
export class SentStatement extends SQL {
  readonly text: string;
  /** Whether it is planned once, whatever its parameters are. */
  readonly isPlannedOnce: boolean;

  constructor({ sql: text, params }: Query, isPlannedOnce: boolean) {
    super(
      text
        .split(/\$\d+/)
        .flatMap((part, index) => [
          ...(index === 0 ? [] : [sql.param(params[index - 1])]),
          sql.raw(part),
        ]),
    );
    this.text = text;
    this.isPlannedOnce = isPlannedOnce;
  }
}

type Preparing = PostgresJsSession<Database["sql"], Record<string, never>, Record<string, never>>;

class LoggingSession extends PostgresJsSession<
  Database["sql"],
  Record<string, never>,
  Record<string, never>
> {
  readonly asked: SentStatement[] = [];

  override prepareQuery<T extends PreparedQueryConfig>(
    ...[query, fields, name, ...rest]: Parameters<Preparing["prepareQuery"]>
  ): PgPreparedQuery<T> {
    const statement = super.prepareQuery<T>(query, fields, name, ...rest);
    const execute = statement.execute.bind(statement);
    statement.execute = (values = {}) => {
      const sent = { ...query, params: fillPlaceholders(query.params, values) };
      this.asked.push(new SentStatement(sent, name === ONCE));
      return execute(values);
    };
    return statement;
  }
}

/** A reader that remembers every statement that was sent through it. */
export function loggingReader({ sql: pool }: Pick<Database, "sql">): {
  reader: Reader;
  asked: SentStatement[];
} {
  const session = new LoggingSession(pool, dialect, undefined);
  return { reader: new PostgresJsDatabase(dialect, session, undefined), asked: session.asked };
}

/** PostgreSQL's plan of a statement. */
export async function planOf(orm: Pick<Orm, "execute">, asked: SentStatement): Promise<string> {
  const lines = await orm.execute<{ "QUERY PLAN": string }>(
    asked.isPlannedOnce ? sql.raw(`explain (generic_plan) ${asked.text}`) : sql`explain ${asked}`,
  );
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}

/** One step of an executed plan; its numbers are per loop. */
interface Step {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Step[];
}

/** How many rows of tables a statement reads, including those it filters out. */
export async function rowsRead(orm: Pick<Orm, "execute">, statement: SQL): Promise<number> {
  const [explained] = await orm.execute<{ "QUERY PLAN": [{ Plan: Step }] }>(
    sql`explain (analyze, timing off, format json) ${statement}`,
  );
  return explained === undefined ? 0 : readIn(explained["QUERY PLAN"][0].Plan);
}

function readIn(step: Step): number {
  const filteredOut =
    (step["Rows Removed by Filter"] ?? 0) + (step["Rows Removed by Index Recheck"] ?? 0);
  const own =
    step["Relation Name"] === undefined
      ? 0
      : (step["Actual Rows"] + filteredOut) * step["Actual Loops"];
  return (step.Plans ?? []).reduce((sum, part) => sum + readIn(part), own);
}
