import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { migrate } from "#db/connection/migrate.ts";
import { type Embedded, startEmbedded } from "#db/embedded/embedded.ts";
import { readPostmaster } from "#db/embedded/postmaster.ts";
import { addSource } from "#db/sources/sources.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins } from "#domain/testing/history.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { SECRET, signed } from "#server/testing/test-app.ts";
import { createDoor } from "./door.ts";
import { Projector } from "./projector.ts";
import { receive } from "./receive.ts";

/** How often the database is killed; `KILLS` asks for more. */
const KILLS = Math.min(25, Number(process.env["KILLS"] ?? 1));
const SENDERS = 8;
/** How soon after the database answers again the door keeps again. */
const ON_AGAIN_MS = 2_000;

let dataDir: string;
let embedded: Embedded;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "rollcall-killed-"));
  const log = { info: () => undefined, error: () => undefined };
  embedded = await startEmbedded({ dataDir, log });
  await migrate(embedded.url);
});
afterAll(async () => {
  await embedded.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function postmaster(): number {
  const { pid } = readPostmaster(join(dataDir, "postgres")) ?? {};
  if (pid === undefined) throw new Error("the database does not run");
  return pid;
}

/** Resolves when a new connection is answered. */
async function answersAgain(): Promise<void> {
  await eventually(async () => {
    const own = postgres(embedded.url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    try {
      await own`select 1`;
    } finally {
      await own.end({ timeout: 0 });
    }
  });
}

test("while the database is killed and started again, every acknowledged delivery is kept", {
  timeout: Math.max(3, KILLS) * 60_000,
}, async () => {
  const database = openDatabase(embedded.url, { max: 2 });
  const secret = Buffer.from("a secret of this source").toString("base64");
  const sealedSecret = encrypt(secret, SECRET);
  const id = await addSource(database.orm, { provider: "daily", name: "Clinic", sealedSecret });
  const account = { id, provider: "daily" as const, secret };
  const common = {
    now: () => clock("13:00"),
    log: { warn: () => undefined, error: () => undefined },
  };
  const projector = new Projector(database, common);
  const door = createDoor(database, { ...common, secret: SECRET, toleranceMs: null, projector });

  let sent = 0;
  /** The moments of the acknowledgements. */
  const acknowledged: number[] = [];
  const others = new Set<number>();
  let isOver = false;
  const sendOne = async () => {
    sent += 1;
    const body = bodyOf("daily", joins(`Guest ${sent}`)(clock("10:00") + sent), "ward", `${sent}`);
    const { url, init } = signed(account, body, common.now());
    const request = new Request(new URL(url, "http://localhost"), init);
    const { status } = await receive(door, request, { provider: "daily", source: id });
    if (status === 200) acknowledged.push(performance.now());
    else others.add(status);
  };
  const senders = Array.from({ length: SENDERS }, async () => {
    while (!isOver) await sendOne();
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = acknowledged.length;
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + SENDERS));
    process.kill(postmaster(), "SIGKILL");
    await eventually(() => expect(others.size).toBeGreaterThan(0));
    await answersAgain();
    const back = performance.now();
    await eventually(() => expect(acknowledged.findLast((at) => at > back)).toBeDefined());
    const soon = acknowledged.find((at) => at > back) ?? Infinity;
    if (process.env["KILLS"]) expect(soon - back).toBeLessThan(ON_AGAIN_MS);
  }
  isOver = true;
  await Promise.all(senders);
  // A connection of the database that was killed may end only now.
  await eventually(() => projector.projectAll());

  expect([...others]).toEqual([503]);
  const [row] = await database.orm.execute<{ deliveries: number; people: number }>(sql`
    select (select count(*)::int from deliveries) as deliveries,
      (select count(distinct participant_id)::int from events) as people`);
  // A delivery whose answer was lost with the connection may be kept as well.
  expect(row?.deliveries).toBeGreaterThanOrEqual(acknowledged.length);
  expect(row?.people).toBe(row?.deliveries);
  await projector.stop();
  await database.close();
});
