import { afterAll, beforeAll, expect, test } from "vitest";
import { lastReceivedOf } from "#db/live/live.ts";
import { addSource } from "#db/sources/sources.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import { clock, rules } from "#domain/testing/history.ts";
import { record, unreadableArrival } from "#server/ingest/testing/recorder.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** Keeps a delivery without events that was received at that time. */
async function keepAt(sourceId: string, time: string): Promise<void> {
  const receivedAt = clock(time);
  const delivery = { sourceId, receivedAt, status: "ignored", reason: "nothing of ours" } as const;
  await record(app.database, [unreadableArrival(delivery, rules)], receivedAt);
}

test("the last received delivery is not the last one that was kept, nor one of an import", async () => {
  const lastAt = async () => (await lastReceivedOf(app.database.orm)).lastEventAt;
  const clinic = await app.account();
  const past = await app.account();
  const sealedSecret = Buffer.alloc(0);
  const files = await addSource(app.database.orm, {
    provider: IMPORT,
    name: "Zoom",
    sealedSecret,
  });
  expect(await lastAt()).toBeNull();
  await keepAt(files, "11:00");
  expect(await lastAt()).toBeNull();
  await keepAt(clinic.id, "10:00");
  expect(await lastAt()).toBe(clock("10:00"));
  await keepAt(past.id, "09:00");
  expect(await lastAt()).toBe(clock("10:00"));
  await keepAt(clinic.id, "10:30");
  expect(await lastAt()).toBe(clock("10:30"));
});
