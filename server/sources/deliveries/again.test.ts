import { execFileSync } from "node:child_process";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { reportJob } from "#db/jobs/jobs.ts";
import { replayAlone } from "#db/recording/replaying.ts";
import { refusalHours } from "#db/schema/accounts.ts";
import { projections, unprojected } from "#db/schema/facts.ts";
import { addHours } from "#db/sources/refusal-hours.ts";
import { storeRefusals } from "#db/sources/refusals.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { receiveAt } from "#server/ingest/receive.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { trimDeliveries } from "#server/runtime/jobs/trimming-deliveries.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { deliverBodies, post, type TestApp, type TestSource } from "#server/testing/test-app.ts";

import { Replays } from "./replays.ts";

let client: ApiClient;
let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  client = await openApiClient();
  app = client.app;
  account = await app.account();
  app.now = clock("10:40");
  await deliverBodies(
    app,
    account,
    "algebra",
    minutes(["10:00", joins("Ada")], ["10:30", leaves("Ada")]),
  );
  await post(app, account, "no JSON");
});
afterAll(() => client.app.close());

const job = z.object({
  ...{ id: z.string(), state: z.string(), done: z.number(), total: z.number() },
  ...{ deliveries: z.number(), rooms: z.number(), changed: z.number(), read: z.number() },
});
const rows = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
const idsOf = async (query: string) =>
  rows.parse(await client.read(`/api/v1/deliveries?${query}`)).results.map(({ id }) => id);

async function begin(body: object) {
  const answer = await client.send("POST", "/api/v1/deliveries/replays", body);
  expect(answer.status).toBe(202);
  return job.parse(await answer.json());
}

async function ended(id: string) {
  const seen = async () => job.parse(await client.read(`/api/v1/deliveries/replays/${id}`));
  await eventually(async () => expect((await seen()).state).not.toMatch(/waiting|running/));
  return seen();
}

test("a selection is projected again with its rooms, and what told nothing is read again", async () => {
  const before = await client.read("/api/v1/meetings?from=2020-01-01");
  const ids = await idsOf("");
  const done = await ended((await begin({ ids })).id);
  expect(done).toMatchObject({ state: "done", deliveries: 3, rooms: 1, changed: 0, read: 0 });
  expect(done.done).toBe(done.total);
  expect(await client.read("/api/v1/meetings?from=2020-01-01")).toEqual(before);
});

test("what could not be read tells its events once it can be", async () => {
  const [id = ""] = await idsOf("status=unreadable");
  const mended = bodyOf("daily", joins("Bo")(clock("10:10")), "algebra", "9");
  await app.database.orm.execute(
    sql`update deliveries set body = ${Buffer.from(mended)} where id = ${id}`,
  );
  const done = await ended((await begin({ which: "unreadable" })).id);
  expect(done).toMatchObject({ state: "done", deliveries: 1, read: 1 });
  expect(await client.read(`/api/v1/deliveries/${id}`)).toMatchObject({
    status: "recorded",
    events: 1,
    person: { name: "Bo" },
  });
  expect(await idsOf("status=unreadable")).toEqual([]);
});

test("a job waits for another replay, can be stopped meanwhile, and is the only one", async () => {
  const [id = ""] = await idsOf("");
  await replayAlone(app.database, async () => {
    const begun = await begin({ ids: [id] });
    const second = await client.send("POST", "/api/v1/deliveries/replays", { ids: [id] });
    expect(second.status).toBe(409);
    expect(await client.read(`/api/v1/deliveries/replays/${begun.id}`)).toMatchObject({
      state: "waiting",
    });
    const stopped = await client.send("DELETE", `/api/v1/deliveries/replays/${begun.id}`, {});
    expect(await stopped.json()).toMatchObject({ state: "cancelled", rooms: 0 });
  });
  await eventually(async () => {
    const next = await client.send("POST", "/api/v1/deliveries/replays", { ids: [id] });
    expect(next.status).toBe(202);
    expect((await ended(job.parse(await next.json()).id)).state).toBe("done");
  });
});

test("any process may be asked about a job and stop it, and says where its process ended", async () => {
  const ids = (await idsOf("")).map(Number);
  const log = { error: () => undefined };
  const [here, there] = [new Replays(), new Replays()];
  const other = app.neighbour().database;
  await replayAlone(app.database, async () => {
    const begun = await here.begin(app.database, { ids }, log);
    if (begun === null) throw new Error("none is under way");
    expect(await there.seen(other, begun.id)).toEqual(begun);
    expect(await there.seen(other, "never")).toBeNull();
    expect(await there.cancel(other, begun.id)).toMatchObject({ state: "cancelled" });
    await eventually(async () =>
      expect(await here.seen(app.database, begun.id)).toMatchObject({ state: "cancelled" }),
    );
    const lost = await reportJob(other.orm, "lost", { ...begun, id: "lost" }, Date.now() - 60_000);
    expect(lost).toBe(false);
    expect(await there.seen(other, "lost")).toMatchObject({ state: "failed" });
  });
  await here.stop();
});

test.each([{}, { ids: [] }, { which: "all" }, { ids: ["1"], which: "unreadable" }])(
  "%o is no question",
  async (body) => {
    const answer = await client.send("POST", "/api/v1/deliveries/replays", body);
    expect(answer.status).toBe(400);
  },
);

test("what is not there is not projected again", async () => {
  const answer = await client.send("POST", "/api/v1/deliveries/replays", { ids: ["1", "x"] });
  expect(answer.status).toBe(404);
});

test("an owner has a delivery signed as a command, which the door takes; a key has not", async () => {
  const [id = ""] = await idsOf("status=recorded");
  const path = `/api/v1/deliveries/${id}/curl`;
  expect((await client.send("POST", path, {})).status).toBe(403);
  const kept = await client.read(`/api/v1/deliveries/${id}`);
  const answer = await client.ask(path, client.person, "POST");
  expect(answer.status).toBe(200);
  const { command } = z.object({ command: z.string() }).parse(await answer.json());
  expect(command).not.toContain(account.secret);
  // The shell itself says what the words of the command are.
  const words = execFileSync("sh", ["-c", command.replace(/^curl/, "printf '%s\\0'")], {
    encoding: "utf8",
  }).split("\0");
  const url = words.find((word) => word.startsWith("http")) ?? "";
  const headers = words.flatMap((word, index) => {
    const [name = "", value = ""] = word.split(/: (.*)/s);
    return words[index - 1] === "-H" ? [[name, value] as [string, string]] : [];
  });
  const body = words[words.indexOf("--data-raw") + 1] ?? "";
  expect(body).toBe(z.object({ body: z.string() }).parse(kept).body);
  app.now = Date.now();
  const sent = await receiveAt(
    app.door,
    new Request(url, { method: "POST", headers: Object.fromEntries(headers), body }),
  );
  expect(await sent.json()).toEqual({ status: "repeated" });
  const log = await client.ask("/api/v1/audit?action=delivery.signed", client.person);
  expect(await log.text()).toContain("had a delivery signed with the secret of");
});

test("what is refused is counted by the hour, with who sent the last and a hint; nothing of it is kept", async () => {
  const own = await app.account();
  const { orm } = app.database;
  app.now = Date.now();
  const bodies = () =>
    orm.execute<{ count: number }>(sql`select count(*)::int as count from deliveries`);
  const before = await bodies();
  const other = Buffer.alloc(32, 7).toString("base64");
  const headers = { [CLIENT_ADDRESS]: "192.0.2.9" };
  for (let n = 0; n < 50; n += 1) {
    await post(app, own, `{"secret": ${n}}`, { secret: other, headers });
  }
  const unknown = "http://localhost/api/webhooks/daily/00000000-0000-4000-8000-000000000000";
  await receiveAt(app.door, new Request(unknown, { method: "POST", body: "x", headers }));
  const { refusals } = app.door;
  // Fifty refusals are one row on its way, and are stored at once, also where the first try fails.
  expect(refusals.leave().hours).toHaveLength(2);
  refusals.stayed();
  await storeRefusals(orm, refusals.leave());
  await addHours(orm, [
    {
      ...{ sourceId: own.id, reason: "signature_mismatch", hour: hourOf(app.now), count: 2 },
      ...{ lastAt: 0, lastAddress: "192.0.2.1" },
    },
  ]);
  expect(await bodies()).toEqual(before);
  const { results } = z
    .object({ results: z.array(z.looseObject({ reason: z.string() })) })
    .parse(await client.read("/api/v1/refusals"));
  expect(results.filter(({ source }) => source === null)).toMatchObject([
    { reason: "unknown_source", count: 1, last_address: "192.0.2.9" },
  ]);
  expect(results.filter(({ source }) => source !== null)).toMatchObject([
    {
      source: { id: own.id },
      reason: "signature_mismatch",
      count: 52,
      last_address: "192.0.2.9",
      over_at: null,
      hint: expect.stringContaining("Nothing ever came that was signed with the secret"),
      hours: [{ count: 52 }],
    },
  ]);
  // A source that is gone takes its counts with it.
  await orm.execute(sql`delete from sources where id = ${own.id}`);
  expect(await orm.select().from(refusalHours)).toHaveLength(1);
});

const hourOf = (at: number) => Math.floor(at / 3_600_000) * 3_600_000;

test("what is remembered for some weeks is gone after that", async () => {
  const { orm } = app.database;
  const stored = await orm.select().from(projections);
  expect(stored.length).toBeGreaterThan(0);
  const months = (n: number) => Date.UTC(2026, 10 + n, 2);
  await trimDeliveries(app.database, months(1), undefined, 1);
  expect(await orm.select().from(projections)).toHaveLength(stored.length);
  await trimDeliveries(app.database, months(2), undefined, 1);
  expect(await orm.select().from(projections)).toEqual([]);
  expect(await orm.select().from(refusalHours)).toEqual([]);
  expect(await orm.select().from(unprojected)).toEqual([]);
});
