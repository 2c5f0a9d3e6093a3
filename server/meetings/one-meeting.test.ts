import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { sourceRebuilds } from "#server/runtime/jobs/rebuilding-sources.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

/*
 * A lesson that was interrupted for three minutes, after which Emma came: one lesson by the source's gap, or
 * by an operator's correction.
 */

let counter: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  expect(await miscounted(counter.app.database)).toEqual([]);
  await counter.app.close();
});

const LESSON = minutes(
  ["10:00", joins("Ms Vik", { session: "a1", user: "vik" })],
  ["10:20", leaves("Ms Vik", { session: "a1", user: "vik", joinedAt: "10:00" })],
  ["10:23", joins("Ms Vik", { session: "a2", user: "vik" })],
  ["10:25", joins("Emma", { session: "e", user: "emma" })],
  ["10:45", leaves("Emma", { session: "e", user: "emma", joinedAt: "10:25" })],
  ["10:46", leaves("Ms Vik", { session: "a2", user: "vik", joinedAt: "10:23" })],
);

const row = z.object({ id: z.string(), started_at: z.string(), ended_at: z.string() });

/** The meetings of an account, oldest first: `10:00-10:20`. */
async function meetings(account: TestSource) {
  const { results } = await readPage(counter, `/api/v1/meetings?source=${account.id}`);
  return results.toReversed().map((one) => {
    const { id, started_at, ended_at } = row.parse(one);
    return { id, times: `${started_at.slice(11, 16)}-${ended_at.slice(11, 16)}` };
  });
}

const timesOf = async (account: TestSource) => (await meetings(account)).map(({ times }) => times);

const registerShape = z.object({
  people: z.array(z.object({ name: z.string(), cells: z.array(z.object({ state: z.string() })) })),
});

/** The state of each person in the room's register: `Emma: late`. */
async function register(account: TestSource): Promise<string[]> {
  const { results } = await readPage(counter, `/api/v1/rooms?source=${account.id}`);
  const parsed = registerShape.parse(
    await counter.read(`/api/v1/rooms/${String(results[0]?.["id"])}/register`),
  );
  return parsed.people.map(
    ({ name, cells }) => `${name}: ${cells.map(({ state }) => state).join(", ")}`,
  );
}

async function taught(): Promise<TestSource> {
  const account = await counter.app.account();
  await deliverBodies(counter.app, account, "lesson", LESSON);
  expect(await timesOf(account)).toEqual(["10:00-10:20", "10:23-10:46"]);
  expect(await register(account)).toEqual(["Emma: absent, present", "Ms Vik: present, present"]);
  return account;
}

const answer = z.object({ ruling: z.string(), meeting_id: z.string() });

async function correct(id: string, body: object) {
  const response = await counter.send("POST", `/api/v1/meetings/${id}/rulings`, body);
  return { status: response.status, json: await response.json() };
}

describe("two meetings that were one", () => {
  test("can be joined by an operator, in lists, registers and after a replay, and parted again", async () => {
    const account = await taught();
    const [first, second] = await meetings(account);
    const near = await counter.read(`/api/v1/meetings/${first?.id}/neighbours`);
    expect(near).toMatchObject({ before: null, after: { id: second?.id } });

    const joined = await correct(second?.id ?? "", { verdict: "joined", with: first?.id });
    expect(joined.status).toBe(201);
    const { ruling, meeting_id } = answer.parse(joined.json);
    expect(meeting_id).toBe(first?.id);
    expect(await timesOf(account)).toEqual(["10:00-10:46"]);
    expect(await register(account)).toEqual(["Emma: late", "Ms Vik: present"]);
    // The old address redirects.
    const led = await counter.ask(`/api/v1/meetings/${second?.id}`);
    expect([led.status, led.headers.get("location")]).toEqual([
      307,
      `/api/v1/meetings/${first?.id}`,
    ]);
    await replay(counter.app.database, null, () => undefined);
    expect(await timesOf(account)).toEqual(["10:00-10:46"]);

    const path = `/api/v1/meetings/${first?.id}/rulings/${ruling}`;
    expect((await counter.send("DELETE", path)).status).toBe(200);
    expect(await timesOf(account)).toEqual(["10:00-10:20", "10:23-10:46"]);
    expect(await register(account)).toEqual(["Emma: absent, present", "Ms Vik: present, present"]);
  });

  test("are one with a longer gap of their source, rebuilt at once, and two with the old gap", async () => {
    const account = await taught();
    const set = async (body: object) => {
      const response = await counter.send("PATCH", `/api/v1/sources/${account.id}`, body);
      expect(response.status).toBe(200);
      await sourceRebuilds().start(counter.app.database);
    };
    await set({ empty_gap_ms: 300_000, name: "School" });
    expect(await timesOf(account)).toEqual(["10:00-10:46"]);
    expect(await register(account)).toEqual(["Emma: late", "Ms Vik: present"]);
    const set5 = { name: "School", empty_gap_ms: 300_000, grace_ms: 30_000, untold: null };
    const own = expect.objectContaining({ id: account.id, ...set5 });
    expect(await counter.read("/api/v1/sources")).toEqual({
      results: expect.arrayContaining([own]),
    });
    await set({ empty_gap_ms: 120_000 });
    expect(await timesOf(account)).toEqual(["10:00-10:20", "10:23-10:46"]);
  });

  test("are not joined with a meeting of another room, with themselves, or across another meeting", async () => {
    const [one, other] = [await taught(), await taught()];
    await deliverBodies(
      counter.app,
      one,
      "lesson",
      minutes(
        ["11:00", joins("Bo", { session: "b" })],
        ["11:10", leaves("Bo", { session: "b", joinedAt: "11:00" })],
      ),
    );
    const [first, , third] = await meetings(one);
    const [elsewhere] = await meetings(other);
    const join = async (id?: string) =>
      (await correct(first?.id ?? "", { verdict: "joined", with: id })).status;
    expect(await join(elsewhere?.id)).toBe(404);
    expect(await join(first?.id)).toBe(409);
    expect(await join(third?.id)).toBe(409);
  });
});

test("invalid settings of a source are refused", async () => {
  const account = await counter.app.account();
  const set = async (id: string, body: object) =>
    (await counter.send("PATCH", `/api/v1/sources/${id}`, body)).status;
  expect(await set(account.id, { empty_gap_ms: -1 })).toBe(400);
  expect(await set(account.id, { grace_ms: 1.5 })).toBe(400);
  expect(await set(account.id, { colour: "red" })).toBe(400);
  expect(await set("00000000-0000-7000-8000-000000000000", { grace_ms: 1 })).toBe(404);
});

describe("a meeting that was two", () => {
  test("can be parted at a moment when the room is empty; else the refusal names who was in", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "lesson",
      minutes(
        ["10:00", joins("Ada", { session: "1" })],
        ["10:00", joins("Otter.ai", { session: "o" })],
        ["10:20", leaves("Ada", { session: "1", joinedAt: "10:00" })],
        ["10:40", joins("Bo", { session: "2" })],
        ["10:50", leaves("Bo", { session: "2", joinedAt: "10:40" })],
        ["10:51", leaves("Otter.ai", { session: "o", joinedAt: "10:00" })],
      ),
    );
    expect(await timesOf(account)).toEqual(["10:00-10:50"]);
    const [whole] = await meetings(account);
    const part = (time: string) =>
      correct(whole?.id ?? "", { verdict: "parted", at: new Date(clock(time)).toISOString() });
    expect(await part("10:10")).toMatchObject({
      status: 409,
      json: { error: { message: "At 2026-11-20T10:10:00.000Z Ada was in or waiting." } },
    });
    expect((await part("09:00")).status).toBe(409);
    expect((await part("11:00")).status).toBe(409);
    const parted = await part("10:30");
    expect(parted.status).toBe(201);
    expect(await timesOf(account)).toEqual(["10:00-10:20", "10:40-10:50"]);
    // A person who joins now belongs to the second meeting.
    await deliverBodies(counter.app, account, "lesson", minutes(["10:51:30", joins("Cy")]));
    await replay(counter.app.database, null, () => undefined);
    const { results } = await readPage(counter, `/api/v1/meetings?source=${account.id}`);
    expect(results.map((one) => one["people_count"])).toEqual([2, 1]);
    const { ruling, meeting_id } = answer.parse(parted.json);
    const path = `/api/v1/meetings/${meeting_id}/rulings/${ruling}`;
    expect((await counter.send("DELETE", path)).status).toBe(200);
    const after = await readPage(counter, `/api/v1/meetings?source=${account.id}`);
    expect(after.results.map((one) => one["people_count"])).toEqual([3]);
  });
});
