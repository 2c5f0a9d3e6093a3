import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { insertMember } from "#db/access/members.ts";
import { findShare } from "#db/access/shares/shares.ts";
import { sharedLinks } from "#db/schema/shares.ts";
import { eventually } from "#db/testing/eventually.ts";
import { loggingReader, planOf } from "#db/testing/plans.ts";
import { NO_SETTINGS } from "#domain/access/member.ts";
import { SHARED_FOR_MS } from "#domain/access/shares/share.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { operationsIn, partsOf } from "#server/http/openapi/testing/document.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf, routes } from "#server/http/testing/routes.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { postShare } from "./made.ts";

/* A lesson, interrupted for three minutes, and what is seen of it by those who have a link and nothing else. */

const NOW = clock("10:50");
const SECOND_MS = 1_000;

let client: ApiClient;
let clinic: TestSource;
let school: TestSource;
let first = "";
let second = "";
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  client = await openApiClient();
  client.app.now = NOW;
  clinic = await client.app.account();
  school = await client.app.account();
  await deliverBodies(
    client.app,
    clinic,
    "lesson",
    minutes(
      ["10:00", joins("Vera Vik", { session: "a1", user: "vik-1", host: true })],
      ["10:20", leaves("Vera Vik", { session: "a1", user: "vik-1", joinedAt: "10:00" })],
      ["10:23", joins("Vera Vik", { session: "a2", user: "vik-1", host: true })],
      ["10:25", joins("Emma Stone", { session: "e", user: "emma-2", host: false })],
      ["10:48", knocks("Nina Zadeh", { session: "n" })],
    ),
  );
  await deliverBodies(client.app, school, "class", minutes(["10:30", joins("Omar Qadir")]));
  const { results } = rows.parse(await client.read(`/api/v1/meetings?source=${clinic.id}`));
  [second = "", first = ""] = results.map(({ id }) => id);
});
afterAll(async () => {
  vi.useRealTimers();
  await client.app.close();
});

const rows = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
const made = z.looseObject({ id: z.string(), url: z.string(), expires_at: z.string() });
const listed = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
const people = z.looseObject({
  people: z.array(z.looseObject({ name: z.string(), status: z.string() })),
});

async function share(body: object) {
  const answer = await client.send("POST", "/api/v1/shares", body);
  expect(answer.status).toBe(201);
  const { id, url, ...facts } = made.parse(await answer.json());
  return { id, token: url.split("/").at(-1) ?? "", url, facts };
}

let addresses = 0;
/** Asks with nothing but a token, from an address of one's own. */
function look(path: string, headers: Record<string, string> = {}) {
  addresses += 1;
  return client.ask(path, { [CLIENT_ADDRESS]: `192.0.2.${addresses}`, ...headers });
}

async function seen(token: string) {
  const answer = await look(`/api/v1/shared/${token}`);
  expect(answer.status).toBe(200);
  return people.parse(await answer.json());
}

test("a meeting is shown to whoever has its link, by initials unless it is said otherwise", async () => {
  const masked = await share({ meeting_id: second });
  expect(masked.url).toBe(`http://localhost:3000/shared/${masked.token}`);
  expect(masked.facts).toMatchObject({ kind: "meeting", masked: true, made_by: "test" });
  expect(Date.parse(masked.facts.expires_at)).toBe(NOW + SHARED_FOR_MS);
  const open = await share({ meeting_id: second, masked: false });
  expect((await seen(masked.token)).people.map(({ name }) => name)).toEqual([
    "V. V.",
    "E. S.",
    "N. Z.",
  ]);
  expect((await seen(open.token)).people.map(({ name, status }) => [name, status])).toEqual([
    ["Vera Vik", "present"],
    ["Emma Stone", "present"],
    ["Nina Zadeh", "waiting"],
  ]);
  // Not an id of anybody or anything, and masked no name.
  const texts = [await seen(masked.token), await seen(open.token)].map((one) =>
    JSON.stringify(one),
  );
  for (const text of texts) {
    for (const secret of ["vik-1", "emma-2", second, clinic.id]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/"(?:\w+_)?id"/);
  }
  expect(texts[0]).not.toMatch(/Vik|Vera|Emma|Stone|Nina|Zadeh/);
});

test("what has not changed is not sent again", async () => {
  const { token } = await share({ meeting_id: second });
  const path = `/api/v1/shared/${token}`;
  const etag = (await look(path)).headers.get("etag") ?? "";
  vi.setSystemTime(NOW + 5 * SECOND_MS);
  const again = await look(path, { "if-none-match": `W/${etag}` });
  expect([again.status, again.headers.get("etag")]).toEqual([304, etag]);
  await deliverBodies(
    client.app,
    clinic,
    "lesson",
    minutes(["10:49", joins("Ravi Rao", { session: "r" })]),
  );
  const after = await look(path, { "if-none-match": etag });
  expect(after.status).toBe(200);
  expect(people.parse(await after.json()).people.map(({ name }) => name)).toContain("R. R.");
  vi.setSystemTime(NOW);
});

test("a link leads to what its meeting became part of", async () => {
  const { token, id } = await share({ meeting_id: second, masked: false });
  const earlier = await share({ meeting_id: first, masked: false });
  expect((await seen(earlier.token)).people).toHaveLength(1);
  const said = { verdict: "joined", with: first };
  const joined = await client.send("POST", `/api/v1/meetings/${second}/rulings`, said);
  expect(joined.status).toBe(201);
  for (const one of [token, earlier.token]) {
    expect(await seen(one)).toMatchObject({ started_at: "2026-11-20T10:00:00.000Z" });
  }
  const { results } = listed.parse(await client.read("/api/v1/shares"));
  expect(results.find((one) => one.id === id)).toMatchObject({ meeting: { name: "lesson" } });
});

test("a link ends: when it was to, when it is revoked, and with what it shows", async () => {
  const { id, token } = await share({ meeting_id: first, expires_at: "2026-11-20T11:00:00Z" });
  const never = "A".repeat(32);
  expect((await look(`/api/v1/shared/${never}`)).status).toBe(404);
  expect((await look(`/api/v1/wallboards/${token}`)).status).toBe(404);
  expect((await look(`/api/v1/shared/${token}`)).status).toBe(200);
  vi.setSystemTime(clock("11:00"));
  expect((await look(`/api/v1/shared/${token}`)).status).toBe(404);
  vi.setSystemTime(NOW);
  const revoked = await client.send("DELETE", `/api/v1/shares/${id}`);
  expect(await revoked.json()).toMatchObject({ id, revoked_at: expect.any(String) });
  const over = await look(`/api/v1/shared/${token}`);
  const unknown = await look(`/api/v1/shared/${never}`);
  expect([over.status, await over.text()]).toEqual([404, await unknown.text()]);
  for (const wrong of [
    {},
    { meeting_id: first, sources: [clinic.id] },
    { kind: "wallboard", meeting_id: first },
    { meeting_id: first, expires_at: "2026-11-20T10:00:00Z" },
    { meeting_id: first, expires_at: "2027-11-30T10:00:00Z" },
    { meeting_id: first, masked: "no" },
  ]) {
    expect((await client.send("POST", "/api/v1/shares", wrong)).status).toBe(400);
  }
  const nothing = { meeting_id: clinic.id };
  expect((await client.send("POST", "/api/v1/shares", nothing)).status).toBe(404);
});

test("a key sees and revokes its own links, a person at this machine all", async () => {
  const other = await createKey(client.app.database.orm, "other", { scopes: ["write"] });
  const { id } = await share({ kind: "wallboard" });
  const theirs = { authorization: `Bearer ${other.key}` };
  const ofOther = listed.parse(await (await client.ask("/api/v1/shares", theirs)).json());
  expect(ofOther.results).toEqual([]);
  expect((await client.ask(`/api/v1/shares/${id}`, theirs, "DELETE")).status).toBe(404);
  const all = listed.parse(await (await client.ask("/api/v1/shares", client.person)).json());
  expect(all.results.map((one) => one.id)).toContain(id);
  expect((await client.ask(`/api/v1/shares/${id}`, client.person, "DELETE")).status).toBe(200);
});

test("a wallboard shows now and today, of its sources alone", async () => {
  const everywhere = await share({ kind: "wallboard", masked: false });
  const ofSchool = await share({ kind: "wallboard", sources: [school.id] });
  expect(everywhere.url).toContain("/wallboard/");
  const boards = await Promise.all(
    [everywhere, ofSchool].map(async ({ token }) => {
      const answer = await look(`/api/v1/wallboards/${token}`);
      const etag = answer.headers.get("etag") ?? "";
      const again = await look(`/api/v1/wallboards/${token}`, { "if-none-match": etag });
      expect([answer.status, again.status]).toEqual([200, 304]);
      return z.record(z.string(), z.unknown()).parse(await answer.json());
    }),
  );
  expect(boards[0]).toMatchObject({
    ...{ meetings: 2, present: 4, waiting: 1, longest_since: "2026-11-20T10:48:00.000Z" },
    ...{ hostless: 1, waiting_without_host: 0, halted: null },
    waiting_room: [{ name: "Nina Zadeh", room: "lesson", hostless: false }],
  });
  expect(boards[1]).toMatchObject({
    ...{ meetings: 1, present: 1, waiting: 0, longest_since: null, waiting_room: [] },
    ...{ hostless: 1, today: { entered: 0 } },
  });
  const nowhere = { kind: "wallboard", sources: [first] };
  expect((await client.send("POST", "/api/v1/shares", nowhere)).status).toBe(404);
});

test("it is noted how often a link was opened, and when it was last looked at", async () => {
  const { id, token } = await share({ meeting_id: first });
  await seen(token);
  await eventually(async () => {
    const { results } = listed.parse(await client.read("/api/v1/shares"));
    expect(results.find((one) => one.id === id)).toMatchObject({
      ...{ opened_count: 0, last_opened_at: "2026-11-20T10:50:00.000Z" },
    });
  });
});

test("who guesses has to wait, and a link that is known goes on from there", async () => {
  const { token } = await share({ meeting_id: first });
  const headers = { [CLIENT_ADDRESS]: "198.51.100.7" };
  const guess = (n: number) => client.ask(`/api/v1/shared/${String(n).padEnd(32, "x")}`, headers);
  expect((await client.ask(`/api/v1/shared/${token}`, headers)).status).toBe(200);
  for (let n = 0; n < 30; n += 1) expect((await guess(n)).status).toBe(404);
  const late = await guess(30);
  expect([late.status, Number(late.headers.get("retry-after")) > 0]).toEqual([429, true]);
  expect((await client.ask(`/api/v1/shared/${token}`, headers)).status).toBe(200);
  expect((await look(`/api/v1/shared/${"y".repeat(32)}`)).status).toBe(404);
});

test("nobody shows others more than they see themself", async () => {
  const { orm } = client.app.database;
  const sight = { sources: [school.id], rooms: null, masked: true };
  const facts = { name: "Grace", email: "grace@example.com", role: "operator" as const, sight };
  const id = (await insertMember(orm, facts)) ?? "";
  const own = { settings: NO_SETTINGS, hasSecondFactor: false, changedAt: NOW };
  const caller = { kind: "member" as const, session: "s", id, ...facts, ...own };
  const make = (body: object, by: Caller & { kind: "member" } = caller) =>
    postShare({
      request: new Request("http://localhost:3000", {
        method: "POST",
        body: JSON.stringify(body),
      }),
      url: new URL("http://localhost:3000"),
      params: {},
      caller: by,
      from: { address: null, userAgent: null },
    });
  const board = made.parse(await (await make({ kind: "wallboard", masked: false })).json());
  expect(board).toMatchObject({ masked: true, sources: [school.id], made_by: "Grace" });
  await expect(make({ kind: "wallboard", sources: [clinic.id] })).rejects.toThrow(/source/);
  const ofRooms = { ...caller, sight: { ...sight, rooms: ["class*"] } };
  await expect(make({ kind: "wallboard" }, ofRooms)).rejects.toThrow(/see only some/);
});

test("a link is found by an index, however many there are", async () => {
  const { orm } = client.app.database;
  await orm.execute(sql`insert into ${sharedLinks} (id, kind, hash, masked, made_by, expires_at)
    select gen_random_uuid(), 'wallboard', sha256(n::text::bytea), true, 'x', now() + interval '1 day'
    from generate_series(1, 5000) n`);
  await orm.execute(sql`analyze ${sharedLinks}`);
  const { reader, asked } = loggingReader(client.app.database);
  expect(await findShare(reader, "5", "wallboard", NOW)).toMatchObject({ is: "open" });
  const [statement, ...others] = asked;
  if (statement === undefined) throw new Error("nothing was asked");
  expect(others).toEqual([]);
  expect(await planOf(orm, statement)).toContain("shared_links_hash_unique");
});

test("the token of a link opens nothing else", async () => {
  const { token } = await share({ kind: "wallboard" });
  let asked = 0;
  for (const { who, method, path } of operationsIn(routes)) {
    if (who === "anybody") continue;
    let address = path;
    for (const part of partsOf(path)) {
      address = address.replace(`{${part}}`, part === "format" ? "json" : first);
    }
    for (const shown of [
      { authorization: `Bearer ${token}` },
      { cookie: `rollcall_session=${token}; rollcall.session_token=${token}.x` },
    ]) {
      const url = new URL(address, "http://localhost:3000");
      const headers = { host: url.host, "content-type": "application/json", ...shown };
      const body = method === "GET" ? {} : { body: "{}" };
      const answer = await answerOf(new Request(url, { method, headers, ...body }));
      expect([answer.status, method, path]).toEqual([401, method, path]);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThan(100);
});
