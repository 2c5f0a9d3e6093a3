import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayAt, daysIn, startOfDay } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { offsetIn, periodIn } from "./period.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;

/** When a day begins in a zone, as UTC. */
function begins(day: string, zone: string): string {
  return new Date(startOfDay(day, offsetIn(zone))).toISOString();
}

function hoursOf(day: string, zone: string): number {
  const { from, to } = periodIn(new URLSearchParams({ from: day, to: day, tz: zone }), NOW, "UTC");
  return (to - from) / HOUR;
}

describe("a day in a zone", () => {
  it.each([
    ["2026-11-20", "Europe/Berlin", "2026-11-19T23:00:00.000Z", 24],
    // Clocks go forward at 2:00 on the 29th of March, and back at 3:00 on the 25th of October.
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z", 23],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z", 24],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z", 25],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z", 24],
    ["2026-11-20", "Asia/Kolkata", "2026-11-19T18:30:00.000Z", 24],
    ["2026-11-20", "Asia/Kathmandu", "2026-11-19T18:15:00.000Z", 24],
    // Lord Howe moves its clocks by half an hour.
    ["2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00:00.000Z", 24.5],
    ["2026-10-04", "Australia/Lord_Howe", "2026-10-03T13:30:00.000Z", 23.5],
    ["2026-11-20", "America/St_Johns", "2026-11-20T03:30:00.000Z", 24],
    // Cairo skips midnight: the day begins at one. Havana has midnight twice: it begins at the first.
    ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z", 23],
    ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z", 25],
    // Samoa went over the date line and left out the 30th of December.
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z", 0],
    ["2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00.000Z", 24],
  ])("%s begins in %s at %s and has %d hours", (day, zone, at, hours) => {
    expect(begins(day, zone)).toBe(at);
    expect(hoursOf(day, zone)).toBe(hours);
  });

  it("follows the one before without a gap, and every moment lies in the day it is", () => {
    const zones = [
      "Europe/Berlin",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "America/St_Johns",
      "Africa/Cairo",
      "Pacific/Chatham",
      "Pacific/Kiritimati",
      "Africa/Casablanca",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }),
        (zone, at) => {
          const offsetAt = offsetIn(zone);
          const day = dayAt(at, offsetAt);
          expect(startOfDay(day, offsetAt)).toBeLessThanOrEqual(at);
          expect(startOfDay(addDays(day, 1), offsetAt)).toBeGreaterThan(at);
        },
      ),
    );
  });
});

describe("the days that a query names", () => {
  const read = (query: string, zone = "Europe/Berlin") =>
    periodIn(new URLSearchParams(query), NOW, zone);

  it("are the last 28 with today where it names none", () => {
    const period = read("");
    expect(period).toEqual({
      from: Date.UTC(2026, 9, 24, 22),
      to: Date.UTC(2026, 10, 21, 23),
      timeZone: "Europe/Berlin",
      firstDay: "2026-10-25",
      lastDay: "2026-11-21",
    });
    expect(daysIn(period)).toBe(28);
  });

  it("begin and end where days do in the zone that is asked for", () => {
    expect(read("from=2026-11-01&to=2026-11-02&tz=Asia/Kolkata")).toEqual({
      from: Date.UTC(2026, 9, 31, 18, 30),
      to: Date.UTC(2026, 10, 2, 18, 30),
      timeZone: "Asia/Kolkata",
      firstDay: "2026-11-01",
      lastDay: "2026-11-02",
    });
  });

  it("end today where that is another day in that zone", () => {
    const late = Date.UTC(2026, 10, 21, 23, 30);
    expect(periodIn(new URLSearchParams(), late, "UTC").lastDay).toBe("2026-11-21");
    expect(periodIn(new URLSearchParams("tz=Asia/Tokyo"), late, "UTC").lastDay).toBe("2026-11-22");
  });

  it.each([
    ["from=2026-11-21", "2026-11-21", "2026-11-21"],
    ["to=2026-03-31", "2026-03-04", "2026-03-31"],
    ["from=2026-11-09&to=2026-11-01", "2026-11-01", "2026-11-09"],
    ["from=2026-02-29&to=2026-13-01", "2026-10-25", "2026-11-21"],
    ["from=2024-02-29&to=2024-03-01", "2024-02-29", "2024-03-01"],
    ["from=yesterday", "2026-10-25", "2026-11-21"],
    ["from=&to=&tz=", "2026-10-25", "2026-11-21"],
    ["from=0000-00-00&to=1969-12-31", "2026-10-25", "2026-11-21"],
    ["tz=Mars/Phobos", "2026-10-25", "2026-11-21"],
  ])("with %s are %s to %s", (query, firstDay, lastDay) => {
    expect(read(query)).toMatchObject({ firstDay, lastDay, timeZone: "Europe/Berlin" });
  });

  it("take the names of zones only", () => {
    expect(
      ["Europe/Berlin", "UTC", "Etc/GMT+5", "America/Argentina/Ushuaia"].filter(isTimeZone),
    ).toHaveLength(4);
    expect(["+01:00", "Mars/Phobos", "", "../etc", "Europe/Berlin\0"].filter(isTimeZone)).toEqual(
      [],
    );
  });
});
