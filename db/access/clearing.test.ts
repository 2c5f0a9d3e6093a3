import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { attemptCounts, memberSessions } from "#db/schema/members.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { clearAccess } from "./clearing.ts";
import { makeLink, openLink } from "./links.ts";
import { insertMember } from "./members.ts";

let made: TestDatabase;
let database: Database;
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

test("what is over is taken out, and what is not stays", async () => {
  const { orm } = database;
  const now = Date.now();
  const facts = {
    name: "Ada",
    email: "ada@example.com",
    role: "owner",
    sight: WHOLE_SIGHT,
  } as const;
  const userId = (await insertMember(orm, facts)) ?? "";
  const session = (endsIn: number) => ({
    ...{ id: uuid(), token: uuid(), userId, expiresAt: new Date(now + endsIn) },
  });
  const lasting = session(60_000);
  await orm.insert(memberSessions).values([session(-1_000), lasting]);
  const key = (name: string, endsIn: number) => ({
    ...{ key: name, points: 1, expire: new Date(now + endsIn) },
  });
  await orm.insert(attemptCounts).values([key("old", -1_000), key("new", 60_000)]);
  const link = await makeLink(orm, "invitation", userId, now);
  await clearAccess(orm, now);
  expect((await orm.select().from(memberSessions)).map(({ id }) => id)).toEqual([lasting.id]);
  expect((await orm.select().from(attemptCounts)).map((one) => one.key)).toEqual(["new"]);
  expect(await openLink(orm, link, now)).not.toBeNull();
  await clearAccess(orm, now + 8 * 86_400_000);
  expect(await openLink(orm, link, now)).toBeNull();
});
