import { expect, test } from "vitest";
import { delaysOf, shortDelay } from "./delays.ts";

const at = (ms: number) => new Date(Date.UTC(2026, 10, 20, 10) + ms).toISOString();

test("a delivery took from the provider's clock to ours, to being kept, and to being projected", () => {
  const one = { received_at: at(1_200), kept_ms: 4, projected_at: at(1_230) };
  expect(delaysOf({ ...one, happened_at: at(0) })).toEqual({
    ...{ underWay: 1_200, toKept: 4, toProjected: 30 },
  });
  // A clock that is fast at the provider is seen; what is not known is not 0.
  expect(delaysOf({ ...one, happened_at: at(2_000) }).underWay).toBe(-800);
  expect(delaysOf({ ...one, happened_at: null, kept_ms: null, projected_at: null })).toEqual({
    ...{ underWay: null, toKept: null, toProjected: null },
  });
});

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_240, "1.2 s"],
  [-45_000, "−45 s"],
  [180_000, "3 min"],
  [5 * 3_600_000, "5 h"],
  [50 * 3_600_000, "2 d"],
])("%i ms are written %s", (ms, words) => expect(shortDelay(ms)).toBe(words));
