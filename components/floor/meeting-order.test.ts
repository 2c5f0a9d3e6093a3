import fc from "fast-check";
import { expect, it } from "vitest";
import { at, summaryOf } from "#components/testing/facts.ts";
import { inOrder, isAlarm, isInProgress } from "./meeting-order.ts";

const rows = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 99 }).map(String),
    started_at: fc.constantFrom(null, at("10:00"), at("10:05")),
    status: fc.constantFrom("live", "waiting", "ended"),
    waiting_count: fc.nat(2),
    present_count: fc.nat(40),
    hostless_since: fc.constantFrom(null, at("10:10")),
  }),
  { selector: ({ id }) => id },
);

it("depends on nothing but what the meetings are: counts do not move rows", () => {
  fc.assert(
    fc.property(rows, fc.nat(50), (given, people) => {
      const summaries = given.map(summaryOf);
      const ids = inOrder(summaries).map(({ id }) => id);
      const moved = summaries.toReversed().map((row) => ({ ...row, present_count: people }));
      expect(inOrder(moved).map(({ id }) => id)).toEqual(ids);
    }),
  );
});

it("puts alarms first and what has ended last", () => {
  fc.assert(
    fc.property(rows, (given) => {
      const ranks = inOrder(given.map(summaryOf)).map((row) =>
        isAlarm(row) ? 0 : isInProgress(row) ? 1 : 2,
      );
      expect(ranks).toEqual(ranks.toSorted());
    }),
  );
});
