import { afterAll, beforeAll, expect, test } from "vitest";
import { clock, ends, joins, minutes } from "#domain/testing/history.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";
import { readPage } from "./testing/pages.ts";

let client: ApiClient;
let clinic: TestSource;
const deliver = (...lines: Parameters<typeof minutes>) =>
  deliverBodies(client.app, clinic, "ward", minutes(...lines));
beforeAll(async () => {
  client = await openApiClient();
  clinic = await client.app.account();
  client.app.now = clock("10:00");
  await deliver(["10:00", joins("Ada")]);
});
afterAll(() => client.app.close());

const ask = (path: string, named?: string) => {
  const known = { authorization: `Bearer ${client.key}` };
  return client.ask(path, named === undefined ? known : { ...known, "if-none-match": named });
};

test("what is the same is 304 without a body, and what changed is answered", async () => {
  const path = "/api/v1/meetings?limit=1";
  const first = await ask(path);
  const tag = first.headers.get("etag") ?? "";
  expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  for (const named of [tag, tag.replace("W/", ""), `"x", ${tag}`, "*"]) {
    const again = await ask(path, named);
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, tag, ""]);
    expect(again.headers.has("ratelimit")).toBe(true);
  }
  for (const named of ['"x"', "", tag.slice(0, -2), "W/*"]) {
    expect((await ask(path, named)).status).toBe(200);
  }
  await deliver(["10:01", joins("Bo")]);
  const changed = await ask(path, tag);
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(tag);
});

test("when an answer was counted is no change of it", async () => {
  const { results } = await readPage(client, "/api/v1/meetings?limit=1");
  await deliver(["10:30", ends()]);
  const path = `/api/v1/meetings/${String(results[0]?.["id"])}`;
  const answers = [await ask(path), await ask(path)];
  const [first, second] = answers.map(({ headers }) => headers.get("etag"));
  expect(first).toBe(second);
  expect(await answers[0]?.text()).toContain('"as_of"');
  expect((await ask(path, first ?? "")).status).toBe(304);
});

test("files and refusals have none", async () => {
  for (const path of ["/api/v1/meetings.csv", "/api/v1/meetings.json", "/api/v1/meetings/none"]) {
    expect((await ask(path, "*")).headers.has("etag"), path).toBe(false);
  }
});
