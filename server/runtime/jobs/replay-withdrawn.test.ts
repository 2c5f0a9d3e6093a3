import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joins, minutes } from "#domain/testing/history.ts";
import { deliverBodies, openTestApp, type TestApp } from "#server/testing/test-app.ts";
import { replay } from "./replay.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test("a room whose deliveries have no events any more has no people left on the live page", async () => {
  const account = await app.account();
  await deliverBodies(app, account, "ward", minutes(["10:00", joins("Ada")]));
  // A newer translation reads the delivery as something else.
  await app.database.orm.execute(sql`update deliveries set body = 'no JSON'`);
  await replay(app.database, null, () => undefined);
  const rows = await app.database.orm.execute(sql`
    select m.id, seq, present_count, status, (select count(*)::int from events e where e.meeting_id = m.id) as events
    from meetings m where m.source_id = ${account.id} and merged_into is null`);
  expect([...rows]).toMatchObject([{ seq: 0, present_count: 0, status: "ended", events: 0 }]);
});
