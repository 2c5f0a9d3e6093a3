import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { ClockFormat } from "./clock-format.ts";
import { zoneOffsetsAround } from "./zone-offsets.ts";

const NOW = clock("12:00");
const ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca"];

afterEach(() => {
  delete document.documentElement.dataset["zone"];
  vi.restoreAllMocks();
});

describe("the zone offsets that are sent with a page", () => {
  it("end to the second where the clocks are set", () => {
    const { from, until, offsetMs } = zoneOffsetsAround("Europe/Berlin", NOW);
    expect(new Date(from).toISOString()).toBe("2026-10-25T01:00:00.000Z");
    expect(new Date(until).toISOString()).toBe("2027-03-28T01:00:00.000Z");
    expect(offsetMs).toBe(3_600_000);
  });

  it("give a browser every time of the interval as its own tables would, without opening them", () => {
    for (const zone of ZONES) {
      const interval = zoneOffsetsAround(zone, NOW);
      const { from, until } = interval;
      const expected = new Map<number, string>();
      const looked = new Intl.DateTimeFormat("en-GB", {
        timeZone: zone,
        hourCycle: "h23",
        dateStyle: "full",
        timeStyle: "medium",
      });
      document.documentElement.dataset["zone"] = JSON.stringify(interval);
      const opened = vi.spyOn(Intl, "DateTimeFormat");
      const clockFormat = ClockFormat.in(zone, "h23");
      const moments = fc.sample(fc.integer({ min: from, max: until - 1 }), 200);
      for (const at of [from, ...moments, until - 1]) {
        expected.set(
          at,
          `${clockFormat.date(at)} ${clockFormat.calendarDay(at).slice(-4)} ${clockFormat.second(at)}`,
        );
      }
      expect(opened, zone).not.toHaveBeenCalled();
      opened.mockRestore();
      for (const [at, words] of expected) {
        expect(looked.format(at).replace(" at ", " ").replace(",", "")).toBe(words);
      }
    }
  });

  it("are not used for times before or after the interval, or for another zone", () => {
    const interval = { ...zoneOffsetsAround("Asia/Tokyo", NOW), offsetMs: 0 };
    document.documentElement.dataset["zone"] = JSON.stringify(interval);
    const tokyo = ClockFormat.in("Asia/Tokyo");
    expect(tokyo.minute(NOW + 61_000)).toBe("12:01");
    expect(tokyo.minute(interval.until + 60_000)).not.toBe(
      ClockFormat.in("UTC").minute(interval.until + 60_000),
    );
    expect(ClockFormat.in("Asia/Seoul").minute(NOW)).toBe("21:00");
  });
});
