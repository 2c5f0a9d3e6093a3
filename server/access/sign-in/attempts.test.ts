import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertMember } from "#db/access/members.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { memberSessions } from "#db/schema/members.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { beginAttempt, noteSuccess } from "./attempts.ts";

let made: TestDatabase;
let database: Database;
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 4 });
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

const wait = (address: string, email: string | null) =>
  beginAttempt(database.orm, { address, email });
async function fail(times: number, address: string, email: string | null): Promise<void> {
  for (let one = 0; one < times; one += 1) await wait(address, email);
}

test("after eight wrong passwords from an address an account waits there, and only there", async () => {
  await fail(7, "192.0.2.1", "ada@example.com");
  expect(await wait("192.0.2.1", "ada@example.com")).toBe(0);
  expect(await wait("192.0.2.1", "ada@example.com")).toBeGreaterThan(60_000);
  expect(await wait("192.0.2.2", "ada@example.com")).toBe(0);
  expect(await wait("192.0.2.1", "grace@example.com")).toBe(0);
});

test("many guesses at once are no more than one after the other", async () => {
  // Fewer than an address may try, which is counted beside, in an order of its own.
  const all = await Promise.all(
    Array.from({ length: 24 }, () => wait("192.0.2.5", "alan@example.com")),
  );
  expect(all.filter((one) => one === 0)).toHaveLength(8);
});

test("whoever signs in starts anew, and was no guess", async () => {
  const own = { address: "192.0.2.9", email: "mary@example.com" };
  for (let one = 0; one < 70; one += 1) {
    expect(await wait(own.address, own.email)).toBe(0);
    await noteSuccess(database.orm, own);
  }
  await fail(7, own.address, own.email);
  expect(await wait(own.address, own.email)).toBe(0);
});

test("an address that guesses at many accounts waits, also for a code", async () => {
  for (let one = 0; one < 30; one += 1) await fail(1, "192.0.2.3", `${one}@example.com`);
  expect(await wait("192.0.2.3", "new@example.com")).toBeGreaterThan(0);
  expect(await wait("192.0.2.3", null)).toBeGreaterThan(0);
  expect(await wait("192.0.2.4", null)).toBe(0);
});

test("whoever has a network of IPv6 has one address", async () => {
  for (let one = 0; one < 30; one += 1) {
    await fail(1, `2001:db8:0:7:${one.toString(16)}::1`, `six${one}@example.com`);
  }
  expect(await wait("2001:db8:0:7::ffff", null)).toBeGreaterThan(0);
  expect(await wait("2001:db8:0:8::1", null)).toBe(0);
});

test("an account that is guessed at from everywhere stays open to where its member is signed in", async () => {
  const email = "owner@example.com";
  const facts = { name: "Owner", email, role: "owner", sight: WHOLE_SIGHT } as const;
  const userId = (await insertMember(database.orm, facts)) ?? "";
  await database.orm.insert(memberSessions).values({
    ...{ id: uuid(), token: uuid(), userId, ipAddress: "198.51.100.7" },
    expiresAt: new Date(Date.now() + 60_000),
  });
  for (let one = 0; one < 60; one += 1) await fail(1, `203.0.113.${one}`, email);
  expect(await wait("203.0.113.200", email)).toBeGreaterThan(0);
  expect(await wait("198.51.100.7", email)).toBe(0);
});
