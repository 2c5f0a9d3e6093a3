import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { joins, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, thereAndBack } from "#server/http/testing/pages.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const people = z.object({ results: z.array(z.object({ id: z.string() })) });
const entered = z.object({ apart: z.string() });

test("the pairs of people who are not the same go on from page to page, by the links that are given", async () => {
  const lines = ["Ada", "Bo", "Cy"].map((name, n) =>
    minutes([`10:0${n}`, joins(name, { user: name, session: name })]),
  );
  await deliverBodies(client.app, await client.app.account(), "algebra", lines.flat());
  const { results } = people.parse(await client.read("/api/v1/people"));
  const [ada, ...others] = results.map(({ id }) => id);
  const made: string[] = [];
  for (const other of others) {
    const answer = await client.send("POST", "/api/v1/people/apart", { people: [ada, other] });
    made.unshift(entered.parse(await answer.json()).apart);
  }
  expect(made).toHaveLength(2);
  const all = await thereAndBack(client, "/api/v1/people/apart?limit=1", column("apart"));
  expect(all.there).toEqual(made);
  expect(all.back).toEqual(made);
});
