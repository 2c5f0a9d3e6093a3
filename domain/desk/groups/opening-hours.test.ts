import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { parseUtc } from "#domain/time/time.ts";
import { WEEKDAYS } from "#domain/time/weekday.ts";
import {
  closedWithin,
  hoursChangeAfter,
  hoursChangedBefore,
  isOpen,
  type OpeningHours,
} from "./opening-hours.ts";

const MINUTE: Ms = 60_000;

/** Clocks that are put forward or back by an hour at a moment, as most zones do twice a year. */
function turning(before: Ms, turnAt: Ms, after: Ms): OffsetAt {
  return (at) => (at < turnAt ? before : after);
}

function utc(text: string): Ms {
  const at = parseUtc(`${text}:00.000Z`);
  if (at === null) throw new Error("a moment");
  return at;
}

const HOUR = 60 * MINUTE;
/** The nights on which clocks were put forward and back in Berlin. */
const FORWARD = turning(HOUR, utc("2026-03-29T01:00"), 2 * HOUR);
const BACK = turning(2 * HOUR, utc("2026-10-25T01:00"), HOUR);

function everyDay(from: string, to: string): OpeningHours {
  const spans = WEEKDAYS.map((day) => [day, [{ from, to }]] as const);
  return { timeZone: "Europe/Berlin", weekdays: Object.fromEntries(spans), closedOn: [] };
}

/** The times that are not said to be closed. */
function openWithin(hours: OpeningHours, from: Ms, to: Ms, offsetAt: OffsetAt) {
  const closed = closedWithin(hours, from, to, offsetAt);
  const begins = [from, ...closed.map((span) => span.to)];
  const ends = [...closed.map((span) => span.from), to];
  return begins.flatMap((begin, index) => {
    const end = ends[index] ?? to;
    return begin < end ? [{ from: begin, to: end }] : [];
  });
}

describe("opening hours", () => {
  it("are by the clocks of their zone, on both sides of a change", () => {
    const hours = everyDay("08:00", "17:00");
    expect(isOpen(hours, utc("2026-03-28T06:59"), FORWARD)).toBe(false);
    expect(isOpen(hours, utc("2026-03-28T07:00"), FORWARD)).toBe(true);
    expect(isOpen(hours, utc("2026-03-29T05:59"), FORWARD)).toBe(false);
    expect(isOpen(hours, utc("2026-03-29T06:00"), FORWARD)).toBe(true);
    expect(hoursChangeAfter(hours, utc("2026-03-28T20:00"), FORWARD)).toBe(utc("2026-03-29T06:00"));
    expect(hoursChangedBefore(hours, utc("2026-03-29T09:00"), FORWARD)).toBe(
      utc("2026-03-29T06:00"),
    );
  });

  it("that begin at a time which clocks skip begin where they skip to", () => {
    const hours = everyDay("02:30", "05:00");
    expect(openWithin(hours, utc("2026-03-28T23:00"), utc("2026-03-29T12:00"), FORWARD)).toEqual([
      { from: utc("2026-03-29T01:00"), to: utc("2026-03-29T03:00") },
    ]);
  });

  it("in the hour that clocks show twice are open both times", () => {
    const hours = everyDay("02:30", "05:00");
    expect(openWithin(hours, utc("2026-10-24T22:00"), utc("2026-10-25T12:00"), BACK)).toEqual([
      { from: utc("2026-10-25T00:30"), to: utc("2026-10-25T01:00") },
      { from: utc("2026-10-25T01:30"), to: utc("2026-10-25T04:00") },
    ]);
  });

  it("go on over midnight, and are closed on the days that are said", () => {
    const hours = { ...everyDay("22:00", "06:00"), closedOn: ["2026-06-02"] };
    const plain: OffsetAt = () => 0;
    expect(openWithin(hours, utc("2026-06-01T12:00"), utc("2026-06-04T00:00"), plain)).toEqual([
      { from: utc("2026-06-01T22:00"), to: utc("2026-06-02T06:00") },
      { from: utc("2026-06-03T22:00"), to: utc("2026-06-04T00:00") },
    ]);
  });

  it("of a whole day never close, and of none never open", () => {
    const whole = everyDay("00:00", "24:00");
    const none = { ...whole, weekdays: {} };
    const at = utc("2026-03-28T20:00");
    for (const hours of [whole, none]) expect(hoursChangeAfter(hours, at, FORWARD)).toBeNull();
    expect([whole, none].map((hours) => isOpen(hours, at, FORWARD))).toEqual([true, false]);
  });
});

const time = fc
  .record({ hour: fc.nat({ max: 23 }), minute: fc.constantFrom("00", "15", "30") })
  .map(({ hour, minute }) => `${String(hour).padStart(2, "0")}:${minute}`);
const end = fc.oneof(time, fc.constant("24:00"));
const spans = fc.array(fc.record({ from: time, to: end }), { maxLength: 2 });
const someHours = fc.record({
  timeZone: fc.constant("Europe/Berlin"),
  weekdays: fc.dictionary(fc.constantFrom(...WEEKDAYS), spans),
  closedOn: fc.subarray(["2026-03-28", "2026-03-29", "2026-03-30"]),
});
const BEGIN = utc("2026-03-28T10:00");
const quarters = (most: number) => fc.integer({ min: -most, max: most });
/** Clocks of any zone, which may be changed at any time of the night, by an hour or half of one. */
const clocks = fc
  .record({
    before: quarters(48),
    by: fc.constantFrom(-4, -2, 0, 2, 4),
    turn: fc.nat({ max: 160 }),
  })
  .map(({ before, by, turn }) =>
    turning(before * 15 * MINUTE, BEGIN + turn * 15 * MINUTE, (before + by) * 15 * MINUTE),
  );

describe("laws", () => {
  it("it is open in the times in which it is said to be, minute by minute, and in no other", () => {
    fc.assert(
      fc.property(someHours, clocks, (hours, offsetAt) => {
        const [from, to] = [BEGIN, BEGIN + 40 * HOUR];
        const open = openWithin(hours, from, to, offsetAt);
        let [was, since]: [boolean | null, Ms] = [null, from];
        for (let at = from; at < to; at += 5 * MINUTE) {
          const now = isOpen(hours, at, offsetAt);
          expect(open.some((span) => span.from <= at && at < span.to)).toBe(now);
          if (was !== null && was !== now) {
            expect(hoursChangeAfter(hours, since, offsetAt)).toBe(at);
            expect(hoursChangedBefore(hours, at, offsetAt)).toBe(at);
          }
          if (was !== now) [was, since] = [now, at];
        }
      }),
      { numRuns: 60 },
    );
  });
});
