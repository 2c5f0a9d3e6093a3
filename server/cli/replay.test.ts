import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { leaves, minutes } from "#domain/testing/history.ts";
import { soon } from "#server/boot/project.mjs";
import { everythingStored, loseProjections, readModels } from "#server/testing/stored.ts";
import { deliverBodies, openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";

const ROLLCALL = fileURLToPath(new URL("./rollcall.ts", import.meta.url));
let app: TestApp;
let dataDir: string;
beforeAll(async () => {
  app = await openTestApp();
  dataDir = mkdtempSync(join(tmpdir(), "rollcall-cli-"));
  const account = await app.account();
  for (const room of ["ward", "hall"])
    await deliverBodies(
      app,
      account,
      room,
      minutes(
        ["10:20", leaves("Ada", { joinedAt: "10:00" })],
        ["10:21", leaves("Bo", { joinedAt: "10:01" })],
      ),
    );
});
afterAll(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts a replay as a process of its own, with its output in pipes. */
function startReplay() {
  const neutral = { PATH: process.env["PATH"], NODE_ENV: "production" } as const;
  const settings = { DATABASE_URL: app.url, ROLLCALL_SECRET: SECRET, ROLLCALL_DATA: dataDir };
  const child = spawn(process.execPath, [ROLLCALL, "replay"], {
    env: soon({ ...neutral, ...settings }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]).then(
    ([[status, signal], out, err]) => ({ status, signal, out, err }),
  );
  return { child, ended };
}

/** Stops a replay in the middle, while it waits for a room that is locked. */
async function stopInTheMiddle(signal: NodeJS.Signals) {
  const { child, ended } = startReplay();
  await app.database.transaction(async (tx) => {
    await tx.execute(sql`select from rooms for update`);
    await eventually(async () => {
      const waiting = await app.database.orm.execute(
        sql`select from pg_stat_activity where wait_event_type = 'Lock'
            and datname = current_database()`,
      );
      expect(waiting.length).toBeGreaterThan(0);
    });
    child.kill(signal);
    await ended;
  });
  return ended;
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "a replay stopped by %s prints what to do, and nothing is projected in part",
  async (signal, status) => {
    const before = await everythingStored(app.database);
    const stopped = await stopInTheMiddle(signal);
    expect(stopped).toMatchObject({ status, out: "" });
    expect(stopped.err).toMatch(/^0 of 4 events projected again$/m);
    expect(stopped.err).toMatch(/^Stopped before the end\. .* run replay again/m);
    expect(await everythingStored(app.database)).toEqual(before);
  },
);

test("after one that was killed the next one replays everything, and prints how long it took", async () => {
  const before = await readModels(app.database);
  expect(await stopInTheMiddle("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
  await loseProjections(app.database);
  const { status, out, err } = await startReplay().ended;
  expect({ status, out }).toEqual({
    status: 0,
    out: expect.stringMatching(
      /^Read 0 deliveries of 0 rooms again in \d+\.\d s: 0 had been read otherwise, 4 could not be read before\.\n$/,
    ),
  });
  expect(err).toMatch(/^0 of 4 deliveries read again$/m);
  expect(await readModels(app.database)).toEqual(before);
});
