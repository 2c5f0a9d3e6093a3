import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { joins, knocks } from "#domain/testing/history.ts";
import { root } from "#server/boot/project.mjs";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

/* What the recipe for Grafana asks for is there. */

let client: ApiClient;
let recipe: string;
beforeAll(async () => {
  client = await openApiClient();
  recipe = await readFile(join(root, "client/examples/grafana.md"), "utf8");
  const source = await client.app.account();
  client.app.now = Date.now();
  await deliverBodies(client.app, source, "ward", [
    joins("Ada")(Date.now() - 60_000),
    knocks("Di")(Date.now() - 30_000),
  ]);
});
afterAll(() => client.app.close());

const list = z.object({ results: z.array(z.record(z.string(), z.unknown())) });

test("each address of it answers rows, and those of its table have its columns", async () => {
  const addresses = [...recipe.matchAll(/(\/api\/v1\/[^\s`]+)/g)].map(
    ([, address = ""]) => address,
  );
  expect(addresses).toHaveLength(2);
  const columns = /\| columns \|(.*)\|/.exec(recipe)?.[1] ?? "";
  const named = [...columns.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  expect(named).toEqual(["name", "room", "started_at", "duration_ms"]);
  const [waits, live] = await Promise.all(
    addresses.map(async (address) => list.parse(await client.read(address)).results),
  );
  expect(waits).toHaveLength(1);
  expect(live).toHaveLength(1);
  for (const name of named) expect(waits?.[0]?.[name]).not.toBeUndefined();
  expect(waits?.[0]).toMatchObject({ name: "Di", room: "ward", duration_ms: expect.any(Number) });
});

test("each number of it is among the metrics", async () => {
  const text = await (await client.ask("/api/metrics")).text();
  const names = [...recipe.matchAll(/\((rollcall_\w+)\)/g)].map(([, name = ""]) => name);
  expect(names).toEqual(["rollcall_people_waiting", "rollcall_longest_wait_seconds"]);
  for (const name of names) expect(text).toMatch(new RegExp(`^${name}\\b`, "m"));
});
