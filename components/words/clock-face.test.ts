import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { dayAt } from "#domain/time/period.ts";
import { ClockFormat } from "./clock-format.ts";

describe("clock times", () => {
  it("are those of the zone, from 00 to 23", () => {
    const amsterdam = ClockFormat.in("Europe/Amsterdam");
    expect(amsterdam.second(clock("10:02:11"))).toBe("11:02:11");
    expect(amsterdam.minute(clock("23:30"))).toBe("00:30");
    expect(amsterdam.date(clock("23:30"))).toBe("Saturday 21 November");
  });

  it("have their milliseconds before what says which half of the day it is", () => {
    const at = clock("16:02:11") + 7;
    expect(ClockFormat.in("UTC").millisecond(at)).toBe("16:02:11.007");
    expect(ClockFormat.in("UTC", "h12").millisecond(at)).toMatch(/^4:02:11\.007\sPM$/);
  });

  it("know the zone's offset from UTC, in summer and winter", () => {
    expect(ClockFormat.in("Asia/Kolkata").offsetMs(clock("10:00"))).toBe(5.5 * 3_600_000);
    expect(ClockFormat.in("America/St_Johns").offsetMs(clock("01:00:30.250"))).toBe(
      -3.5 * 3_600_000,
    );
    const june = clock("10:00") - 160 * 86_400_000;
    expect(ClockFormat.in("Europe/Amsterdam").offsetMs(june)).toBe(2 * 3_600_000);
  });

  it("carry their day where they are dated", () => {
    const kolkata = ClockFormat.dated("Asia/Kolkata");
    expect(kolkata.minute(clock("17:50"))).toBe("20 Nov 23:20");
    expect(kolkata.second(clock("18:40"))).toBe("21 Nov 00:10:00");
    expect(ClockFormat.in("Asia/Kolkata").minute(clock("18:40"))).toBe("00:10");
  });

  it("name a day once where a span ends on the day on which it begins", () => {
    const saturday = ClockFormat.in("UTC").on(clock("09:00") + 86_400_000);
    const span = (clockFormat: ClockFormat, from: number, to: number) =>
      `${clockFormat.minute(from)} – ${clockFormat.after(from).minute(to)}`;
    expect(span(saturday, clock("16:53"), clock("17:47"))).toBe("20 Nov 16:53 – 17:47");
    expect(span(saturday, clock("23:50"), clock("23:50") + 1_200_000)).toBe(
      "20 Nov 23:50 – 21 Nov 00:10",
    );
    expect(span(ClockFormat.dated("UTC"), clock("16:53"), clock("17:47"))).toBe(
      "20 Nov 16:53 – 17:47",
    );
    expect(span(saturday.bare, clock("16:53"), clock("17:47"))).toBe("16:53 – 17:47");
  });

  it("are the same after the cache has overflowed", () => {
    const clockFormat = ClockFormat.in("America/New_York");
    const times = () =>
      Array.from({ length: 5_000 }, (_, n) =>
        clockFormat.second(clock("05:00") + n * 1000 + (n % 1000)),
      );
    const first = times();
    expect(first[0]).toBe("00:00:00");
    expect(first[4_999]).toBe("01:23:19");
    expect(times()).toEqual(first);
  });
});

describe("a clock format on a day", () => {
  const ZONES = [
    "Europe/Berlin",
    "Asia/Kolkata",
    "America/New_York",
    "Asia/Riyadh",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "UTC",
  ];

  it("shows the day of a time on Thursday, on Saturday", () => {
    const saturday = clock("09:00") + 86_400_000;
    const berlin = ClockFormat.in("Europe/Berlin").on(saturday);
    expect(berlin.minute(clock("16:48") - 86_400_000)).toBe("19 Nov 17:48");
    expect(berlin.minute(saturday - 60_000)).toBe("09:59");
    expect(berlin.second(saturday - 365 * 86_400_000)).toBe("21 Nov 2025 10:00:00");
  });

  it("begins a new day at midnight in the zone: 19:00 in New York is no new day", () => {
    const at = (zone: string) =>
      ClockFormat.in(zone)
        .on(clock("00:30"))
        .minute(clock("00:30") - 3_600_000);
    expect(at("America/New_York")).toBe("18:30");
    expect(at("UTC")).toBe("19 Nov 23:30");
    expect(at("Asia/Kolkata")).toBe("05:00");
    expect(at("Asia/Riyadh")).toBe("02:30");
  });

  it("begins a new day at midnight also where clocks are set back that day", () => {
    // In Berlin the 25th of October 2026 has 25 hours.
    const midnight = Date.UTC(2026, 9, 24, 22);
    const berlin = ClockFormat.in("Europe/Berlin").on(midnight + 24.5 * 3_600_000);
    expect(berlin.minute(midnight)).toBe("00:00");
    expect(berlin.minute(midnight - 60_000)).toBe("24 Oct 23:59");
    expect(berlin.minute(midnight + 25 * 3_600_000)).toBe("26 Oct 00:00");
  });

  it("names the day if, and only if, it is not today in the zone, for any zone and hours", () => {
    const moment = fc.integer({ min: Date.UTC(2025, 11, 1), max: Date.UTC(2027, 1, 1) });
    const apart = fc.integer({ min: -40 * 3_600_000, max: 40 * 3_600_000 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom("h12" as const, "h23" as const),
        moment,
        apart,
        (zone, hours, now, ms) => {
          const plain = ClockFormat.in(zone, hours);
          const at = now + ms;
          const day = (of: number) => dayAt(of, (then) => plain.offsetMs(then));
          const isToday = day(at) === day(now);
          const clockFormat = plain.on(now);
          expect(clockFormat.minute(at) === plain.minute(at)).toBe(isToday);
          expect(clockFormat.second(at).endsWith(plain.second(at))).toBe(true);
          expect(clockFormat.second(at).includes(plain.shortDay(at))).toBe(!isToday);
        },
      ),
    );
  });
});

it("has twelve hours for a reader whose locale has", () => {
  const clockFormat = ClockFormat.in("America/New_York", "h12");
  expect(clockFormat.minute(clock("05:05"))).toBe("12:05\u00a0AM");
  expect(clockFormat.second(clock("14:02:11"))).toBe("9:02:11\u00a0AM");
  expect(clockFormat.minute(clock("17:00"))).toBe("12:00\u00a0PM");
  expect(clockFormat.on(clock("14:00")).minute(clock("04:59"))).toBe("19 Nov 11:59\u00a0PM");
  expect(clockFormat.offsetMs(clock("17:00"))).toBe(-5 * 3_600_000);
});
