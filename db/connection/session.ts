import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Logger, Query } from "drizzle-orm";
import type {
  PgPreparedQuery,
  PgTransactionConfig,
  PreparedQueryConfig,
} from "drizzle-orm/pg-core";
import {
  drizzle,
  PostgresJsDatabase,
  PostgresJsSession,
  PostgresJsTransaction,
} from "drizzle-orm/postgres-js";
import type { Sql, TransactionSql } from "postgres";
import { NotLimited, narrowed } from "#db/access/sight/narrowed.ts";
import { dialect } from "#db/sql/dialect.ts";
import { ONCE } from "#db/sql/made-once.ts";
import { rowsOf } from "#db/sql/row-reading.ts";
import type { Sight } from "#domain/access/sight.ts";
import { loadOf } from "./pool-load.ts";

type Pool = Sql<{ bigint: number }>;
type Nothing = Record<string, never>;
type Session = PostgresJsSession<Sql, Nothing, Nothing>;
type Fields = Parameters<Session["prepareQuery"]>[1];
type Metadata = Parameters<Session["prepareQuery"]>[5];
type Caching = Parameters<Session["prepareQuery"]>[6];
type SessionOfTransaction = ConstructorParameters<
  typeof PostgresJsTransaction<Nothing, Nothing>
>[1];

/** Drizzle for those who read: on a pool of its own for what is planned once (`madeOnce`), and on one for all else. */
export function reading(pool: Pool, once: Pool = pool): PostgresJsDatabase {
  for (const one of new Set([pool, once])) {
    // From then on the driver hands times and JSON over as Drizzle has them.
    drizzle(one);
    preparesAll(one);
  }
  return new PostgresJsDatabase(dialect, new ReadingSession(pool, once), undefined);
}

/** The same for somebody who sees a part: every statement is limited to that, and none can write. */
export function readingIn(sight: Sight, pool: Pool): PostgresJsDatabase {
  return new PostgresJsDatabase(dialect, new LimitedSession(pool, sight), undefined);
}

/** A session that reads rows as fast as their columns can. */
class ReadingSession extends PostgresJsSession<Sql, Nothing, Nothing> {
  /** The name for statements without one: Drizzle prepares only named statements. */
  protected readonly unnamed: string | undefined = undefined;
  /** For what is planned once. */
  readonly #once: ReadingSession | null;

  constructor(client: Sql, once: Sql = client, logger?: Logger) {
    super(client, dialect, undefined, logger && { logger });
    this.#once = once === client ? null : new ReadingSession(once);
  }

  override prepareQuery<T extends PreparedQueryConfig>(
    query: Query,
    fields: Fields,
    name: string | undefined,
    inArrayMode: boolean,
    map?: (rows: unknown[][]) => T["execute"],
    metadata?: Metadata,
    caching?: Caching,
  ): PgPreparedQuery<T> {
    if (name === ONCE && this.#once !== null) {
      return this.#once.prepareQuery(query, fields, name, inArrayMode, map, metadata, caching);
    }
    const statementName = name ?? this.unnamed;
    const prepare = (mapped: typeof map) =>
      this.#countedStatement(
        super.prepareQuery<T>(query, fields, statementName, inArrayMode, mapped, metadata, caching),
      );
    if (map !== undefined || fields === undefined) return prepare(map);
    const read = rowsOf(fields);
    // Drizzle sets the joins on the statement after it was prepared.
    const own = prepare((rows) => {
      const joined: unknown = Reflect.get(own, "joinsNotNullableMap") ?? null;
      return read(rows, (table) => joined === null || Reflect.get(Object(joined), table) === true);
    });
    return own;
  }

  override transaction<T>(
    work: (tx: PostgresJsTransaction<Nothing, Nothing>) => Promise<T>,
    config?: PgTransactionConfig,
  ): Promise<T> {
    return this.counted(() => super.transaction(work, config));
  }

  /** Does some work, which counts as load of the pool meanwhile. */
  protected counted<T>(work: () => Promise<T>): Promise<T> {
    return loadOf(this.client)?.during(work) ?? work();
  }

  #countedStatement<T extends PreparedQueryConfig>(
    statement: PgPreparedQuery<T>,
  ): PgPreparedQuery<T> {
    if (loadOf(this.client) === null) return statement;
    const execute = statement.execute.bind(statement);
    statement.execute = (values) => this.counted(() => execute(values));
    return statement;
  }
}

class LimitedSession extends ReadingSession {
  readonly #sight: Sight;

  constructor(client: Sql, sight: Sight) {
    super(client);
    this.#sight = sight;
  }

  override prepareQuery<T extends PreparedQueryConfig>(
    query: Query,
    fields: Fields,
    _name: string | undefined,
    inArrayMode: boolean,
    map?: (rows: unknown[][]) => T["execute"],
    metadata?: Metadata,
    caching?: Caching,
  ): PgPreparedQuery<T> {
    const limited = narrowed(query, this.#sight);
    // Never prepared: each sight has texts of its own, which the connections would keep for ever.
    return super.prepareQuery<T>(limited, fields, undefined, inArrayMode, map, metadata, caching);
  }

  override transaction<T>(): Promise<T> {
    throw new NotLimited("whoever sees a part writes by the transactions of the recorder alone");
  }
}

/**
 * Makes the driver prepare statements without parameters too. By itself it sends those as text each time, and
 * planning them anew is half the cost of a list.
 */
function preparesAll(client: Sql | TransactionSql): void {
  const unsafe = client.unsafe.bind(client);
  client.unsafe = (text, parameters, options) => {
    if (options?.prepare !== true) return unsafe(text, parameters, options);
    const prepared = { ...options, simple: false };
    return unsafe(text, parameters, prepared);
  };
}

/** Drizzle on a pool, each statement prepared once for each connection, by its text. `logger` gets them all. */
export function preparing(pool: Pool, logger?: Logger): PreparingDatabase {
  // From then on the driver hands times and JSON over as Drizzle has them.
  drizzle(pool);
  preparesAll(pool);
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

/** A session that prepares every statement; the driver identifies each by its text. */
class PreparingSession extends ReadingSession {
  protected override readonly unnamed = "";

  constructor(client: Sql, logger?: Logger) {
    super(client, client, logger);
  }

  override transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    // The driver types what a transaction answers as if it were a list of queries.
    const begun = new Promise<T>((resolve, reject) => {
      this.client
        .begin(async (client) => {
          const answer = await work(new Transaction(client, this.logger));
          return () => resolve(answer);
        })
        .then((answered) => answered(), reject);
    });
    return this.counted(() => begun);
  }
}

/** One transaction on one connection, which also takes rows in bulk. */
export class Transaction extends PostgresJsTransaction<Nothing, Nothing> {
  readonly #client: TransactionSql;

  constructor(client: TransactionSql, logger: Logger) {
    // The driver's types keep pools and transactions apart; a session uses only what both have.
    const session: unknown = new PreparingSession(client as unknown as Sql, logger);
    super(dialect, session as SessionOfTransaction, undefined);
    preparesAll(client);
    this.#client = client;
  }

  /**
   * Writes rows by COPY, in its text form, into a table with its columns: `rooms (id, key)`. No other
   * statement may be sent meanwhile. The driver does not report it when the database refuses rows that are
   * all sent already: then the next statement of the transaction fails.
   */
  async copy(into: string, rows: Iterable<string> | AsyncIterable<Uint8Array>): Promise<void> {
    const stream = await this.#client.unsafe(`copy ${into} from stdin`).writable();
    try {
      for await (const chunk of rows) await sent(stream, chunk);
    } catch (error) {
      // Otherwise the database would wait for the rest, and could not even roll back.
      stream.destroy();
      throw error;
    }
    stream.end();
    await setImmediate();
    try {
      await this.#client.unsafe("select 1");
    } catch (cause) {
      throw new Error(`the database refused rows for ${into}`, { cause });
    }
  }
}

function sent(into: Writable, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    into.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
