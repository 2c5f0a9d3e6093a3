import fc from "fast-check";
import { expect, test } from "vitest";
import { toWireTime } from "#domain/time/wire-time.ts";
import { wireClaim } from "#domain/waits/handling-wire.ts";
import { compareLivePositions, LIVE_START, livePositionOf } from "./live-position.ts";

const UNCLAIMED = wireClaim([], { endedAt: null }, 0);

const MORNING = Date.UTC(2026, 10, 20, 10);
const wireTime = fc.integer({ min: 0, max: 9 }).map((n) => toWireTime(MORNING + n * 60_000));

const meetings = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 99 }).map(String),
    started_at: fc.option(wireTime),
    status: fc.constantFrom("live", "waiting", "ended"),
    since: fc.array(wireTime, { maxLength: 3 }),
  }),
  { selector: ({ id }) => id },
);

const standing = ({
  since,
  ...meeting
}: { since: string[] } & Omit<Parameters<typeof livePositionOf>[0], "waiting">) => ({
  ...meeting,
  waiting: since.toSorted().map((started_at, n) => ({
    ...{ id: String(n), person_id: String(n), name: null, started_at, returned: 0 },
    ...UNCLAIMED,
  })),
});

test("the longest wait is in the first meeting, and the k longest in the first k", () => {
  fc.assert(
    fc.property(meetings, (given) => {
      const inOrder = given
        .map(standing)
        .toSorted((a, b) => compareLivePositions(livePositionOf(a), livePositionOf(b)));
      const waiting = inOrder
        .filter(({ status }) => status !== "ended")
        .flatMap((meeting) => meeting.waiting.map(({ started_at: at }) => ({ at, in: meeting })))
        .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      for (const [k, { at }] of waiting.entries()) {
        const first = inOrder.slice(0, k + 1);
        const longer = waiting.filter((one) => one.at < at);
        for (const one of longer) expect(first).toContain(one.in);
      }
      if (waiting[0]) expect(inOrder[0]?.waiting[0]?.started_at).toBe(waiting[0].at);
    }),
  );
});

test("ended meetings stand last, the start is before all, and no two share a position", () => {
  fc.assert(
    fc.property(meetings, (given) => {
      const rows = given.map(standing);
      const inOrder = rows.toSorted((a, b) =>
        compareLivePositions(livePositionOf(a), livePositionOf(b)),
      );
      expect(
        rows
          .toReversed()
          .toSorted((a, b) => compareLivePositions(livePositionOf(a), livePositionOf(b))),
      ).toEqual(inOrder);
      const ended = inOrder.map(({ status }) => status === "ended");
      expect(ended).toEqual(ended.toSorted());
      for (const row of rows)
        expect(compareLivePositions(LIVE_START, livePositionOf(row))).toBeLessThan(0);
    }),
  );
});
