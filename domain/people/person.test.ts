import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import {
  type AttendanceListRow,
  attendedIn,
  attendedMsOf,
  type Pace,
  shareOf,
  trendBy,
  withoutHoles,
} from "./person.ts";

const NOW = clock("12:00");
const MINUTE = 60_000;

function attendance(visits: [string, string | null][]): AttendanceListRow {
  const spans = visits.map(([from, to]) => ({
    joinedAt: clock(from),
    leftAt: to === null ? null : clock(to),
    start: "reported" as const,
    end: to === null ? null : ("reported" as const),
  }));
  const open = spans.find(({ leftAt }) => leftAt === null);
  return {
    name: "Ada",
    visits: spans,
    waits: [],
    tenures: [],
    attendedMs: spans.reduce(
      (sum, { joinedAt, leftAt }) => sum + ((leftAt ?? joinedAt) - joinedAt),
      0,
    ),
    openSince: open?.joinedAt ?? null,
  };
}

describe("a person's attended time in a meeting", () => {
  const twice = [attendance([["10:00", "10:30"]]), attendance([["10:20", "10:50"]])];

  test("is the union, also for namesakes who are not told apart", () => {
    const one = attendedIn(twice, { graceMs: 0, isOne: true }, NOW);
    expect(one).toMatchObject({ attendedMs: 50 * MINUTE, namesakes: 1 });
    const several = attendedIn(twice, { graceMs: 0, isOne: false }, NOW);
    expect(several).toMatchObject({ attendedMs: 50 * MINUTE, namesakes: 2 });
  });

  test("closes gaps up to the grace, and an open visit counts up to now", () => {
    const rows = [attendance([["10:00", "10:10"]]), attendance([["10:11", null]])];
    const attended = attendedIn(rows, { graceMs: MINUTE, isOne: true }, NOW);
    expect(attended).toMatchObject({ attendedMs: 0, openSince: clock("10:00"), lastLeftAt: null });
    expect(attendedMsOf(attended, NOW)).toBe(120 * MINUTE);
    const apart = attendedIn(rows, { graceMs: MINUTE - 1, isOne: true }, NOW);
    expect(attendedMsOf(apart, NOW)).toBe(119 * MINUTE);
  });

  test("is no share of a meeting without a length, and never more than all of it", () => {
    expect(shareOf(1, 0)).toBeNull();
    expect(shareOf(30, 60)).toBe(0.5);
    expect(shareOf(61, 60)).toBe(1);
  });
});

describe("a trend", () => {
  test("has weeks for half a year and months for more", () => {
    expect(trendBy({ firstDay: "2026-10-25", lastDay: "2026-11-21" })).toBe("week");
    expect(trendBy({ firstDay: "2000-01-01", lastDay: "2026-11-21" })).toBe("month");
  });

  test("has a step for each week and each month, also where nothing was", () => {
    const step = (day: string) => ({
      day,
      meetings: 1,
      attendedMs: 1,
      openCount: 0,
      openSum: 0,
      heldMs: 1,
    });
    const byWeek = { by: "week", firstDay: 1 } as const;
    const byMonth = { by: "month", firstDay: 1 } as const;
    const weeks = withoutHoles([step("2026-10-26"), step("2026-11-09")], byWeek, {
      firstDay: "2026-10-13",
      lastDay: "2026-11-21",
    });
    expect(weeks.map(({ day, meetings }) => [day, meetings])).toEqual([
      ["2026-10-12", 0],
      ["2026-10-19", 0],
      ["2026-10-26", 1],
      ["2026-11-02", 0],
      ["2026-11-09", 1],
      ["2026-11-16", 0],
    ]);
    const daysOf = (firstDay: string, pace: Pace) =>
      withoutHoles([step("2025-12-01")], pace, { firstDay, lastDay: "2026-02-01" }).map(
        ({ day }) => day,
      );
    const since = ["2025-12-01", "2026-01-01", "2026-02-01"];
    expect(daysOf("2025-11-30", byMonth)).toEqual(["2025-11-01", ...since]);
    // All of the past would be decades of empty steps.
    expect(daysOf("1970-01-01", byMonth)).toEqual(since);
    expect(daysOf("2025-11-30", { by: "week", firstDay: 7 })[0]).toBe("2025-11-30");
    const none = { firstDay: "2026-11-01", lastDay: "2026-11-21" };
    expect(withoutHoles([], byWeek, none)).toEqual([]);
  });

  test("loses no step that has a value", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 })), (numbers) => {
        const days = numbers
          .toSorted((a, b) => a - b)
          .map((number) => new Date(Date.UTC(2026, 0, 5 + 7 * number)).toISOString().slice(0, 10));
        const steps = days.map((day) => ({
          day,
          meetings: 1,
          attendedMs: 0,
          openCount: 0,
          openSum: 0,
          heldMs: 0,
        }));
        const whole = withoutHoles(
          steps,
          { by: "week", firstDay: 1 },
          {
            firstDay: "2026-01-01",
            lastDay: "2030-12-31",
          },
        );
        expect(whole.filter(({ meetings }) => meetings > 0)).toEqual(steps);
      }),
    );
  });
});
