import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliContext } from "#server/cli/command.ts";
import { readEnv } from "#server/runtime/env.ts";
import { ADA } from "#server/testing/actor.ts";
import { openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";

/** A CLI context on a test app, with a data folder of its own. */
export async function openCliContext(): Promise<{
  house: TestApp;
  desk: CliContext;
  close(): Promise<void>;
}> {
  const app = await openTestApp();
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-desk-"));
  const env = readEnv({ DATABASE_URL: app.url, ROLLCALL_SECRET: SECRET, ROLLCALL_DATA: dataDir });
  return {
    house: app,
    desk: { env, database: app.database, url: app.url, secret: SECRET, by: ADA },
    async close() {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
