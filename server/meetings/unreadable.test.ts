import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { joins, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { makeUnknown } from "#server/ingest/testing/unknown-event.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const list = z.object({ results: z.tuple([z.object({ id: z.string() })]) });

test("a program that asks for a meeting with an event that cannot be read is told so, until it can be", async () => {
  const account = await client.app.account();
  await deliverBodies(client.app, account, "ward", minutes(["10:00", joins("Ada")]));
  const { results } = list.parse(await client.read("/api/v1/meetings"));
  const path = `/api/v1/meetings/${results[0].id}`;
  const mend = await makeUnknown(client.app.database, account.id, "ward");
  const refused = await client.ask(path);
  expect([refused.status, await refused.json()]).toEqual([
    500,
    {
      error: {
        code: "unreadable_event",
        message:
          "This cannot be read now: an event of type hand_raised cannot be read: its type is not a known one. Perhaps a later version recorded it.",
      },
    },
  ]);
  // Its row is a projection, and is listed all the while.
  list.parse(await client.read("/api/v1/meetings"));
  await mend();
  expect((await client.ask(path)).status).toBe(200);
});
