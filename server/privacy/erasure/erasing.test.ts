import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportJob } from "#db/jobs/jobs.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { ADA } from "#server/testing/actor.ts";
import { deliverBodies, openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { ERASURE, type ErasureOptions, erasePerson, resumeErasures } from "./erase-person.ts";
import { erasing } from "./erasing.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test("how far an erasure is, any process says: at each step, where it failed, and where its process has ended", async () => {
  const zelda = { session: "z", user: "zelda@example.org" };
  const visit = minutes(
    ["10:00", joins("Zelda", zelda)],
    ["10:30", leaves("Zelda", { ...zelda, joinedAt: "10:00" })],
  );
  app.now = clock("12:00");
  const account = await app.account();
  for (const room of ["ward", "lab", "hall"]) await deliverBodies(app, account, room, visit);
  const [row] = await app.database.orm.execute<{ id: string }>(sql`
    select id from people where name = 'Zelda' and meetings = 3`);
  const other = app.neighbour().database;
  const here = () => erasing().seen(app.database);
  expect(await here()).toBeNull();

  let steps = 0;
  const options: ErasureOptions = {
    ...{ by: ADA, secret: SECRET, now: () => app.now, meetingsAtOnce: 1 },
    onErased: () => {
      steps += 1;
      if (steps === 2) throw new Error("switched off");
    },
  };
  const failing = await app.database.sql.begin(async (tx) => {
    await tx`lock table events in share mode`;
    const begun = erasePerson(other, row?.id ?? "", options).catch(String);
    await eventually(async () => {
      expect(await here()).toEqual({ state: "running", done: 0, total: 3 });
    });
    return { begun };
  });
  expect(await failing.begun).toBe("Error: switched off");
  expect(await here()).toEqual({ state: "stopped", done: 2, total: 3 });

  const running = { state: "running", done: 1, total: 3 };
  await reportJob(other.orm, ERASURE, running, Date.now());
  expect(await here()).toEqual(running);
  await reportJob(other.orm, ERASURE, running, Date.now() - 60_000);
  expect(await here()).toEqual({ ...running, state: "stopped" });

  expect(await resumeErasures(other, { ...options, onErased: () => undefined })).toBe(1);
  expect(await here()).toBeNull();
  expect([...(await other.orm.execute(sql`select id from jobs`))]).toEqual([]);
});
