import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Desk } from "#server/cli/command.ts";
import { readEnv } from "#server/env.ts";
import { type House, openHouse, SECRET } from "#server/testing/house.ts";

/** A desk on a house, with a data folder of its own. */
export async function openDesk(): Promise<{ house: House; desk: Desk; close(): Promise<void> }> {
  const house = await openHouse();
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-desk-"));
  const env = readEnv({ DATABASE_URL: house.url, ROLLCALL_SECRET: SECRET, ROLLCALL_DATA: dataDir });
  return {
    house,
    desk: { env, database: house.database, url: house.url, secret: SECRET },
    async close() {
      await house.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
