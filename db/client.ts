import { connect, type Socket } from "node:net";
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { SQL } from "drizzle-orm";
import { makePgArray, PgDialect, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Sql = postgres.Sql<{ bigint: number }>;
export type Orm = PostgresJsDatabase;

/** One transaction on one connection. Queries sent without waiting run in order, and travel together. */
export interface Transaction {
  execute<Row extends Record<string, unknown>>(query: SQL): Promise<Row[]>;
}

/** A transaction that can also take rows in bulk. */
export interface CopyingTransaction extends Transaction {
  /**
   * Writes rows by COPY, in its text form, into a table with its columns: `rooms (id, key)`. Nothing else
   * may be asked meanwhile.
   */
  copy(into: string, rows: Iterable<string>): Promise<void>;
}

/** What records: a few connections that no reader can take. */
export interface Recorder {
  orm: Orm;
  /**
   * Runs the recorder's work in one transaction: committed when the work resolves, rolled back when it
   * rejects. Its statements are prepared once for each connection.
   */
  transaction<T>(work: (tx: CopyingTransaction) => Promise<T>): Promise<T>;
}

/** The connection pools, and Drizzle on top of them. `orm` is for readers, `transaction` for whoever writes. */
export interface Database extends Recorder {
  sql: Sql;
  /** For webhooks alone: whatever else is read or written, these are looked up and kept. */
  door: Recorder;
  /** One connection for whoever asks how we are: it must not wait behind what it is asked about. */
  health: Orm;
  /** A connection of its own, for what a session holds, as locks and cursors. To be ended by the caller. */
  session(): Sql;
  /** Waits for running queries, at most some seconds, then closes every connection. */
  close(): Promise<void>;
}

const RECORDERS = 3;
/** One to look sources up, and one for the batch that is being written. */
const DOOR = 2;
/*
 * Every statement of the recorder finds its rows by an index named for it. It is planned once, often while
 * the tables are still empty, so the planner is told not to conclude from that that reading them whole is
 * just as good.
 */
const RECORDER_SETTINGS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

/** Opens pools on a PostgreSQL URL. Connections are made when first needed. */
export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const common = {
    connect_timeout: 10,
    // The driver's own rest grows to 20 s: so long a database that is back would still be taken for away.
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => undefined,
    // The driver asks each new connection for its array types, and nobody hears when that fails: it would
    // end the process. It then reserves no connections either, hence `session`.
    fetch_types: false,
    types: {
      // Our 64-bit numbers are ids and epoch ms, far below 2^53.
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
      texts: { to: 1009, from: [1009], parse: parsePgArray, serialize: textArray },
    },
  };
  const names = { application_name: "rollcall", TimeZone: "UTC" };
  const sql = postgres(url, { ...common, max: options.max ?? 10, connection: names });
  const writing = (max: number) =>
    postgres(url, {
      ...common,
      ...promptly(url),
      max,
      connection: { ...names, options: RECORDER_SETTINGS },
    });
  const recorder = writing(RECORDERS);
  const door = writing(DOOR);
  const health = postgres(url, { ...common, max: 1, connection: names });
  return {
    sql,
    orm: drizzle(preparing(sql), { casing: "snake_case" }),
    transaction: transactionOn(recorder),
    door: { orm: drizzle(door, { casing: "snake_case" }), transaction: transactionOn(door) },
    health: drizzle(health, { casing: "snake_case" }),
    session: () => postgres(url, { ...common, max: 1, connection: names }),
    close: async () => {
      await Promise.all([sql, recorder, door, health].map((pool) => pool.end({ timeout: 5 })));
    },
  };
}

/** The driver types what a transaction answers as if it were a list of queries. */
function transactionOn(pool: Sql): Recorder["transaction"] {
  const dialect = new PgDialect({ casing: "snake_case" });
  return <T>(work: (tx: CopyingTransaction) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      pool
        .begin(async (client) => {
          const answer = await work({
            execute: (query) => {
              const { sql: text, params } = dialect.sqlToQuery(query);
              return client.unsafe(text, params.map(parameter), { prepare: true });
            },
            copy: (into, rows) => copy(client, into, rows),
          });
          return () => resolve(answer);
        })
        .then((answered) => answered(), reject);
    });
}

/**
 * What a statement begins with that is to be prepared once for each connection: one that is planned alike
 * whatever its parameters are, and takes longer to plan than to run. How many rows it answers is written out
 * in it: else it is planned for a tenth of all there are.
 */
export const PREPARED = "/* prepared */ ";

/** A client that prepares what asks for it; Drizzle prepares only what has a name, and no raw statement has. */
function preparing(client: Sql): Sql {
  const unsafe: Sql["unsafe"] = (text, params, options) =>
    client.unsafe(
      text,
      params,
      text.startsWith(PREPARED) ? { ...options, prepare: true } : options,
    );
  return new Proxy(client, {
    get: (own, name) => (name === "unsafe" ? unsafe : Reflect.get(own, name)),
  });
}

/** What the driver asks a socket for, of all that its own way of opening one takes. */
interface Address {
  host: string[];
  port: number[];
  path: string | undefined;
}

/**
 * Makes the driver send everything at once. Its own sockets hold a small write back until what went before
 * is acknowledged, up to 40 ms: at every COPY, and wherever a batch takes several writes.
 */
function promptly(url: string): { socket?: (to: Address) => Socket } {
  // Of several hosts the driver tries one after the other, and only by itself.
  if (url.includes(",")) return {};
  return {
    socket: ({ host: [host = ""], port: [port = 0], path }) =>
      path
        ? connect(path)
        : // By its host the driver checks certificates.
          Object.assign(connect({ host, port, noDelay: true }), { host }),
  };
}

/**
 * The driver says nothing when the database refuses rows that are all sent already: then it refuses whatever
 * the transaction asks next.
 */
async function copy(
  client: Pick<Sql, "unsafe">,
  into: string,
  rows: Iterable<string>,
): Promise<void> {
  const taking = await client.unsafe(`copy ${into} from stdin`).writable();
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
    await client.unsafe("select 1");
  } catch (cause) {
    throw new Error(`the database refused rows for ${into}`, { cause });
  }
}

function sent(into: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    into.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** What is written as an array literal already stays as it is. */
function textArray(value: string | string[]): string {
  return typeof value === "string" ? value : makePgArray(value);
}

function parameter(value: unknown): string | number | boolean | null {
  if (value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  throw new TypeError(
    `a query of the recorder takes text, numbers and booleans, not ${typeof value}`,
  );
}

/*
 * The server and the routes that Next bundles are two instances of every module, so what they share of
 * this process hangs on the global object: the one pool.
 */
const HOLDER = Symbol.for("rollcall.database");
const holder: typeof globalThis & { [HOLDER]?: Database } = globalThis;

/**
 * The process's database. The server opens and shares it at its start; a process that is only Next opens
 * its own from `DATABASE_URL`.
 */
export function database(): Database {
  if (holder[HOLDER]) return holder[HOLDER];
  const url = process.env["DATABASE_URL"];
  if (!url) throw new Error("The database is not open: start Rollcall with npm start.");
  holder[HOLDER] = openDatabase(url);
  return holder[HOLDER];
}

export function shareDatabase(shared: Database): void {
  holder[HOLDER] = shared;
}
