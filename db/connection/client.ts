import { connect, type Socket } from "node:net";
import type { Logger } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { sightNow } from "#db/access/sight/seeing.ts";
import { textsIn } from "#db/sql/array.ts";
import type { Orm } from "#db/sql/orm.ts";
import { isWhole, type Sight, sightKey } from "#domain/access/sight.ts";
import { countLoad, type PoolLoad } from "./pool-load.ts";
import { preparing, reading, readingIn, type Transaction } from "./session.ts";

export type Sql = postgres.Sql<{ bigint: number }>;

/** Connections for recording: a few that no reader can take. */
export interface RecordingClient {
  orm: Orm;
  /**
   * Runs the recorder's work in one transaction: committed when the work resolves, rolled back when it
   * rejects. Its statements are prepared once for each connection.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** The connection pools, and Drizzle on top of them. `orm` is for readers, `transaction` for writers. */
export interface Database extends RecordingClient {
  sql: Sql;
  /** For webhooks alone: looking up their sources and storing them waits for no other reader or writer. */
  door: RecordingClient;
  /** For projecting deliveries, so that storing webhooks does not wait for it. */
  projector: RecordingClient;
  /** One connection for health checks: they must not wait behind what they check. */
  health: Orm;
  /** How much each pool has to do. */
  pools: Readonly<Record<PoolName, PoolLoad>>;
  /** A connection of its own, for what belongs to a session, as locks and cursors. The caller ends it. */
  session(): Sql;
  /** Waits for running queries, at most some seconds, then closes every connection. */
  close(): Promise<void>;
}

export type PoolName = "readers" | "recorder" | "door" | "projector" | "health";

/** Half of them for statements that are planned once. */
const READERS = 10;
const RECORDERS = 3;
/** One to look sources up, and one for the batch that is being written. */
const DOOR = 2;
/** Two batches under way, and a look at what is left. */
const PROJECTORS = 3;
/*
 * Every statement that is planned once finds its rows by an index named for it, as all of the recorder's do. It is
 * planned often while the tables are still empty, so the planner must not conclude from that that a sequential scan is
 * as good.
 */
const ONCE_SETTINGS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
/*
 * Readers' statements are prepared, so that they are parsed once for each connection and sent in one round trip: the
 * driver asks for the types of the parameters of other statements in one of their own. How often they are planned is
 * decided with the statement (`madeOnce`), and not by what PostgreSQL expects of a few values.
 */
const ANEW_SETTINGS = "-c plan_cache_mode=force_custom_plan";

/**
 * Opens pools on a PostgreSQL URL. Connections are made when first needed. `logger` gets every statement of
 * the recording pools.
 */
export function openDatabase(
  url: string,
  options: { max?: number; logger?: Logger } = {},
): Database {
  const common = {
    connect_timeout: 10,
    // The driver's own pause grows to 20 s: for so long a database that is back would still count as away.
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => undefined,
    // The driver asks each new connection for its array types, and no caller could catch its failure: it
    // would end the process. It then reserves no connections either, hence `session`.
    fetch_types: false,
    types: {
      // Our 64-bit numbers are ids and epoch ms, far below 2^53.
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
      // Drizzle's own reading of text arrays loses every backslash.
      texts: {
        to: 1009,
        from: [1009],
        parse: textsIn,
        serialize: textArray,
      },
    },
  };
  const names = { application_name: "rollcall", TimeZone: "UTC" };
  const readers = options.max ?? READERS;
  const reader = (options: string) =>
    postgres(url, {
      ...common,
      max: Math.max(1, Math.floor(readers / 2)),
      connection: { ...names, options },
    });
  const [sql, once] = [reader(ANEW_SETTINGS), reader(ONCE_SETTINGS)];
  const writing = (max: number) =>
    postgres(url, {
      ...common,
      ...promptly(url),
      max,
      connection: { ...names, options: ONCE_SETTINGS },
    });
  const [recorder, door, projector] = [writing(RECORDERS), writing(DOOR), writing(PROJECTORS)];
  const health = postgres(url, { ...common, max: 1, connection: names });
  const pools = {
    readers: countLoad([sql, once], readers),
    recorder: countLoad([recorder], RECORDERS),
    door: countLoad([door], DOOR),
    projector: countLoad([projector], PROJECTORS),
    health: countLoad([health], 1),
  };
  const recording = (pool: Sql): RecordingClient => {
    const orm = preparing(pool, options.logger);
    return { orm, transaction: (work) => orm.transaction(work) };
  };
  return {
    sql,
    orm: reading(sql, once),
    transaction: recording(recorder).transaction,
    door: recording(door),
    projector: recording(projector),
    health: reading(health),
    pools,
    session: () => postgres(url, { ...common, max: 1, connection: names }),
    close: async () => {
      await Promise.all(
        [sql, once, recorder, door, projector, health].map((pool) => pool.end({ timeout: 5 })),
      );
    },
  };
}

/** The options of a socket that the driver uses, of all that its own way of opening one takes. */
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
        : // The driver checks certificates by this host.
          Object.assign(connect({ host, port, noDelay: true }), { host }),
  };
}

/** A value that is an array literal already stays as it is. */
function textArray(value: string | string[]): string {
  return typeof value === "string" ? value : makePgArray(value);
}

/*
 * The server and the routes that Next bundles are two instances of every module, so the one pool they share
 * is on the global object.
 */
const HOLDER = Symbol.for("rollcall.database");
const holder: typeof globalThis & { [HOLDER]?: Database } = globalThis;

/** What a database is to those who see a part of it, by sight. */
const parts = new WeakMap<Database, Map<string, Database>>();
/** Sights that are in use now. */
const MOST_SIGHTS = 500;

/**
 * The same database for somebody with a sight: `orm` reads what they see, and writes nothing. The recorder's
 * transactions stay as they are: whoever writes has to have read before what they write about.
 */
export function databaseIn(sight: Sight, whole: Database): Database {
  if (isWhole(sight)) return whole;
  const own = parts.get(whole) ?? new Map<string, Database>();
  parts.set(whole, own);
  const key = sightKey(sight);
  const existing = own.get(key);
  if (existing !== undefined) return existing;
  if (own.size >= MOST_SIGHTS) own.clear();
  const limited = { ...whole, orm: readingIn(sight, whole.sql) };
  own.set(key, limited);
  return limited;
}

/** The process's database, as whoever the work now is for sees it. */
export function database(): Database {
  return databaseIn(sightNow(), wholeDatabase());
}

/**
 * The process's database. The server opens and shares it at its start; a process that runs only Next opens
 * its own from `DATABASE_URL`. Throws where that is not set.
 */
function wholeDatabase(): Database {
  if (holder[HOLDER]) return holder[HOLDER];
  const url = process.env["DATABASE_URL"];
  if (!url) throw new Error("The database is not open: start Rollcall with npm start.");
  holder[HOLDER] = openDatabase(url);
  return holder[HOLDER];
}

export function shareDatabase(shared: Database): void {
  holder[HOLDER] = shared;
}
