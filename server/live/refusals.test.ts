import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "#db/connection/bus.ts";
import { refusals as refused } from "#db/schema/accounts.ts";
import { hoursSince } from "#db/sources/refusal-hours.ts";
import { type NamedRefusal, openRefusals, storeRefusals } from "#db/sources/refusals.ts";
import { eventually } from "#db/testing/eventually.ts";
import { Refusals } from "#server/ingest/refusals.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const REASONS = ["signature_missing", "paused"] as const;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("refused"), reason: fc.constantFrom(...REASONS) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("taken") }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("kept") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("failed") }) },
);

test("every refusal since the last taken webhook is counted, whenever counts are stored and however often that fails", async () => {
  const { orm } = app.database;
  const { id } = await app.account();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await orm.delete(refused);
      const source = { id, provider: "daily", name: "Clinic" };
      const refusals = new Refusals();
      let count = 0;
      let at = Date.now();
      const store = async () => {
        await storeRefusals(orm, refusals.leave());
        refusals.read(await openRefusals(orm));
      };
      for (const one of steps) {
        at += 1_000;
        if ("reason" in one) {
          refusals.refused(source, one.reason, at);
          count += 1;
        } else if (one.kind === "taken") {
          refusals.taken(id, at);
          count = 0;
        } else if (one.kind === "kept") {
          await store();
        } else {
          refusals.leave();
          refusals.stayed();
        }
        expect(sum(refusals.open())).toBe(count);
      }
      await store();
      expect(sum(refusals.open())).toBe(count);
      const stored = await openRefusals(orm);
      expect(sum(stored)).toBe(count);
      expect(stored.length).toBeLessThanOrEqual(REASONS.length);
      expect(refusals.isWaiting).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test("what strangers send to no source makes no other process read", async () => {
  const { orm, sql } = app.database;
  const { id } = await app.account();
  const heard: boolean[] = [];
  const stop = await listen(
    sql,
    (notification) => heard.push(notification.refusals),
    () => undefined,
  );
  const refusals = new Refusals();
  const store = () => storeRefusals(orm, refusals.leave());
  for (const address of ["192.0.2.1", "192.0.2.2"]) {
    refusals.unknown(Date.now(), address);
    await store();
  }
  expect((await hoursSince(orm, 0)).find(({ sourceId }) => sourceId === null)?.count).toBe(2);
  refusals.refused({ id, provider: "daily", name: "Clinic" }, "paused", Date.now());
  await store();
  // Notifications arrive in the order of their commits.
  await eventually(() => expect(heard).toEqual([true]));
  await stop();
});

function sum(open: readonly NamedRefusal[]): number {
  return open.reduce((total, { count }) => total + count, 0);
}
