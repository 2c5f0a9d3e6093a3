import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { latestLeftBy, surenessOf, type VisitEnds, waitedMs } from "./certainty.ts";

const visit = (from: string, to: string | null, more: Partial<VisitEnds> = {}): VisitEnds => ({
  joinedAt: clock(from),
  leftAt: to === null ? null : clock(to),
  start: "reported",
  end: to === null ? null : "reported",
  ...more,
});
const projected = (...visits: VisitEnds[]) => {
  const { joined, left, attended, inferred } = surenessOf(visits);
  return `${joined} – ${left}: ${attended}${inferred ? ", inferred" : ""}`;
};

describe("how sure a person's first join, last leave and attended time are", () => {
  test.each<[string, VisitEnds[], string]>([
    ["of nobody", [], "null – null: null"],
    ["of who reported both", [visit("10:00", "10:20")], "exact – exact: exact"],
    ["of who is still in", [visit("10:00", null)], "exact – null: exact"],
    [
      "of whom a bot found there",
      [visit("10:00", "10:20", { start: "first_seen" })],
      "at_most – exact: at_least",
    ],
    [
      "of whom nobody heard leave",
      [visit("10:00", "10:20", { end: "inferred" })],
      "exact – at_least: at_least, inferred",
    ],
    [
      "of whose second stay only the leave was heard",
      [visit("10:00", "10:20"), visit("11:00", "11:00", { start: "inferred" })],
      "exact – exact: at_least, inferred",
    ],
    [
      "of whose first stay only the leave was heard",
      [visit("9:00", "9:00", { start: "inferred" }), visit("10:00", "10:20")],
      "at_most – exact: at_least, inferred",
    ],
    [
      "of what another connection covers",
      [visit("10:00", "10:20", { end: "inferred" }), visit("10:10", "10:40")],
      "exact – exact: exact",
    ],
    [
      "of what another connection reports at the same moment",
      [visit("10:00", "10:20", { end: "inferred" }), visit("10:10", "10:20")],
      "exact – exact: exact",
    ],
  ])("%s", (_, visits, expected) => {
    expect(projected(...visits)).toBe(expected);
    expect(projected(...visits.toReversed())).toBe(expected);
  });

  test("is exact only where everything is, for any visits", () => {
    const minute = fc.integer({ min: 0, max: 30 });
    const any = fc
      .record({
        from: minute,
        lasted: minute,
        start: fc.constantFrom("reported" as const, "first_seen" as const, "inferred" as const),
        end: fc.constantFrom("reported" as const, "inferred" as const),
      })
      .map(({ from, lasted, start, end }) => ({
        joinedAt: from * 60_000,
        leftAt: (from + lasted) * 60_000,
        start,
        end,
      }));
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (visits) => {
        const sure = surenessOf(visits);
        const all = visits.every(({ start, end }) => start === "reported" && end === "reported");
        if (all) expect(sure).toMatchObject({ joined: "exact", left: "exact", attended: "exact" });
        // An inexact edge of the whole makes the length inexact.
        if (sure.attended === "exact") {
          expect(sure).toMatchObject({ joined: "exact", left: "exact", inferred: false });
        }
      }),
    );
  });

  test("has the latest possible bound, where the end is not known", () => {
    const lost = visit("10:00", "10:20", { end: "inferred", leftBy: clock("11:00") });
    expect(latestLeftBy([lost])).toBe(clock("11:00"));
    expect(latestLeftBy([visit("10:00", "10:20", { end: "inferred" })])).toBeNull();
    expect(latestLeftBy([lost, visit("11:30", "11:40")])).toBeNull();
  });
});

test("waited time leaves out a wait of unknown end, and counts nothing twice", () => {
  const wait = (from: string, to: string | null, outcome: "left" | "unknown" | "waiting") => ({
    startedAt: clock(from),
    endedAt: to === null ? null : clock(to),
    outcome,
  });
  const waits = [
    wait("9:00", "9:10", "left"),
    wait("9:05", "9:15", "left"),
    wait("9:20", "13:20", "unknown"),
    wait("10:00", null, "waiting"),
  ];
  expect(waitedMs(waits, clock("10:01"))).toBe(16 * 60_000);
});
