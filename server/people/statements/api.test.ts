import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

const NOBODY_ID = "00000000-0000-4000-8000-000000000000";

let counter: ApiClient;
let account: TestSource;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
  account = await counter.app.account();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

/** A lesson that has ended, with Ada in from 10:05 to 10:35 after a wait. Returns its id. */
async function lesson(room: string, of: TestSource = account): Promise<string> {
  await deliverBodies(
    counter.app,
    of,
    room,
    minutes(
      ["10:00", joins("Mia", { session: "mia", host: true })],
      ["10:02", knocks("Ada", { session: "ada" })],
      ["10:05", stopsWaiting("Ada", { session: "ada", since: "10:02" })],
      ["10:05", joins("Ada", { session: "ada" })],
      ["10:35", leaves("Ada", { session: "ada", joinedAt: "10:05" })],
      ["11:00", leaves("Mia", { session: "mia", joinedAt: "10:00", host: true })],
    ),
  );
  const page = await readPage(counter, `/api/v1/meetings?room=${room}`);
  return String(page.results[0]?.["id"]);
}

const answer = z.object({
  id: z.string(),
  url: z.string(),
  hash: z.string(),
  made_by: z.string(),
  erased_at: z.string().nullable(),
  facts: z
    .looseObject({
      person: z.looseObject({ name: z.string().nullable() }),
      attended_ms: z.number(),
      meetings: z.array(z.looseObject({ attended_ms: z.number() })),
    })
    .nullable(),
});
const checked = answer.extend({
  verdict: z.string(),
  altered: z.array(z.looseObject({ fact: z.string() })),
  corrected: z.array(z.looseObject({ fact: z.string() })),
});

async function state(meeting_id: string, participant_id = "ada"): Promise<Response> {
  return counter.send("POST", "/api/v1/statements", { meeting_id, participant_id });
}

async function check(id: string, shown: object) {
  const response = await counter.send("POST", `/api/v1/statements/${id}/check`, shown);
  expect(response.status).toBe(200);
  return checked.parse(await response.json());
}

describe("a statement of attendance", () => {
  test("states the facts of the meeting once, with a hash that anybody can calculate from them", async () => {
    const meeting = await lesson("stated");
    const made = await state(meeting);
    expect(made.status).toBe(201);
    const statement = answer.parse(await made.json());
    expect(statement).toMatchObject({
      made_by: "test",
      facts: {
        person: { name: "Ada" },
        attended_ms: 1_800_000,
        meetings: [
          {
            meeting_id: meeting,
            room: "stated",
            length_ms: 3_600_000,
            attended_ms: 1_800_000,
            hosted_ms: 0,
            waits: [{ outcome: "admitted", started_at: "2026-11-20T10:02:00.000Z" }],
          },
        ],
      },
    });
    expect(statement.url).toMatch(
      new RegExp(`/statements/${statement.id}\\?hash=${statement.hash}$`),
    );
    expect(statement.hash).toBe(createHash("sha256").update(sorted(statement.facts)).digest("hex"));

    const again = await state(meeting);
    expect(again.status).toBe(200);
    expect(answer.parse(await again.json()).id).toBe(statement.id);
  });

  test("can be read and checked with its address alone, but made only with a key", async () => {
    const meeting = await lesson("open");
    const { id, hash } = answer.parse(await (await state(meeting)).json());
    const read = await counter.ask(`/api/v1/statements/${id}?hash=${hash}`, {});
    expect(checked.parse(await read.json())).toMatchObject({ verdict: "unaltered", corrected: [] });
    const stranger = await counter.ask("/api/v1/statements", {}, "POST");
    expect(stranger.status).toBe(401);
    expect((await counter.ask("/api/v1/statements/nobody-knows", {})).status).toBe(404);
  });

  test("is reported as altered where the hash or a fact is another", async () => {
    const meeting = await lesson("forged");
    const { id, hash, facts } = answer.parse(await (await state(meeting)).json());
    expect(await check(id, { hash: hash.toUpperCase(), facts })).toMatchObject({
      verdict: "unaltered",
      altered: [],
    });
    expect(await check(id, { hash: "0".repeat(64) })).toMatchObject({ verdict: "altered" });
    const forged = { ...facts, attended_ms: 3_600_000 };
    expect(await check(id, { hash, facts: forged })).toMatchObject({
      verdict: "altered",
      altered: [{ fact: "attended_ms", was: 1_800_000, is: 3_600_000 }],
    });
  });

  test("is reported as altered where the stored facts were altered in the database", async () => {
    const meeting = await lesson("inside");
    const { id } = answer.parse(await (await state(meeting)).json());
    await counter.app.database.orm.execute(
      sql`update statements set facts = jsonb_set(facts, '{attended_ms}', '1') where id = ${id}`,
    );
    expect(await check(id, {})).toMatchObject({ verdict: "altered" });
  });

  test("names what was corrected since, and stays true after a replay", async () => {
    const meeting = await lesson("corrected");
    const { id, hash } = answer.parse(await (await state(meeting)).json());
    await replay(counter.app.database, null, () => undefined);
    expect(await check(id, { hash })).toMatchObject({ verdict: "unaltered" });

    // A visit that was not reported before arrives late.
    await deliverBodies(
      counter.app,
      account,
      "corrected",
      minutes(
        ["10:40", joins("Ada", { session: "ada" })],
        ["10:50", leaves("Ada", { session: "ada", joinedAt: "10:40" })],
      ),
    );
    const { verdict, corrected } = await check(id, { hash });
    expect(verdict).toBe("corrected");
    expect(corrected).toEqual(
      expect.arrayContaining([
        { meeting_id: meeting, fact: "attended_ms", was: 1_800_000, is: 2_400_000 },
        {
          meeting_id: meeting,
          fact: "last_left_at",
          was: "2026-11-20T10:35:00.000Z",
          is: "2026-11-20T10:50:00.000Z",
        },
      ]),
    );
    const renewed = answer.parse(await (await state(meeting)).json());
    expect(renewed.id).not.toBe(id);
    expect(await check(renewed.id, { hash: renewed.hash })).toMatchObject({ verdict: "unaltered" });
  });

  test("is made only of meetings that have ended, and of people who were there", async () => {
    await deliverBodies(
      counter.app,
      account,
      "going-on",
      minutes(["11:50", joins("Ada", { session: "ada" })]),
    );
    const page = await readPage(counter, "/api/v1/meetings?room=going-on");
    const going = await state(String(page.results[0]?.["id"]));
    expect(going.status).toBe(409);
    expect(await going.json()).toMatchObject({ error: { code: "meeting_going_on" } });
    expect((await state(await lesson("strangers"), "nobody")).status).toBe(404);
  });

  test("can be of days: their meetings that have ended, with events that arrived later", async () => {
    const [first, second] = [await lesson("monday"), await lesson("tuesday")];
    const people = await readPage(counter, `/api/v1/people?q=Ada&source=${account.id}`);
    const person_id = people.results[0]?.["id"];
    const days = { person_id, from: "2026-11-20", to: "2026-11-20", tz: "Asia/Kolkata" };
    const made = await counter.send("POST", "/api/v1/statements", days);
    const { id, hash, facts } = answer.parse(await made.json());
    expect(facts).toMatchObject({
      person: { id: person_id, name: "Ada" },
      period: { first_day: "2026-11-20", last_day: "2026-11-20", time_zone: "Asia/Kolkata" },
    });
    const stated = facts?.meetings.map((meeting) => meeting["meeting_id"]);
    expect(stated).toEqual(expect.arrayContaining([first, second]));
    expect(facts?.attended_ms).toBe(
      facts?.meetings.reduce((sum, meeting) => sum + meeting.attended_ms, 0),
    );
    expect(await check(id, { hash, facts })).toMatchObject({ verdict: "unaltered" });

    const third = await lesson("wednesday");
    expect(await check(id, { hash })).toMatchObject({
      verdict: "corrected",
      corrected: [
        { meeting_id: null, fact: "attended_ms" },
        { meeting_id: third, fact: "meeting", was: null, is: { room: "wednesday" } },
      ],
    });
    const empty = { ...days, from: "2026-11-21", to: "2026-11-21" };
    const nothing = answer.parse(
      await (await counter.send("POST", "/api/v1/statements", empty)).json(),
    );
    expect(nothing.facts).toMatchObject({ attended_ms: 0, meetings: [] });
  });

  test("marks what a demonstration made, within its hash", async () => {
    const { sql: run } = counter.app.database;
    const invented = await counter.app.account();
    await run`update sources set is_demo = true where id = ${invented.id}`;
    const meeting = await lesson("invented", invented);
    const { id, hash, facts } = answer.parse(await (await state(meeting)).json());
    expect(facts).toMatchObject({ person: { demo: true }, meetings: [{ demo: true }] });
    expect(await check(id, { hash, facts })).toMatchObject({ verdict: "unaltered", altered: [] });
    const { demo: _, ...person } = { demo: null, ...facts?.person };
    expect(await check(id, { facts: { ...facts, person } })).toMatchObject({
      verdict: "altered",
      altered: [{ fact: "demo", was: true, is: null }],
    });

    const { results } = await readPage(counter, `/api/v1/people?q=Ada&source=${invented.id}`);
    const days = { person_id: results[0]?.["id"], from: "2026-11-21", to: "2026-11-21" };
    const none = answer.parse(
      await (await counter.send("POST", "/api/v1/statements", days)).json(),
    );
    expect(none.facts).toMatchObject({ person: { demo: true }, meetings: [] });
  });

  test("has no mark of a demonstration where all is real", async () => {
    const { facts } = answer.parse(await (await state(await lesson("real"))).json());
    expect(facts?.person).not.toHaveProperty("demo");
    expect(facts?.meetings[0]).not.toHaveProperty("demo");
  });

  test("is refused for days on which two guests of the name were at one meeting", async () => {
    await deliverBodies(
      counter.app,
      account,
      "namesakes",
      minutes(
        ["10:00", joins("Bo", { session: "one" })],
        ["10:00", joins("Bo", { session: "other" })],
        ["10:30", leaves("Bo", { session: "one", joinedAt: "10:00" })],
        ["10:30", leaves("Bo", { session: "other", joinedAt: "10:00" })],
      ),
    );
    const people = await readPage(counter, `/api/v1/people?q=Bo&source=${account.id}`);
    const person_id = people.results[0]?.["id"];
    const days = { person_id, from: "2026-11-20", to: "2026-11-20", tz: "UTC" };
    const response = await counter.send("POST", "/api/v1/statements", days);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: "several_of_that_name" } });
  });

  test.each([
    ["no day", { person_id: NOBODY_ID, from: "2026-02-30", to: "2026-03-01" }],
    ["no zone", { person_id: NOBODY_ID, from: "2026-02-01", to: "2026-03-01", tz: "Mars" }],
    ["no JSON", "{"],
    ["no meeting", { participant_id: "ada" }],
    ["an invalid meeting id", { meeting_id: "algebra", participant_id: "ada" }],
  ])("is not made of %s", async (_, body) => {
    const response = await counter.send("POST", "/api/v1/statements", body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "bad_statement" } });
  });

  test.each([
    ["no JSON", "{"],
    ["no hash", { hash: "1234" }],
    ["some other file", { facts: { version: 1, results: [] } }],
    ["a file with more in it", { facts: { person: { name: "Ada" }, evil: "[".repeat(1_000) } }],
  ])("is not checked against %s", async (_, body) => {
    const { id } = answer.parse(await (await state(await lesson("any"))).json());
    const response = await counter.send("POST", `/api/v1/statements/${id}/check`, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "bad_check" } });
  });

  test("a hash in an address is compared whole, and refused where it is not whole", async () => {
    const { id } = answer.parse(await (await state(await lesson("any"))).json());
    const cut = await counter.ask(`/api/v1/statements/${id}?hash=1234`, {});
    expect([cut.status, await cut.json()]).toMatchObject([400, { error: { code: "bad_hash" } }]);
    const other = `/api/v1/statements/${id}/check?hash=${"0".repeat(64)}`;
    expect(await (await counter.send("POST", other, {})).json()).toMatchObject({
      verdict: "altered",
    });
  });
});

/** JSON with sorted names and no spaces, written for this test. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
