import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { databaseAt, execute, TEMPLATE } from "#db/testing/database.ts";
import { type Env, readEnv } from "#server/runtime/env.ts";

/** A place without anything in it: a database, and an empty data folder. */
export interface EmptyPlace {
  env: Env;
  url: string;
  dataDir: string;
  /** The key in its data folder. */
  secret(): string;
  remove(): Promise<void>;
}

/** One on which nothing was ever started, or with `isMigrated` one whose tables are there, and empty. */
export async function emptyPlace({
  isMigrated = true,
  vars = {},
}: {
  isMigrated?: boolean;
  vars?: Record<string, string>;
} = {}): Promise<EmptyPlace> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = isMigrated ? TEMPLATE : "template0";
  await execute(server, `create database ${name} template ${template} strategy file_copy`);
  const url = databaseAt(server, name);
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-place-"));
  return {
    env: readEnv({ DATABASE_URL: url, ROLLCALL_DATA: dataDir, ...vars }),
    url,
    dataDir,
    secret: () => readFileSync(join(dataDir, "secret"), "utf8").trim(),
    async remove() {
      await execute(server, `drop database if exists ${name} with (force)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
