import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stoppedRooms, unprojectedCount } from "#db/recording/unprojected.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { rebuildStale } from "#server/ingest/stale.ts";
import { readMeeting } from "#server/live/meeting.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { makeUnknown } from "./testing/unknown-event.ts";

/* A later version recorded an event of a type that this one does not know, and this one was started again. */

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  app.now = clock("11:00");
  account = await app.account();
});
afterAll(() => app.close());

const began = minutes(["10:00", joins("Ada")], ["10:05", knocks("Bo")]);
const wentOn = minutes(["10:20", leaves("Ada")], ["10:30", joins("Bo")]);

async function statuses(): Promise<unknown[]> {
  const rows = await app.database.orm.execute<{ status: string }>(sql`
    select status from deliveries where source_id = ${account.id} order by id`);
  return rows.map(({ status }) => status);
}

test("what comes for a room with an unknown event is kept, other rooms go on, and it is shown once the event is known", async () => {
  const undisturbed = await app.account();
  for (const room of ["ward", "hall"]) {
    await deliverBodies(app, undisturbed, room, [...began, ...wentOn]);
    await deliverBodies(app, account, room, began);
  }
  const mend = await makeUnknown(app.database, account.id, "ward");

  // Ada leaves, of whom something is unknown; then Bo joins, of whom all is known, beside another room.
  expect(await deliverBodies(app, account, "ward", wentOn.slice(0, 1))).toEqual(["recorded"]);
  const answers = await Promise.all([
    deliverBodies(app, account, "ward", wentOn.slice(1)),
    deliverBodies(app, account, "hall", wentOn),
  ]);
  expect(answers.flat()).toEqual(["recorded", "recorded", "recorded"]);
  expect(await statuses()).toEqual(Array.from({ length: 8 }, () => "recorded"));
  expect((await unprojectedCount(app.database.orm)).count).toBe(1);
  expect((await unprojectedCount(app.database.orm, { without: "stopped" })).count).toBe(0);
  expect(await stoppedRooms(app.database.orm)).toEqual({
    rooms: 1,
    since: app.now,
    event: { meetingId: expect.any(String), seq: 1, type: "hand_raised", field: "type" },
  });
  const hall = (all: string[]) => all.filter((line) => line.includes("hall"));
  const before = await readModels(app.database, undisturbed.id);
  expect(hall(before)).not.toEqual([]);
  expect(hall(await readModels(app.database, account.id))).toEqual(hall(before));
  expect(app.log.map(({ message }) => message)).toEqual(["room not projected"]);

  const { meetingId = "" } = (await stoppedRooms(app.database.orm))?.event ?? {};
  expect(await readMeeting(meetingId, app.database.orm, app.now)).toEqual({
    kind: "unreadable",
    event: { meetingId, seq: 1, type: "hand_raised", field: "type" },
  });

  const { projector } = app.neighbour().door.intake;
  projector.watch();
  await projector.projectAll();
  expect((await unprojectedCount(app.database.orm)).count).toBe(1);
  await mend();
  await eventually(async () => expect((await unprojectedCount(app.database.orm)).count).toBe(0));
  await projector.stop();
  expect(await stoppedRooms(app.database.orm)).toBeNull();
  expect(await readMeeting(meetingId, app.database.orm, app.now)).toMatchObject({
    kind: "found",
    facts: { id: meetingId, seq: 4 },
  });
  expect(await readModels(app.database, account.id)).toEqual(before);
});

test("the clock changes other rooms", async () => {
  // Bo's wait expires, in each of the rooms.
  const later = clock("10:05") + 5 * 3_600_000;
  while ((await rebuildStale(app.database, later)) > 0);
  for (const room of ["ward", "hall"]) await deliverBodies(app, account, room, began);
  const mend = await makeUnknown(app.database, account.id, "ward", 2);
  expect(await rebuildStale(app.database, later)).toBe(1);
  expect(await rebuildStale(app.database, later)).toBe(0);
  await mend();
  expect(await rebuildStale(app.database, later)).toBe(1);
});
