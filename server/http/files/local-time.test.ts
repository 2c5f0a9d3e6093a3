import { describe, expect, test } from "vitest";
import { atLocal, localOf, offsetWords } from "#domain/time/local-time.ts";
import { offsetIn } from "#server/http/period.ts";

const at = (day: string, time: string, zone: string) => {
  const resolved = atLocal(day, time, offsetIn(zone));
  switch (resolved?.kind) {
    case "once":
      return new Date(resolved.at).toISOString();
    case "twice":
      return [resolved.first, resolved.second].map((one) => new Date(one).toISOString());
    case "never":
      return `${resolved.from} to ${resolved.to}`;
    case undefined:
      return null;
    default:
      return resolved satisfies never;
  }
};

describe("a local time", () => {
  test("mostly is one moment", () => {
    expect(at("2026-11-21", "10:00", "Europe/Berlin")).toBe("2026-11-21T09:00:00.000Z");
    expect(at("2026-11-21", "10:00", "Asia/Kolkata")).toBe("2026-11-21T04:30:00.000Z");
    expect(at("2026-11-21", "00:15", "Pacific/Kiritimati")).toBe("2026-11-20T10:15:00.000Z");
  });

  test("comes twice where clocks go back", () => {
    expect(at("2026-10-25", "02:30", "Europe/Berlin")).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:30:00.000Z",
    ]);
    expect(at("2026-10-25", "03:00", "Europe/Berlin")).toBe("2026-10-25T02:00:00.000Z");
    // Here by half an hour, at two in the night.
    expect(at("2026-04-05", "01:45", "Australia/Lord_Howe")).toHaveLength(2);
  });

  test("never comes where clocks skip it", () => {
    expect(at("2026-03-29", "02:00", "Europe/Berlin")).toBe("02:00 to 03:00");
    expect(at("2026-03-29", "02:59", "Europe/Berlin")).toBe("02:00 to 03:00");
    expect(at("2026-03-29", "03:00", "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
    expect(at("2026-03-29", "01:59", "Europe/Berlin")).toBe("2026-03-29T00:59:00.000Z");
    expect(at("2026-10-04", "02:10", "Australia/Lord_Howe")).toBe("02:00 to 02:30");
    // Samoa left out the last Friday of 2011.
    expect(at("2011-12-30", "12:00", "Pacific/Apia")).toBe("00:00 to 00:00");
  });

  test("is null where it is no valid time", () => {
    expect(at("2026-02-29", "10:00", "UTC")).toBeNull();
    expect(at("2026-02-28", "24:00", "UTC")).toBeNull();
    expect(at("2026-02-28", "9:00", "UTC")).toBeNull();
  });

  test("converts back to what was set", () => {
    const offsetAt = offsetIn("Asia/Kathmandu");
    const resolved = atLocal("2026-11-21", "23:50", offsetAt);
    expect(resolved?.kind === "once" && localOf(resolved.at, offsetAt)).toEqual({
      day: "2026-11-21",
      time: "23:50",
    });
    expect(offsetWords(offsetAt(0))).toBe("+05:30");
    expect(offsetWords(-3 * 3_600_000)).toBe("-03:00");
  });
});
