import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareLivePositions, livePositionOf, liveTotalsOf } from "#domain/live/live-position.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { readFrame, readLive } from "./snapshot.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** The situations in which a room may be at ten past ten. */
const LIVES = {
  quiet: minutes(["10:00", joins("Ada", { host: true })]),
  "without a host": minutes(["10:01", joins("Bo")]),
  "somebody waits": minutes(["10:00", joins("Ada", { host: true })], ["10:05", knocks("Cy")]),
  "somebody waits longer": minutes(["10:04", knocks("Di")], ["10:06", joins("Bo")]),
  "two wait, nobody is in": minutes(["10:06", knocks("Ed")], ["10:03", knocks("Flo")]),
  "just over": minutes(["10:00", joins("Ada")], ["10:09", leaves("Ada", { joinedAt: "10:00" })]),
  "long over": minutes(["09:00", joins("Ada")], ["09:10", leaves("Ada", { joinedAt: "09:00" })]),
} as const;

async function open(account: TestSource, lives: readonly (keyof typeof LIVES)[]): Promise<void> {
  app.now = clock("10:10");
  await Promise.all(
    lives.map((life, room) => deliverBodies(app, account, `${account.id} ${room}`, LIVES[life])),
  );
}

test("the database orders and counts the meetings of the live page as the domain does", async () => {
  await open(await app.account(), ["quiet", "long over", "somebody waits"]);
  const more = fc.array(fc.constantFrom<keyof typeof LIVES>(...keys(LIVES)), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(more, fc.integer({ min: 1, max: 40 }), async (lives, first) => {
      await open(await app.account(), lives);
      const { orm } = app.database;
      const now = clock("10:10");
      const [whole, some, frame] = [
        await readLive(orm, now),
        await readLive(orm, now, first),
        await readFrame(orm, now),
      ];
      const positions = whole.meetings.map(livePositionOf);
      expect(positions).toEqual(positions.toSorted(compareLivePositions));
      expect(whole.frontier).toBeNull();
      expect(whole.totals).toEqual(liveTotalsOf(whole.meetings));

      expect(some.meetings).toEqual(whole.meetings.slice(0, first));
      expect(some.totals).toEqual(whole.totals);
      const isWhole = whole.meetings.length <= first;
      expect(some.frontier).toEqual(isWhole ? null : positions[first - 1]);
      expect(Object.keys(some.steps)).toHaveLength(some.meetings.length);
      for (const { id } of some.meetings) expect(some.steps[id]).toEqual(whole.steps[id]);

      expect(frame).toMatchObject({ meetings: [], steps: {}, totals: whole.totals });
      expect(frame.as_of).toBe(toWireTime(now));
    }),
    { numRuns: 12 },
  );
});

function keys<T extends object>(of: T): (keyof T & string)[] {
  return Object.keys(of).filter((key): key is keyof T & string => key in of);
}
