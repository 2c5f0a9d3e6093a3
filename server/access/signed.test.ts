import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { membersOf } from "./testing/browser.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

it("what a member enters bears their own name, whatever name they send", async () => {
  const { operator } = await membersOf(client);
  const list = { name: "Ward", roster: "Ada", by: "Somebody else" };
  const made = await operator.ask("POST", "/api/v1/class-lists", list);
  expect([made.status, made.json]).toMatchObject([201, { by: "operator" }]);
});
