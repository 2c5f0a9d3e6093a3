import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";
import { type ParsedMetric, parseExposition } from "./testing/exposition.ts";

let client: ApiClient;
let clinic: TestSource;
let school: TestSource;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

type Metrics = Map<string, ParsedMetric>;

async function scrape(key = client.key): Promise<Metrics> {
  const answer = await client.ask("/api/metrics", { authorization: `Bearer ${key}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return parseExposition(await answer.text());
}

/** The one sample with these labels; 0 where there is none. */
function valueIn(metrics: Metrics, sample: string, labels: Record<string, string> = {}): number {
  const all = [...metrics.values()].flatMap(({ samples }) => samples);
  const found = all.filter(
    (one) => one.name === sample && Object.entries(labels).every(([k, v]) => one.labels[k] === v),
  );
  expect(found.length).toBeLessThan(2);
  return found[0]?.value ?? 0;
}

beforeEach(async () => {
  // A reading is shared for a second by everybody with the same sight: each test has sources and keys of its own.
  client.app.now = clock("10:10");
  clinic = await client.app.account();
  school = await client.app.account("generic");
});

/** A key whose sight nobody had before, so that its numbers are read anew. */
async function keyFor(sight: { sources?: string[]; rooms?: string[] }): Promise<string> {
  const { key } = await createKey(client.app.database.orm, "Prometheus", {
    scopes: ["read"],
    sight: { sources: null, rooms: null, masked: false, ...sight },
  });
  return key;
}

test("the text is what Prometheus reads, and every metric says what it is", async () => {
  const metrics = await scrape();
  expect(metrics.size).toBeGreaterThan(40);
  for (const [name, { help, type, samples }] of metrics) {
    expect(help.length, name).toBeGreaterThan(5);
    expect(["counter", "gauge", "histogram", "summary"], name).toContain(type);
    if (!name.startsWith("rollcall_")) continue;
    expect(name.endsWith("_total"), name).toBe(type === "counter");
    if (type === "histogram") expectCumulative(name, samples);
  }
});

function expectCumulative(name: string, samples: ParsedMetric["samples"]): void {
  const buckets = samples.filter((one) => one.name === `${name}_bucket`);
  const values = buckets.map(({ value }) => value);
  expect(values, name).toEqual(values.toSorted((a, b) => a - b));
  expect(buckets.at(-1)?.labels["le"], name).toBe("+Inf");
  expect(samples.find((one) => one.name === `${name}_count`)?.value, name).toBe(values.at(-1));
}

test("what is kept, repeated, projected and refused is counted where it happens", async () => {
  const before = await scrape();
  const day = minutes(["10:00", joins("Ada")], ["10:05", joins("Bo")], ["10:09", leaves("Bo")]);
  expect(await deliverBodies(client.app, clinic, "ward", day)).toEqual([
    "recorded",
    "recorded",
    "recorded",
  ]);
  const body = JSON.stringify({ not: "signed" });
  await post(client.app, clinic, body, { secret: "b3RoZXI=" });
  const after = await scrape();
  const grown = (name: string, labels = {}) =>
    valueIn(after, name, labels) - valueIn(before, name, labels);
  expect(grown("rollcall_deliveries_kept_total")).toBe(3);
  expect(grown("rollcall_deliveries_projected_total")).toBe(3);
  expect(grown("rollcall_events_projected_total")).toBe(3);
  expect(grown("rollcall_acknowledgement_seconds_count")).toBe(3);
  expect(grown("rollcall_projection_delay_seconds_count")).toBe(3);
  expect(grown("rollcall_keep_batch_size_sum")).toBe(3);
  const labels = { source: clinic.id, reason: "signature_mismatch" };
  expect(grown("rollcall_refused_total", labels)).toBe(1);
});

test("people in meetings, who waits and for how long, and who gave up today, by source", async () => {
  const now = Date.now();
  const at = (minute: number) => new Date(now - minute * 60_000);
  client.app.now = now;
  await deliverBodies(
    client.app,
    clinic,
    "ward",
    [joins("Ada"), joins("Bo"), knocks("Cy"), knocks("Di")].map((made, index) =>
      made(at([20, 18, 9, 3][index] ?? 0).getTime()),
    ),
  );
  const metrics = await scrape(await keyFor({ sources: [clinic.id, school.id] }));
  const of = (name: string, source: TestSource) => valueIn(metrics, name, { source: source.id });
  expect(of("rollcall_meetings_in_progress", clinic)).toBe(1);
  expect(of("rollcall_people_in_meetings", clinic)).toBe(2);
  expect(of("rollcall_people_waiting", clinic)).toBe(2);
  expect(of("rollcall_longest_wait_seconds", clinic)).toBeGreaterThanOrEqual(9 * 60);
  expect(of("rollcall_last_delivery_timestamp_seconds", clinic)).toBe(now / 1_000);
  expect(of("rollcall_people_in_meetings", school)).toBe(0);
  expect(of("rollcall_longest_wait_seconds", school)).toBe(0);
  expect(metrics.get("rollcall_source_info")?.samples).toContainEqual({
    name: "rollcall_source_info",
    labels: { source: school.id, provider: "generic", name: "Clinic", demo: "false" },
    value: 1,
  });
});

test("a key that sees a part is given the numbers of that part, and none of the process", async () => {
  await deliverBodies(client.app, clinic, "ward", minutes(["10:00", joins("Ada")]));
  await deliverBodies(client.app, school, "algebra", minutes(["10:00", joins("Bo")]));
  await post(client.app, clinic, "{}", { secret: "b3RoZXI=" });
  await post(client.app, school, "{}", { secret: "b3RoZXI=" });
  const seen = await scrape(await keyFor({ sources: [school.id] }));
  const everySource = [...seen.values()].flatMap(({ samples }) =>
    samples.map(({ labels }) => labels["source"]),
  );
  expect(new Set(everySource)).toEqual(new Set([school.id]));
  expect(valueIn(seen, "rollcall_people_in_meetings", { source: school.id })).toBe(1);
  expect(seen.has("rollcall_deliveries_kept_total")).toBe(false);
  expect(seen.has("rollcall_unprojected")).toBe(false);

  const room = await scrape(await keyFor({ rooms: ["algebra"] }));
  const { samples = [] } = room.get("rollcall_people_in_meetings") ?? {};
  expect(samples).toEqual([
    { name: "rollcall_people_in_meetings", labels: { source: school.id }, value: 1 },
  ]);
  expect(room.get("rollcall_refused_total")?.samples).toEqual([]);
});

test("no key, and one without the scope, get nothing", async () => {
  expect((await client.ask("/api/metrics", {})).status).toBe(401);
  const { key } = await createKey(client.app.database.orm, "importer", { scopes: ["deliver"] });
  const answer = await client.ask("/api/metrics", { authorization: `Bearer ${key}` });
  expect(answer.status).toBe(403);
});
