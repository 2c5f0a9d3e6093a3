import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BIN_ENDS_MS, binOf, binsWith, positionAmongBins } from "./wait-bins.ts";
import { type CountedWait, countWaits, NO_WAITS } from "./wait-count.ts";
import {
  abandonmentRate,
  averageUntilAdmittedMs,
  averageUntilLeavingMs,
  entered,
  LEVEL_MODES,
  leftBeforeAdmitted,
  quantileMs,
  reallyLost,
  SHORT_LEAVES,
  serviceLevel,
} from "./waiting.ts";

const MINUTE = 60_000;
const waits = (outcome: CountedWait["outcome"], ...lasted: number[]): CountedWait[] =>
  lasted.map((ms) => ({ startedAt: 0, endedAt: ms, outcome }));

/** A thousand answered, 860 of them within two minutes; sixty left before that, twenty of them before. */
const EXAMPLE = {
  ...NO_WAITS,
  began: 1060,
  admitted: 1000,
  admittedWithin: 860,
  lost: 60,
  leftWithin: 20,
};

describe("the service level", () => {
  test.each([
    ["positive", "83.0", 880, 1060],
    ["ignored", "86.0", 860, 1000],
    ["negative", "81.1", 860, 1060],
    ["neutral", "82.7", 860, 1040],
  ] as const)("of the worked example, %s, is %s", (mode, percent, met, of) => {
    const level = serviceLevel(EXAMPLE, mode, "apart");
    expect(level).toMatchObject({ met, of });
    expect(((level.share ?? 0) * 100).toFixed(1)).toBe(percent);
  });

  test("of no one is not known, and of those who only left early neither", () => {
    for (const mode of LEVEL_MODES) {
      expect(serviceLevel(NO_WAITS, mode, "apart").share).toBeNull();
    }
    const early = countWaits(waits("left", MINUTE), 2 * MINUTE);
    expect(serviceLevel(early, "neutral", "apart")).toEqual({ met: 0, of: 0, share: null });
    expect(serviceLevel(early, "negative", "apart").share).toBe(0);
  });

  test("is met at the target and not after it", () => {
    const count = countWaits(waits("admitted", 120_000, 120_001), 120_000);
    expect(serviceLevel(count, "neutral", "apart").share).toBe(0.5);
  });
});

describe("a count", () => {
  const count = countWaits(
    [
      ...waits("admitted", MINUTE, 3 * MINUTE),
      ...waits("left", 4 * MINUTE),
      ...waits("came_back", 2 * MINUTE),
      ...waits("short", 6_000),
      ...waits("unknown", 240 * MINUTE),
      { startedAt: 0, endedAt: null, outcome: "waiting" },
    ],
    2 * MINUTE,
  );

  test("leaves short leaves apart, unless they are to count", () => {
    expect(leftBeforeAdmitted(count, "apart")).toBe(2);
    expect(leftBeforeAdmitted(count, "counted")).toBe(3);
    expect(entered(count, "apart")).toBe(4);
    expect(abandonmentRate(count, "apart")).toBe(2 / 4);
    expect(abandonmentRate(count, "counted")).toBe(3 / 5);
    expect(averageUntilLeavingMs(count, "apart")).toBe(3 * MINUTE);
    expect(averageUntilLeavingMs(count, "counted")).toBe((6 * MINUTE + 6_000) / 3);
    expect(reallyLost(count)).toBe(1);
  });

  test("has no length for a wait of unknown end", () => {
    expect(count.longestMs).toBe(4 * MINUTE);
    expect(averageUntilAdmittedMs(count)).toBe(2 * MINUTE);
    const silent = countWaits(waits("unknown", MINUTE), MINUTE);
    expect(silent).toMatchObject({ began: 1, unknown: 1, longestMs: null });
    expect(averageUntilAdmittedMs(silent)).toBeNull();
    expect(averageUntilLeavingMs(silent, "counted")).toBeNull();
    expect(abandonmentRate(silent, "apart")).toBeNull();
  });
});

const wait: fc.Arbitrary<CountedWait> = fc.record({
  startedAt: fc.constant(0),
  endedAt: fc.integer({ min: 0, max: 5_000_000 }),
  outcome: fc.constantFrom(
    "admitted" as const,
    "left" as const,
    "came_back" as const,
    "short" as const,
    "unknown" as const,
    "waiting" as const,
  ),
});
const target = fc.integer({ min: 1, max: 5_000_000 });

describe("for any waits", () => {
  test("each is in one count, and every share is one", () => {
    fc.assert(
      fc.property(fc.array(wait), target, (all, targetMs) => {
        const count = countWaits(all, targetMs);
        const { admitted, lost, cameBack, short, unknown, waiting } = count;
        expect(admitted + lost + cameBack + short + unknown + waiting).toBe(count.began);
        for (const one of SHORT_LEAVES) {
          expect(leftBeforeAdmitted(count, one)).toBeLessThanOrEqual(entered(count, one));
          for (const mode of LEVEL_MODES) {
            const { met, of } = serviceLevel(count, mode, one);
            expect(met).toBeLessThanOrEqual(of);
          }
        }
      }),
    );
  });

  test("counting early leaves as negative gives the lowest service level", () => {
    fc.assert(
      fc.property(fc.array(wait), target, (all, targetMs) => {
        const count = countWaits(all, targetMs);
        const share = (mode: (typeof LEVEL_MODES)[number]) =>
          serviceLevel(count, mode, "apart").share ?? 0;
        expect(share("negative")).toBeLessThanOrEqual(share("neutral"));
        expect(share("negative")).toBeLessThanOrEqual(share("positive"));
        expect(share("negative")).toBeLessThanOrEqual(share("ignored"));
      }),
    );
  });

  test("half of them last no longer than the median", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), (lasted) => {
        const sorted = lasted.toSorted((a, b) => a - b);
        const median = quantileMs(sorted, 0.5) ?? -1;
        expect(sorted.filter((ms) => ms <= median).length * 2).toBeGreaterThanOrEqual(
          sorted.length,
        );
        expect(sorted.filter((ms) => ms < median).length * 2).toBeLessThan(sorted.length);
      }),
    );
    expect(quantileMs([], 0.5)).toBeNull();
  });

  test("each length is in its bin, and the target is between bins accordingly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), (ms) => {
        const bin = binsWith([])[binOf(ms)];
        expect(ms === 0 || ms > (bin?.fromMs ?? ms)).toBe(true);
        expect(bin?.toMs === null || ms <= (bin?.toMs ?? -1)).toBe(true);
        expect(positionAmongBins(ms)).toBeGreaterThanOrEqual(binOf(ms));
        expect(positionAmongBins(ms)).toBeLessThanOrEqual(binOf(ms) + 1);
      }),
    );
    expect(BIN_ENDS_MS.map(positionAmongBins)).toEqual(BIN_ENDS_MS.map((_, index) => index + 1));
  });
});
