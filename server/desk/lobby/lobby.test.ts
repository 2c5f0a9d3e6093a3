import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { loggingReader } from "#db/testing/plans.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { answerLobby } from "./answer.ts";
import { Lobbies } from "./lobbies.ts";

let client: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("10:30") });
  client = await openApiClient();
  account = await client.app.account();
  client.app.now = clock("10:30");
});
afterAll(async () => {
  vi.useRealTimers();
  await client.app.close();
});

const made = z.looseObject({ id: z.string(), url: z.string() });

async function share(room: string, name = "Dr Wolf") {
  const body = { kind: "wait", source: account.id, room, name };
  const answer = await client.send("POST", "/api/v1/shares", body);
  expect(answer.status).toBe(201);
  const { id, url } = made.parse(await answer.json());
  return { id, token: new URL(url).pathname.replace("/wait/", "") };
}

/** So many minutes after the knock of a guest. */
function after(n: number, by: number): string {
  const minute = 40 + n + by;
  return `${9 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

/** Read anew, as a second later. */
function look(token: string, since: string | null = null) {
  const fresh = new Lobbies(() => client.app.database.orm, Date.now);
  return fresh.find(token, since === null ? null : clock(since));
}

test("who waits is told their place, the host, what the desk says, and the hours; never a name", async () => {
  const { id, token } = await share("wolf");
  expect((await look(token))?.lobby).toMatchObject({ waiting: 0, hostIsThere: false, usual: null });
  const past = Array.from({ length: 14 }, (_, n) =>
    minutes(
      [`9:${40 + n}`, knocks(`Guest ${n}`)],
      [after(n, 5), stopsWaiting(`Guest ${n}`, { since: `9:${40 + n}` })],
      [after(n, 5), joins(`Guest ${n}`)],
      [after(n, 8), leaves(`Guest ${n}`, { joinedAt: after(n, 5) })],
    ),
  );
  await deliverBodies(client.app, account, "wolf", past.flat());
  await deliverBodies(
    client.app,
    account,
    "wolf",
    minutes(
      ["10:20", joins("Dr Wolf", { host: true })],
      ["10:22", knocks("Ada")],
      ["10:25", knocks("Bo")],
      ["10:28", knocks("Cy")],
    ),
  );
  const message = { source: account.id, room: "wolf", text: "Running 15 minutes late" };
  expect((await client.send("PUT", "/api/v1/room-messages", message)).status).toBe(200);
  const found = await look(token, "10:26");
  expect(found?.lobby).toMatchObject({
    ...{ name: "Dr Wolf", isOpen: true, waiting: 3, before: 2, hostIsThere: true },
    message: { text: "Running 15 minutes late", at: clock("10:30") },
    usual: { fromMinutes: 5, toMinutes: 6, atThisHour: true },
  });
  expect(JSON.stringify(found)).not.toMatch(/Ada|Bo|Guest/);
  await client.send("PUT", "/api/v1/room-messages", { ...message, text: null });
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const weekdays = Object.fromEntries(days.map((day) => [day, [{ from: "11:00", to: "12:00" }]]));
  const hours = { time_zone: "UTC", weekdays };
  await client.send("POST", "/api/v1/room-groups", { name: "Wolf", rooms: ["wolf"], hours });
  expect((await look(token))?.lobby).toMatchObject({
    ...{ isOpen: false, changesAt: clock("11:00"), message: null },
  });
  expect((await client.send("DELETE", `/api/v1/shares/${id}`)).status).toBe(200);
  expect(await look(token)).toBeNull();
});

test("a thousand open pages cost one statement, and a link that never was costs none", async () => {
  const tokens = [await share("one"), await share("two")].map(({ token }) => token);
  const { reader, asked } = loggingReader(client.app.database);
  const lobbies = new Lobbies(() => reader, Date.now);
  await lobbies.find(tokens[0] ?? "", null);
  const first = asked.length;
  const pages = Array.from({ length: 1_000 }, (_, n) => lobbies.find(tokens[n % 2] ?? "", null));
  expect((await Promise.all(pages)).every((one) => one !== null)).toBe(true);
  expect(await lobbies.find("never-was", null)).toBeNull();
  expect(asked.length - first).toBeLessThanOrEqual(1);
});

test("the page is kept for seconds, and whoever guesses has to wait", async () => {
  const { token } = await share("paced");
  const ask = (of: string, address: string) =>
    answerLobby(
      new Request(`http://localhost:3000/wait/${of}?lang=fr`, {
        headers: { [CLIENT_ADDRESS]: address, "x-nonce": "n" },
      }),
      of,
      ({ shown, asked }) => `${shown.is} ${asked}`,
    );
  const open = await ask(token, "192.0.2.1");
  expect([open.status, await open.text(), open.headers.get("cache-control")]).toEqual([
    ...[200, "open fr", "public, max-age=2"],
  ]);
  const statuses = [];
  for (let n = 0; n < 32; n += 1) statuses.push((await ask(`guess-${n}`, "192.0.2.2")).status);
  expect(statuses.slice(0, 30).every((status) => status === 404)).toBe(true);
  expect(statuses.slice(30)).toEqual([429, 429]);
  expect((await ask(token, "192.0.2.2")).status).toBe(200);
});

test("who sees a part makes links and messages of their rooms alone", async () => {
  const sight = { ...WHOLE_SIGHT, rooms: ["wolf*"] };
  const { key } = await createKey(client.app.database.orm, "part", { sight });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const of = (room: string) => ({ kind: "wait", source: account.id, room, name: "A" });
  const statusOf = async (room: string) =>
    (await client.put("/api/v1/shares", JSON.stringify(of(room)), headers)).status;
  expect([await statusOf("theirs"), await statusOf("wolf")]).toEqual([404, 201]);
});
