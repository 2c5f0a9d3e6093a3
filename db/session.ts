import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { Column, is, type Logger, type Query } from "drizzle-orm";
import type { PgPreparedQuery, PreparedQueryConfig } from "drizzle-orm/pg-core";
import {
  drizzle,
  PostgresJsDatabase,
  PostgresJsSession,
  PostgresJsTransaction,
} from "drizzle-orm/postgres-js";
import type { Sql, TransactionSql } from "postgres";
import { dialect } from "./dialect.ts";

type Nothing = Record<string, never>;
type Session = PostgresJsSession<Sql, Nothing, Nothing>;
type Fields = Parameters<Session["prepareQuery"]>[1];
type Metadata = Parameters<Session["prepareQuery"]>[5];
type Caching = Parameters<Session["prepareQuery"]>[6];
type SessionOfTransaction = ConstructorParameters<
  typeof PostgresJsTransaction<Nothing, Nothing>
>[1];

/** Drizzle on a pool for those who read: what is not said to be `prepared` is planned each time with its values. */
export function reading(pool: Sql<{ bigint: number }>): PostgresJsDatabase {
  // From then on the driver hands times and JSON over as Drizzle has them.
  drizzle(pool);
  return new PostgresJsDatabase(dialect, new ReadingSession(pool, dialect, undefined), undefined);
}

/** A session that reads rows as fast as their columns can. */
class ReadingSession extends PostgresJsSession<Sql, Nothing, Nothing> {
  /** What a statement is called that has no name: Drizzle prepares only what has one. */
  protected readonly unnamed: string | undefined = undefined;

  override prepareQuery<T extends PreparedQueryConfig>(
    query: Query,
    fields: Fields,
    name: string | undefined,
    inArrayMode: boolean,
    map?: (rows: unknown[][]) => T["execute"],
    metadata?: Metadata,
    caching?: Caching,
  ): PgPreparedQuery<T> {
    const mapped = map ?? mapOfColumns(fields);
    const known = name ?? this.unnamed;
    return super.prepareQuery(query, fields, known, inArrayMode, mapped, metadata, caching);
  }
}

/**
 * Makes rows of nothing but columns as Drizzle does. It asks of each value anew what its column is, which for
 * the records of a large meeting takes a quarter of their reading.
 */
function mapOfColumns(fields: Fields): ((rows: unknown[][]) => object[]) | undefined {
  const columns: { name: string; column: Column }[] = [];
  for (const { path, field } of fields ?? []) {
    const [name, ...deeper] = path;
    if (name === undefined || deeper.length > 0 || !is(field, Column)) return undefined;
    columns.push({ name, column: field });
  }
  if (columns.length === 0) return undefined;
  return (rows) =>
    rows.map((row) => {
      const read: Record<string, unknown> = {};
      let index = 0;
      for (const { name, column } of columns) {
        const value = row[index];
        read[name] = value === null ? null : column.mapFromDriverValue(value);
        index += 1;
      }
      return read;
    });
}

/**
 * Sends a statement that is prepared once for each connection: one that is planned alike whatever its parameters
 * are, and takes longer to plan than to run.
 */
export function prepared<T>(statement: {
  prepare(name: string): { execute(): Promise<T> };
}): Promise<T> {
  // The driver knows it by its text.
  return statement.prepare("").execute();
}

/** Drizzle on a pool, each statement prepared once for each connection, by its text. `logger` hears them all. */
export function preparing(pool: Sql<{ bigint: number }>, logger?: Logger): PreparingDatabase {
  // From then on the driver hands times and JSON over as Drizzle has them.
  drizzle(pool);
  return new PreparingDatabase(new PreparingSession(pool, logger));
}

export class PreparingDatabase extends PostgresJsDatabase {
  readonly #session: PreparingSession;

  constructor(session: PreparingSession) {
    super(dialect, session, undefined);
    this.#session = session;
  }

  /**
   * Runs work in one transaction on one connection: committed when it resolves, rolled back when it rejects.
   * Statements sent without waiting run in order, and travel together.
   */
  override transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#session.transaction(work);
  }
}

/** A session that prepares every statement: the driver knows each by its text. */
class PreparingSession extends ReadingSession {
  protected override readonly unnamed = "";

  constructor(client: Sql, logger?: Logger) {
    super(client, dialect, undefined, logger && { logger });
  }

  override transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    // The driver types what a transaction answers as if it were a list of queries.
    return new Promise((resolve, reject) => {
      this.client
        .begin(async (client) => {
          const answer = await work(new Transaction(client, this.logger));
          return () => resolve(answer);
        })
        .then((answered) => answered(), reject);
    });
  }
}

/** One transaction on one connection, which also takes rows in bulk. */
export class Transaction extends PostgresJsTransaction<Nothing, Nothing> {
  readonly #client: TransactionSql;

  constructor(client: TransactionSql, logger: Logger) {
    // The driver's types hold pools and transactions apart; a session uses only what both have.
    const session: unknown = new PreparingSession(client as unknown as Sql, logger);
    super(dialect, session as SessionOfTransaction, undefined);
    this.#client = client;
  }

  /**
   * Writes rows by COPY, in its text form, into a table with its columns: `rooms (id, key)`. Nothing else
   * may be asked meanwhile. The driver says nothing when the database refuses rows that are all sent already:
   * then it refuses whatever the transaction asks next.
   */
  async copy(into: string, rows: Iterable<string>): Promise<void> {
    const taking = await this.#client.unsafe(`copy ${into} from stdin`).writable();
    try {
      for (const text of rows) await sent(taking, text);
    } catch (error) {
      // Else the database would wait for the rest, and could not even roll back.
      taking.destroy();
      throw error;
    }
    taking.end();
    await setImmediate();
    try {
      await this.#client.unsafe("select 1");
    } catch (cause) {
      throw new Error(`the database refused rows for ${into}`, { cause });
    }
  }
}

function sent(into: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    into.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
