import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processContext } from "#server/runtime/process-context.ts";
import { Rates } from "./rate.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";

const MINUTE = 60_000;

test("in no minute that begins with its first request a key sends more than it may", () => {
  const waits = fc.array(fc.record({ key: fc.constantFrom("a", "b"), after: fc.nat(40_000) }));
  fc.assert(
    fc.property(waits, fc.integer({ min: 1, max: 4 }), (requests, most) => {
      const rates = new Rates();
      const taken: Record<string, number[]> = { a: [], b: [] };
      let now = 0;
      for (const { key, after } of requests) {
        now += after;
        const { left, resetSeconds } = rates.count(key, most, now);
        expect(resetSeconds).toBeGreaterThan(0);
        expect(resetSeconds).toBeLessThanOrEqual(60);
        if (left >= 0) taken[key]?.push(now);
        // Whoever waits as long as they are told is served.
        else expect(rates.count(key, most, now + resetSeconds * 1000).left).toBe(most - 1);
        if (left < 0) return;
      }
      for (const times of Object.values(taken)) {
        for (let at = 0; at < times.length; ) {
          const from = times[at] ?? 0;
          const inMinute = times.filter((one) => one >= from && one < from + MINUTE);
          expect(inMinute.length).toBeLessThanOrEqual(most);
          at += inMinute.length;
        }
      }
    }),
  );
});

let client: ApiClient;
let most: number | null;
beforeAll(async () => {
  client = await openApiClient();
  most = processContext().env.requestsAMinute;
  processContext().env.requestsAMinute = 3;
});
afterAll(async () => {
  processContext().env.requestsAMinute = most;
  await client.app.close();
});

test("a key is told how much is left, and is refused what is too much; a person is not counted", async () => {
  const told: (string | null)[] = [];
  for (const path of ["/api/v1/meetings", "/api/v1/meetings/none", "/api/v1/bots/none"]) {
    const answer = await client.ask(path);
    expect(answer.headers.get("ratelimit-policy")).toBe('"minute";q=3;w=60');
    told.push(answer.headers.get("ratelimit"));
  }
  expect(told).toEqual(
    [2, 1, 0].map((left) => expect.stringMatching(`^"minute";r=${left};t=\\d+$`)),
  );
  for (const path of ["/api/v1/meetings", "/api/v1/bots/none"]) {
    const refused = await client.ask(path);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit")).toMatch(/^"minute";r=0;t=\d+$/);
    expect(await refused.text()).toMatch(/3 requests a minute: try again in \d+ s/);
  }
  expect((await client.send("POST", "/api/v1/rosters/read", { roster: "Ada" })).status).toBe(429);
  for (let asked = 0; asked < 5; asked += 1) {
    const answer = await client.ask("/api/v1/meetings", client.person);
    expect([answer.status, answer.headers.has("ratelimit")]).toEqual([200, false]);
  }
});
