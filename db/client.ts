import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema.ts";

export type Sql = postgres.Sql<{ bigint: number }>;
export type Orm = PostgresJsDatabase<typeof schema>;
/** One transaction on one connection. */
export type Transaction = Parameters<Parameters<Orm["transaction"]>[0]>[0];

/** The connection pool, and Drizzle on top of it. */
export interface Database {
  sql: Sql;
  orm: Orm;
  /** Waits for running queries, at most some seconds, then closes every connection. */
  close(): Promise<void>;
}

/** Opens a pool on a PostgreSQL URL. Connections are made when first needed. */
export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    onnotice: () => undefined,
    // Our 64-bit numbers are ids and epoch ms, far below 2^53.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: { application_name: "rollcall", TimeZone: "UTC" },
  });
  return {
    sql,
    orm: drizzle(sql, { schema, casing: "snake_case" }),
    close: () => sql.end({ timeout: 5 }),
  };
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
