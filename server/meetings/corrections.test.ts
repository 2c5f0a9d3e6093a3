import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
let account: TestSource;
let id: string;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("10:45") });
  counter = await openApiClient();
  account = await counter.app.account();
  await deliverBodies(
    counter.app,
    account,
    "ward-7",
    minutes(
      ["10:00", joins("Ada", { session: "laptop" })],
      ["10:10", joins("Ada’s iPhone", { session: "phone" })],
      ["10:12", knocks("Bo", { session: "bo" })],
      ["10:13", stopsWaiting("Bo", { session: "bo", since: "10:12" })],
      ["10:20", leaves("Ada’s iPhone", { session: "phone", joinedAt: "10:10" })],
      ["10:30", leaves("Ada", { session: "laptop", joinedAt: "10:00" })],
      ["10:31", joins("Cy", { session: "cy" })],
    ),
  );
  const page = await readPage(counter, `/api/v1/meetings?source=${account.id}`);
  id = String(page.results[0]?.["id"]);
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const answer = z.object({ ruling: z.string(), seq: z.number(), by: z.string() });
const people = z.object({
  people: z.array(
    z.object({
      identified_by: z.string(),
      attended_ms: z.number(),
      visits: z.array(z.object({ participant_id: z.string() })),
    }),
  ),
});

/** Each person as `laptop+phone 30`: their participants, and the minutes attended. */
async function everybody(): Promise<string[]> {
  const meeting = people.parse(await counter.read(`/api/v1/meetings/${id}`));
  return meeting.people.map(({ visits, attended_ms }) =>
    [visits.map(({ participant_id }) => participant_id).join("+"), attended_ms / 60_000].join(" "),
  );
}

async function correct(body: unknown): Promise<z.infer<typeof answer>> {
  const response = await counter.send("POST", `/api/v1/meetings/${id}/rulings`, body);
  expect(response.status).toBe(201);
  return answer.parse(await response.json());
}

describe("a correction by an operator", () => {
  const apart = ["laptop 30", "phone 10", " 0", "cy 14"];
  const together = ["laptop+phone 30", " 0", "cy 14"];

  test("joins two people into one, is an event with its author and time, and can be undone", async () => {
    expect(await everybody()).toEqual(apart);
    const { ruling, seq, by } = await correct({
      verdict: "same",
      participant_ids: ["laptop", "phone"],
      by: "Mia",
    });
    expect(by).toBe("test");
    expect(await everybody()).toEqual(together);
    const events = await readPage(counter, `/api/v1/meetings/${id}/events?after_seq=${seq - 1}`);
    expect(events.results).toMatchObject([
      {
        seq,
        type: "identity_ruled",
        at: new Date(clock("10:00")).toISOString(),
        delivery_id: null,
        data: {
          ruling,
          verdict: "same",
          participant_ids: ["laptop", "phone"],
          by: "test",
          ruled_at: new Date(clock("10:45")).toISOString(),
        },
      },
    ]);

    const undone = await counter.send("DELETE", `/api/v1/meetings/${id}/rulings/${ruling}`);
    expect([undone.status, answer.parse(await undone.json()).seq]).toEqual([200, seq + 1]);
    expect(await everybody()).toEqual(apart);
    const again = await counter.send("DELETE", `/api/v1/meetings/${id}/rulings/${ruling}`);
    expect(again.status).toBe(404);
  });

  test("holds for later events, and after a replay", async () => {
    const { ruling } = await correct({ verdict: "same", participant_ids: ["laptop", "cy"] });
    await deliverBodies(
      counter.app,
      account,
      "ward-7",
      minutes(["10:40", leaves("Cy", { session: "cy", joinedAt: "10:31" })]),
    );
    const expected = ["laptop+cy 39", "phone 10", " 0"];
    expect(await everybody()).toEqual(expected);
    await replay(counter.app.database, null, () => undefined);
    expect(await everybody()).toEqual(expected);
    await counter.send("DELETE", `/api/v1/meetings/${id}/rulings/${ruling}`);
    expect(await everybody()).toEqual(["laptop 30", "phone 10", " 0", "cy 9"]);
  });

  test.each([
    ["nothing", "", 400],
    ["invalid JSON", "{", 400],
    ["another verdict", { verdict: "maybe", participant_ids: ["laptop", "phone"] }, 400],
    ["one participant alone", { verdict: "same", participant_ids: ["laptop", "laptop"] }, 400],
    [
      "a person apart from themselves",
      { verdict: "different", participant_ids: ["cy"], apart_from: ["cy"] },
      400,
    ],
    ["an unknown participant", { verdict: "same", participant_ids: ["laptop", "eve"] }, 404],
  ])("of %s is refused with a reason", async (_, body, status) => {
    const before = await counter.read(`/api/v1/meetings/${id}/events`);
    const response = await counter.send("POST", `/api/v1/meetings/${id}/rulings`, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
    expect(await counter.read(`/api/v1/meetings/${id}/events`)).toEqual(before);
  });

  test("of an unknown meeting is answered 404", async () => {
    for (const unknown of ["nope", "00000000-0000-7000-8000-000000000000"]) {
      const body = { verdict: "same", participant_ids: ["a", "b"] };
      const response = await counter.send("POST", `/api/v1/meetings/${unknown}/rulings`, body);
      expect(response.status).toBe(404);
    }
  });
});
