import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_WAITS } from "./wait-count.ts";
import { dayAndHour, hoursShown, offsetPeriodsOf, weekHourOf } from "./week-hours.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("the periods of constant offset", () => {
  /** A zone that changes at these moments, to and fro between an hour and half an hour ahead. */
  const zone = (changes: readonly number[]) => (at: number) =>
    changes.filter((change) => change <= at).length % 2 === 0 ? HOUR : HOUR / 2;

  test("part a time where the clocks change", () => {
    const change = 100 * DAY + HOUR;
    expect(offsetPeriodsOf(0, 200 * DAY, zone([change]))).toEqual([
      { from: 0, to: change, offsetMs: HOUR },
      { from: change, to: 200 * DAY, offsetMs: HOUR / 2 },
    ]);
    expect(offsetPeriodsOf(5, 5, zone([]))).toEqual([]);
  });

  test("hold every moment once, with its offset", () => {
    const gaps = fc.array(fc.integer({ min: 8 * DAY, max: 300 * DAY }), { maxLength: 6 });
    fc.assert(
      fc.property(gaps, fc.nat(1_000 * DAY), fc.nat(1_000 * DAY), (between, one, other) => {
        let last = 0;
        const offsetAt = zone(between.map((gap) => (last += gap)));
        const [from, to] = one < other ? [one, other] : [other, one];
        const periods = offsetPeriodsOf(from, to, offsetAt);
        let at = from;
        for (const period of periods) {
          expect(period.from).toBe(at);
          expect(period.to).toBeGreaterThan(period.from);
          expect(period.offsetMs).toBe(offsetAt(period.from));
          expect(period.offsetMs).toBe(offsetAt(period.to - 1));
          at = period.to;
        }
        expect(at).toBe(to);
      }),
    );
  });
});

describe("the hour of the week", () => {
  test("begins on Monday", () => {
    // 20 November 2026 is a Friday.
    const friday = Date.parse("2026-11-20T10:15:00Z");
    expect(dayAndHour(weekHourOf(friday, 0))).toEqual({ weekday: 5, hour: 10 });
    expect(dayAndHour(weekHourOf(friday, 5.5 * HOUR))).toEqual({ weekday: 5, hour: 15 });
    expect(dayAndHour(weekHourOf(friday, 14 * HOUR))).toEqual({ weekday: 6, hour: 0 });
    expect(dayAndHour(weekHourOf(friday + 2 * DAY, 14 * HOUR))).toEqual({ weekday: 1, hour: 0 });
  });

  test("is shown from the first that was used to the last, and office hours in any case", () => {
    const used = (...hours: number[]) => hours.map((hour) => ({ hour, count: NO_WAITS }));
    expect(hoursShown([])).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
    expect(hoursShown(used(24 + 6)).at(0)).toBe(6);
    expect(hoursShown(used(48 + 23)).at(-1)).toBe(23);
  });
});
