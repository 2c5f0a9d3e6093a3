import { describe, expect, test } from "vitest";
import { silenceOf } from "./silence.ts";

const HOUR = 3_600_000;
const NOW = 1_800_000_000_000;
const silence = (hoursAgo: number | null, ...longest: number[]) =>
  silenceOf(
    {
      lastAt: hoursAgo === null ? null : NOW - hoursAgo * HOUR,
      longest: longest.map((hours) => hours * HOUR),
    },
    NOW,
  );

describe("a clinic that is closed at weekends", () => {
  const weeks = [62, 62, 63, 62, 86, 62];

  test("is not silent on a Sunday, nor after a bank holiday", () => {
    expect(silence(40, ...weeks)).toMatchObject({ state: "usual", usualMs: 62 * HOUR });
    expect(silence(86, ...weeks).state).toBe("usual");
  });

  test("is silent when it is not heard half as long again", () => {
    expect(silence(93, ...weeks)).toMatchObject({ state: "usual", allowedMs: 93 * HOUR });
    expect(silence(93.1, ...weeks).state).toBe("silent");
  });

  test("had one outage, and that is not the rule now", () => {
    expect(silence(100, 62, 62, 240, 62).state).toBe("silent");
  });
});

test("a source that is heard all day may be silent for an hour more than usual", () => {
  expect(silence(1.2, 0.3, 0.3, 0.3)).toMatchObject({ state: "usual", allowedMs: 1.3 * HOUR });
  expect(silence(1.4, 0.3, 0.3, 0.3).state).toBe("silent");
});

test("too little is known of less than three weeks, and nothing of what was never heard", () => {
  const nothing = { usualMs: null, allowedMs: null };
  expect(silence(500, 1, 1)).toMatchObject({ state: "unknown", weeks: 2, ...nothing });
  expect(silence(500)).toMatchObject({ state: "unknown", weeks: 0, ...nothing });
  expect(silence(null)).toMatchObject({ state: "unheard", weeks: 0, lastAt: null });
});
