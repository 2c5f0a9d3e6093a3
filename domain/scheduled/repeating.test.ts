import fc from "fast-check";
import { expect, test } from "vitest";
import { localOf } from "#domain/time/local-time.ts";
import { addDays } from "#domain/time/period.ts";
import { occurrencesIn, type Weekly, weekdayOf } from "./repeating.ts";

/** A zone's offset, as the platform has it. */
function offsetIn(timeZone: string) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  return (at: number) => {
    const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    return sign === "-" ? -ms : ms;
  };
}

const weekly = (more: Partial<Weekly> = {}): Weekly => ({
  weekdays: [1, 3],
  fromTime: "10:00",
  toTime: "10:45",
  firstDay: "2026-10-19",
  lastDay: null,
  ...more,
});
const occurrences = (rule: Weekly, zone: string, from: string, to: string) =>
  occurrencesIn(rule, from, to, offsetIn(zone)).map(
    ({ startsAt, endsAt }) =>
      `${new Date(startsAt).toISOString().slice(0, 16)} ${(endsAt - startsAt) / 60_000}`,
  );

test("ten is ten in summer and in winter", () => {
  expect(weekdayOf("2026-11-28")).toBe(6);
  expect(occurrences(weekly(), "Europe/Berlin", "2026-10-19", "2026-10-28")).toEqual([
    "2026-10-19T08:00 45",
    "2026-10-21T08:00 45",
    "2026-10-26T09:00 45",
    "2026-10-28T09:00 45",
  ]);
  expect(occurrences(weekly(), "America/New_York", "2026-10-28", "2026-11-03")).toEqual([
    "2026-10-28T14:00 45",
    "2026-11-02T15:00 45",
  ]);
});

test("a time that clocks leave out, or show twice, is there once", () => {
  const night = weekly({
    weekdays: [7],
    fromTime: "02:30",
    toTime: "03:00",
    firstDay: "2026-03-22",
  });
  expect(occurrences(night, "Europe/Berlin", "2026-03-22", "2026-04-05")).toEqual([
    "2026-03-22T01:30 30",
    "2026-03-29T01:30 30",
    "2026-04-05T00:30 30",
  ]);
  expect(occurrences(night, "Europe/Berlin", "2026-10-25", "2026-10-25")).toEqual([
    "2026-10-25T00:30 90",
  ]);
  const late = weekly({ weekdays: [6], fromTime: "23:30", toTime: "00:30" });
  expect(occurrences(late, "Europe/Berlin", "2026-10-24", "2026-10-24")).toEqual([
    "2026-10-24T21:30 60",
  ]);
});

test("it begins and ends with its days", () => {
  const short = weekly({ lastDay: "2026-10-21" });
  expect(occurrences(short, "UTC", "2026-01-01", "2026-12-31")).toHaveLength(2);
});

const TIME = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);

test("every chosen weekday has one, by its own clocks, whatever the parts it is computed in", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("Europe/Berlin", "America/New_York"),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      TIME,
      TIME,
      fc.integer({ min: 1, max: 40 }),
      (zone, weekdays, fromTime, toTime, part) => {
        const rule = weekly({ weekdays, fromTime, toTime, firstDay: "2026-02-20" });
        const offsetAt = offsetIn(zone);
        const days = Array.from({ length: 60 }, (_, at) => addDays("2026-02-20", at));
        const all = occurrencesIn(rule, "2026-02-20", addDays("2026-02-20", 59), offsetAt);
        expect(all.map(({ day }) => day)).toEqual(
          days.filter((day) => weekdays.includes(weekdayOf(day))),
        );
        const middle = addDays("2026-02-20", part);
        expect([
          ...occurrencesIn(rule, "2026-02-20", middle, offsetAt),
          ...occurrencesIn(rule, addDays(middle, 1), addDays("2026-02-20", 59), offsetAt),
        ]).toEqual(all);
        for (const { day, startsAt, endsAt } of all) {
          expect(endsAt).toBeGreaterThan(startsAt);
          const local = localOf(startsAt, offsetAt);
          expect(local.day).toBe(day);
          // Only the hour that clocks leave out is another.
          if (local.time !== fromTime) expect(fromTime.slice(0, 2)).toBe("02");
        }
      },
    ),
    { numRuns: 40 },
  );
});
