import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { clockIn, DAY, dayIn, momentShown, orderShownBy } from "./clock.ts";
import { lengthIn } from "./length.ts";

const shown = (text: string, order: "month_first" | "day_first" = "month_first") => {
  const clock = clockIn(text, order, null);
  return clock && new Date(clock.shown).toISOString().slice(0, 19);
};

describe("a time as files write it", () => {
  it.each([
    ["03/12/2026 09:55:00 AM", "2026-03-12T09:55:00"],
    ["3/12/26, 8:58:01 PM", "2026-03-12T20:58:01"],
    ["3/12/2026, 12:00:00 AM", "2026-03-12T00:00:00"],
    ["3/12/2026 12:30 p.m.", "2026-03-12T12:30:00"],
    ["06.10.26, 18:01:00", "2026-10-06T18:01:00"],
    ["6.10.2026 18:01", "2026-10-06T18:01:00"],
    ["2026-03-12 10:02:34", "2026-03-12T10:02:34"],
    ["2026-03-12T10:02:34.567Z", "2026-03-12T10:02:34"],
    ["2026/3/12 10:02", "2026-03-12T10:02:00"],
    ["Mar 12, 2026, 10:00:00 AM", "2026-03-12T10:00:00"],
    ["Thursday, March 12, 2026 at 10:00 AM", "2026-03-12T10:00:00"],
    ["12 March 2026, 10:00", "2026-03-12T10:00:00"],
  ])("%s", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    "25/13/2024 10:00",
    "02/30/2026 10:00",
    "03/12/2026 24:00",
    "03/12/2026 13:00 PM",
    "03/12/2026 0:10 AM",
    "03/12/2026",
    "10:00",
    "soon",
    "=NOW()",
    "",
  ])("“%s” is none", (text) => {
    expect(shown(text)).toBeNull();
  });

  it("has the day before the month where that is chosen", () => {
    expect(shown("03/04/2026 10:00", "day_first")).toBe("2026-04-03T10:00:00");
    expect(shown("2026-03-04 10:00", "day_first")).toBe("2026-03-04T10:00:00");
  });

  it("shows which comes first, or that it does not", () => {
    const orders = ["13/02/2026 10:00", "02/13/2026 10:00", "02/03/2026 10:00", "02/02/2026 10:00"];
    expect(orders.map(orderShownBy)).toEqual(["day_first", "month_first", "either", null]);
    expect(["13/13/2026 10:00", "06.10.26, 18:00", "10:00"].map(orderShownBy)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("names its own zone, or none", () => {
    const offset = (text: string) =>
      clockIn(`2026-03-12 10:00${text}`, "day_first", null)?.offsetMs;
    expect(["", "Z", " UTC", "+01:00", " GMT-5", "+0530"].map(offset)).toEqual([
      null,
      0,
      0,
      3_600_000,
      -18_000_000,
      19_800_000,
    ]);
  });

  it("alone is of the day that is given", () => {
    expect(clockIn("10:58 PM", "day_first", "2026-03-12")).toEqual({
      shown: Date.UTC(2026, 2, 12, 22, 58),
      offsetMs: null,
      isUndated: true,
      isCoarse: true,
    });
    expect(dayIn("2026-03-12", "day_first")).toBe("2026-03-12");
    expect(dayIn("no day", "day_first")).toBeNull();
  });
});

test("a length of time, and the unit to which it is exact", () => {
  const minute = 60_000;
  const lengthOf = (text: string) => lengthIn(text, minute);
  expect(lengthOf("62")).toEqual({ ms: 62 * minute, exactMs: minute });
  expect(lengthOf("58 min")).toEqual({ ms: 58 * minute, exactMs: minute });
  expect(lengthOf("1 hr 2 min")).toEqual({ ms: 62 * minute, exactMs: minute });
  expect(lengthOf("1h 2m 3s")).toEqual({ ms: 62 * minute + 3_000, exactMs: 1_000 });
  expect(lengthOf("59 Min. 0 Sek.")).toEqual({ ms: 59 * minute, exactMs: 1_000 });
  expect(lengthOf("1 Std. 5 Min.")).toEqual({ ms: 65 * minute, exactMs: minute });
  expect(lengthOf("0:14:55")).toEqual({ ms: 14 * minute + 55_000, exactMs: 1_000 });
  expect(lengthOf("32:14")).toEqual({ ms: 32 * minute + 14_000, exactMs: 1_000 });
  for (const none of ["", "--", "long", "5 apples", "h", "1h and more"])
    expect(lengthOf(none)).toBeNull();
});

test("any moment a clock of any zone shows is found again, or is the first of two", () => {
  const zones = ["Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe", "UTC"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2029, 0) }),
      (zone, any) => {
        const at = any - (any % 1000);
        const wall = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(at);
        const clock = clockIn(wall, "day_first", null);
        if (clock === null) throw new Error(`${wall} was not read`);
        const found = momentShown(clock, zone, null);
        if (found.remark === null) expect(found.at).toBe(at);
        else expect(found.remark).toBe("twice");
        // A time that must not be before that moment is the second of two.
        expect(momentShown(clock, zone, at).at).toBe(at);
        expect(Math.abs(found.at - at)).toBeLessThan(DAY);
      },
    ),
    { numRuns: 500 },
  );
});
