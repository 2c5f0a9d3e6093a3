import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "#db/connection/migrate.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";
import { databaseAt, execute, TEMPLATE } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The test server's maintenance database. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run. It need not be durable: no test database survives the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-test-"));
  const log = { info() {}, error: (message: string) => void process.stderr.write(`${message}\n`) };
  const settings = {
    fsync: "off",
    full_page_writes: "off",
    // The log is never read again: it need not be short.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "4GB",
    checkpoint_timeout: "1h",
    max_connections: "200",
    // Autovacuum runs by the clock, and its statistics change plans: tests that look at plans analyze by
    // themselves.
    autovacuum: "off",
  };
  const database = await startEmbedded({ dataDir, log, settings });
  await cheapPassword(database.url);
  await execute(database.url, `create database ${TEMPLATE}`);
  await migrate(databaseAt(database.url, TEMPLATE));
  project.provide("postgresUrl", database.url);
  return async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/**
 * Sets the same password with one iteration, so that logging in costs nothing: tests open thousands of
 * connections.
 */
async function cheapPassword(url: string): Promise<void> {
  const { username, password } = new URL(url);
  await execute(url, `set scram_iterations = 1; alter role ${username} password '${password}'`);
}
