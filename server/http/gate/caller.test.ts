import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey, listKeys } from "#db/access/keys.ts";
import { endSessions, sessionEpoch } from "#db/access/sessions.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { apiKeys } from "#db/schema/accounts.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { type Credentials, callerOf, tokenIn } from "./caller.ts";
import { makeSession, SESSION_COOKIE } from "./session.ts";

const secret = "s".repeat(32);
const now = Date.UTC(2026, 10, 20);
let made: TestDatabase;
let database: Database;
let key: { id: string; key: string };
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 1 });
  key = await createKey(database.orm, "report");
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

const session = `${SESSION_COOKIE}=${makeSession(secret, now)}`;
function caller(shown: Partial<Credentials>) {
  const nothing = { token: null, cookies: null, host: "localhost:3000", origin: null };
  return callerOf({ ...nothing, ...shown }, database.orm, secret, now);
}

describe("a caller", () => {
  test("with a key is identified by it, from anywhere", async () => {
    const scopes = ["read", "write", "deliver"];
    const program = { kind: "key", id: key.id, name: "report", sight: WHOLE_SIGHT, scopes };
    expect(await caller({ token: key.key })).toEqual(program);
    const origin = "https://elsewhere.example";
    expect(await caller({ token: key.key, host: "rollcall.example.com", origin })).toEqual(program);
  });

  test("with a session, at this machine and from its own page, is a person at this machine", async () => {
    expect(await caller({ cookies: session })).toMatchObject({ kind: "session" });
    expect(await caller({ cookies: session, origin: "http://localhost:3000" })).toMatchObject({
      kind: "session",
    });
  });

  test.each<[string, () => Partial<Credentials>]>([
    ["nothing", () => ({})],
    ["another key", () => ({ token: `${key.key}x` })],
    ["an empty key", () => ({ token: "" })],
    ["the hash of a key", () => ({ token: "\0" })],
    ["a bad key and a session", () => ({ token: "bad", cookies: session })],
    ["a session through a proxy", () => ({ cookies: session, host: "rollcall.example.com" })],
    ["a session without a host", () => ({ cookies: session, host: null })],
    ["a session from another site", () => ({ cookies: session, origin: "https://a.example" })],
    [
      "an expired session",
      () => ({ cookies: `${SESSION_COOKIE}=${makeSession(secret, now - 31 * 86_400_000)}` }),
    ],
  ])("with %s is not known", async (_what, shown) => {
    expect(await caller(shown())).toBeNull();
  });

  test("with a key that was revoked is not known", async () => {
    const other = await createKey(database.orm, "old");
    expect(await caller({ token: other.key })).not.toBeNull();
    await database.orm
      .update(apiKeys)
      .set({ revokedAt: new Date(now) })
      .where(eq(apiKeys.id, other.id));
    expect(await caller({ token: other.key })).toBeNull();
  });
});

test("a key is known until it expires, and not at that moment", async () => {
  const own = await createKey(database.orm, "brief", { scopes: ["read"], expiresAt: now + 1_000 });
  const callAt = (at: number) =>
    callerOf({ token: own.key, cookies: null, host: null, origin: null }, database.orm, secret, at);
  expect(await callAt(now + 999)).toMatchObject({ id: own.id, scopes: ["read"] });
  expect(await callAt(now + 1_000)).toBeNull();
});

test("sessions from before all were ended are refused, and later ones are not", async () => {
  await endSessions(database.orm, now);
  expect(await caller({ cookies: session })).toBeNull();
  const epoch = await sessionEpoch(database.orm);
  const renewed = `${SESSION_COOKIE}=${makeSession(secret, now, epoch)}`;
  expect(await caller({ cookies: renewed })).toMatchObject({ kind: "session" });
});

test("the last use of a key is written once a minute, not with every request", async () => {
  const own = await createKey(database.orm, "busy");
  const callAt = (at: number) =>
    callerOf({ token: own.key, cookies: null, host: null, origin: null }, database.orm, secret, at);
  const lastUsed = async () =>
    (await listKeys(database.orm)).find(({ id }) => id === own.id)?.lastUsedAt;
  expect(await lastUsed()).toBeNull();
  await callAt(now);
  await eventually(async () => expect(await lastUsed()).toBe(now));
  // The only connection runs its statements in order: a second write would be seen.
  await callAt(now + 59_999);
  expect(await lastUsed()).toBe(now);
  await callAt(now + 60_000);
  await eventually(async () => expect(await lastUsed()).toBe(now + 60_000));
});

test("of a key only the hash is stored", async () => {
  const rows = await database.orm.select().from(apiKeys).where(eq(apiKeys.id, key.id));
  expect(key.key).toMatch(/^rk_[\w-]{32}$/);
  expect(JSON.stringify(rows)).not.toContain(key.key);
  expect(rows[0]?.hash).toHaveLength(32);
});

describe("the key in an Authorization header", () => {
  test.each([
    ["Bearer abc", "abc"],
    ["Token abc", "abc"],
    ["bearer abc", "abc"],
    ["TOKEN   abc ", "abc"],
    ["Bearer", null],
    ["Bearer ", null],
    ["Bearer a b", null],
    ["Basic abc", null],
    ["abc", null],
    ["", null],
    [null, null],
  ])("%j is %j", (header, expected) => {
    expect(tokenIn(header)).toBe(expected);
  });
});
