import { connect, type Socket } from "node:net";
import type { Logger } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { textsIn } from "#db/sql/array.ts";
import type { Orm } from "#db/sql/orm.ts";
import { preparing, reading, type Transaction } from "./session.ts";

export type Sql = postgres.Sql<{ bigint: number }>;

/** What records: a few connections that no reader can take. */
export interface RecordingClient {
  orm: Orm;
  /**
   * Runs the recorder's work in one transaction: committed when the work resolves, rolled back when it
   * rejects. Its statements are prepared once for each connection.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** The connection pools, and Drizzle on top of them. `orm` is for readers, `transaction` for whoever writes. */
export interface Database extends RecordingClient {
  sql: Sql;
  /** For webhooks alone: whatever else is read or written, these are looked up and kept. */
  door: RecordingClient;
  /** For what becomes of webhooks: whoever keeps them does not wait for it. */
  projector: RecordingClient;
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
/** Two bites that are under way, and a look at what is left. */
const PROJECTORS = 3;
/*
 * Every statement of the recorder finds its rows by an index named for it. It is planned once, often while
 * the tables are still empty, so the planner is told not to conclude from that that reading them whole is
 * just as good.
 */
const RECORDER_SETTINGS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

/**
 * Opens pools on a PostgreSQL URL. Connections are made when first needed. `logger` hears every statement of
 * those that record.
 */
export function openDatabase(
  url: string,
  options: { max?: number; logger?: Logger } = {},
): Database {
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
      // Drizzle's own reading of them loses every backslash.
      texts: {
        to: 1009,
        from: [1009],
        parse: textsIn,
        serialize: textArray,
      },
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
  const [recorder, door, projector] = [writing(RECORDERS), writing(DOOR), writing(PROJECTORS)];
  const recording = (pool: Sql): RecordingClient => {
    const orm = preparing(pool, options.logger);
    return { orm, transaction: (work) => orm.transaction(work) };
  };
  const health = postgres(url, { ...common, max: 1, connection: names });
  return {
    sql,
    orm: reading(sql),
    transaction: recording(recorder).transaction,
    door: recording(door),
    projector: recording(projector),
    health: reading(health),
    session: () => postgres(url, { ...common, max: 1, connection: names }),
    close: async () => {
      await Promise.all(
        [sql, recorder, door, projector, health].map((pool) => pool.end({ timeout: 5 })),
      );
    },
  };
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

/** What is written as an array literal already stays as it is. */
function textArray(value: string | string[]): string {
  return typeof value === "string" ? value : makePgArray(value);
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
