import { describe, expect, test } from "vitest";
import { compare, median, medianInterval, quantile, randomFrom } from "./statistics.ts";

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe("quantile", () => {
  test("is a value that was measured, by nearest rank", () => {
    expect(quantile(oneToHundred, 0.99)).toBe(99);
    expect(quantile(oneToHundred, 0.991)).toBe(100);
    expect(quantile([15, 20, 35, 40, 50], 0.3)).toBe(20);
    expect(quantile([15, 20, 35, 40, 50], 0.4)).toBe(20);
    expect(quantile([15, 20, 35, 40, 50], 1)).toBe(50);
    expect(quantile([15, 20, 35, 40, 50], 0)).toBe(15);
  });

  test("of nothing there is none", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  test("leaves the values as they were", () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("median", () => {
  test("is the middle, or lies between the two middle ones", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(median([7])).toBe(7);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("compare", () => {
  test("takes the median of the ratios, not the ratio of the medians", () => {
    const pairs = [
      { baseline: 1, candidate: 10 },
      { baseline: 10, candidate: 20 },
      { baseline: 100, candidate: 300 },
    ];
    expect(compare(pairs)).toMatchObject({ baseline: 10, candidate: 20, ratio: 3, n: 3 });
  });

  test("a slow moment that meets both sides of a pair changes nothing", () => {
    const steady = [1, 1, 1, 1, 1].map((slow) => ({ baseline: 2 * slow, candidate: 4 * slow }));
    const noisy = [1, 3, 9, 2, 5].map((slow) => ({ baseline: 2 * slow, candidate: 4 * slow }));
    expect(compare(noisy).ratio).toBe(compare(steady).ratio);
    expect(compare(noisy).ci).toEqual([2, 2]);
  });
});

describe("medianInterval", () => {
  test("includes the median, is within the values, and is the same every time", () => {
    const values = [1.7, 2.1, 1.9, 2.4, 2.0, 1.8, 2.2];
    const [low, high] = medianInterval(values, 2_000);
    expect(low).toBeLessThanOrEqual(2.0);
    expect(high).toBeGreaterThanOrEqual(2.0);
    expect(low).toBeGreaterThanOrEqual(1.7);
    expect(high).toBeLessThanOrEqual(2.4);
    expect(medianInterval(values, 2_000)).toEqual([low, high]);
  });

  test("covers the true median about 95 times of 100", () => {
    const next = randomFrom(7);
    let covered = 0;
    for (let round = 0; round < 200; round += 1) {
      const sample = Array.from({ length: 25 }, () => next());
      const [low, high] = medianInterval(sample, 300);
      if (low <= 0.5 && 0.5 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThan(175);
    expect(covered).toBeLessThan(200);
  });
});
