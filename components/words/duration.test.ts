import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAgo, formatBetween, formatDuration, formatSetting } from "./duration.ts";

describe("durations", () => {
  it.each([
    [0, "0:00"],
    [48_000, "0:48"],
    [372_999, "6:12"],
    [3_599_999, "59:59"],
    [3_600_000, "1:00:00"],
    [26 * 3_600_000 + 61_000, "26:01:01"],
    [-5_000, "0:00"],
  ])("%i ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it("never wrap at a day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_600_000, max: 400 * 86_400_000 }), (ms) => {
        const [hours = 0, minutes = 0, seconds = 0] = formatDuration(ms).split(":").map(Number);
        expect((hours * 3600 + minutes * 60 + seconds) * 1000).toBe(Math.floor(ms / 1000) * 1000);
      }),
    );
  });

  it("are short inside a sentence, and in one unit for an age or a setting", () => {
    expect(formatBetween(9_400)).toBe("9 s");
    expect(formatBetween(250_000)).toBe("4:10");
    expect(formatAgo(2_100)).toBe("2 s ago");
    expect(formatAgo(185_000)).toBe("3 min ago");
    expect(formatAgo(-300)).toBe("0 s ago");
    expect(formatSetting(120_000)).toBe("2 min");
    expect(formatSetting(90_000)).toBe("90 s");
  });
});
