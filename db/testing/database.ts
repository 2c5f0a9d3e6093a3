import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** The database that each test's database is copied from: migrated, and empty. */
export const TEMPLATE = "rollcall_template";

export interface TestDatabase {
  url: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
}

/** A migrated, empty database for one test on the run's PostgreSQL, in about 50 ms. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  // Its files are copied: to log every page of them takes several times as long.
  await execute(server, `create database ${name} template ${TEMPLATE} strategy file_copy`);
  return {
    url: databaseAt(server, name),
    drop: () => execute(server, `drop database if exists ${name} with (force)`),
  };
}

/** The same server's address with another database. */
export function databaseAt(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Runs work while no connection to that database exists or can be made. */
export async function whileAway<T>(url: string, work: () => Promise<T>): Promise<T> {
  const name = new URL(url).pathname.slice(1);
  const server = databaseAt(url, "postgres");
  await execute(server, `alter database ${name} with allow_connections false`);
  try {
    await execute(
      server,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    return await work();
  } finally {
    await execute(server, `alter database ${name} with allow_connections true`);
  }
}

export async function execute(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
