import { describe, expect, it } from "vitest";
import { ClockFormat } from "#components/words/clock-format.ts";
import { clock } from "#domain/testing/history.ts";
import { momentTyped } from "./moment-typed.ts";

const typed = (text: string, now: number, zone: string) => {
  const clockFormat = ClockFormat.in(zone);
  const at = momentTyped(text, now, { offsetMs: (moment) => clockFormat.offsetMs(moment) });
  return at === null ? null : new Date(at).toISOString();
};

describe("a typed time", () => {
  it("is the latest moment with that clock time, today or yesterday", () => {
    expect(typed("10:41", clock("10:45"), "UTC")).toBe("2026-11-20T10:41:00.000Z");
    expect(typed("10:45", clock("10:45"), "UTC")).toBe("2026-11-20T10:45:00.000Z");
    expect(typed("23:50", clock("00:10"), "UTC")).toBe("2026-11-19T23:50:00.000Z");
  });

  it("is in the zone in which it was typed, also after the clock was set back", () => {
    expect(typed("16:11", clock("10:45"), "Asia/Kolkata")).toBe("2026-11-20T10:41:00.000Z");
    const night = Date.UTC(2026, 9, 25, 5);
    expect(typed("01:30", night, "Europe/Berlin")).toBe("2026-10-24T23:30:00.000Z");
  });

  it("is no moment where no clock shows it", () => {
    expect(typed("soon", clock("10:45"), "UTC")).toBeNull();
  });
});
