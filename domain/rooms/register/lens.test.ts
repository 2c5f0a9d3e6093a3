import fc from "fast-check";
import { expect, it } from "vitest";
import { paramsOfThresholds, thresholdsIn } from "./lens.ts";
import { DEFAULT_THRESHOLDS } from "./thresholds.ts";

const read = (params: Record<string, string | null>) =>
  thresholdsIn((name) => params[name] ?? null, DEFAULT_THRESHOLDS);

it("reads what it writes", () => {
  const ms = fc.nat({ max: 86_400_000 });
  const percent = fc.integer({ min: 100, max: 10_000 }).map((value) => value / 10_000);
  const thresholds = fc.record({
    heldMs: ms,
    lateMs: ms,
    earlyMs: ms,
    share: fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000),
    attendedMs: fc.option(ms),
    regularShare: percent,
    regularLast: fc.integer({ min: 3, max: 100 }),
    missed: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(thresholds, (given) => {
      const { thresholds, unreadable } = read(paramsOfThresholds(given, DEFAULT_THRESHOLDS));
      expect(unreadable).toEqual([]);
      expect({ ...thresholds, share: 0, regularShare: 0 }).toEqual({
        ...given,
        share: 0,
        regularShare: 0,
      });
      expect(thresholds.share).toBeCloseTo(given.share, 10);
      expect(thresholds.regularShare).toBeCloseTo(given.regularShare, 10);
    }),
  );
});

it("leaves the defaults out of the address", () => {
  expect(
    Object.values(paramsOfThresholds(DEFAULT_THRESHOLDS, DEFAULT_THRESHOLDS)).every(
      (text) => text === null,
    ),
  ).toBe(true);
  expect(read({ late_ms: "", share: "" })).toEqual({
    thresholds: DEFAULT_THRESHOLDS,
    unreadable: [],
  });
});

it.each([
  ["late_ms", "soon"],
  ["late_ms", "-1"],
  ["early_ms", "86400001"],
  ["share", "100.01"],
  ["share", "1e1"],
  ["regular_share", "0"],
  ["regular_last", "2"],
  ["missed", "0"],
  ["missed", "1.5"],
])("takes the default for %s=%s, and reports it", (name, text) => {
  const { thresholds, unreadable } = read({ [name]: text });
  expect(thresholds).toEqual(DEFAULT_THRESHOLDS);
  expect(unreadable.map((parameter) => parameter.name)).toEqual([name]);
});
