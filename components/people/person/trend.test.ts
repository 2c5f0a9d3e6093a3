import { describe, expect, it } from "vitest";
import type { TrendStep } from "#domain/people/person.ts";
import { barsOf, HEIGHT, topOf } from "./trend.ts";

const MINUTE = 60_000;
const step = (day: string, minutes: number): TrendStep => ({
  day,
  meetings: minutes > 0 ? 1 : 0,
  attendedMs: minutes * MINUTE,
  openCount: 0,
  openSum: 0,
  heldMs: minutes * MINUTE,
});
const WEEKS = [step("2026-10-26", 18.65), step("2026-11-02", 0), step("2026-11-09", 5)];

describe("the trend of a person", () => {
  it.each([
    [18.65, 20],
    [20, 20],
    [61, 120],
    [41 * 60, 50 * 60],
    [101 * 60, 150 * 60],
    [0, 1],
  ])("has a round top over %d minutes", (minutes, top) => {
    expect(topOf([step("2026-10-26", minutes)], 0)).toBe(top * MINUTE);
  });

  it("has a position for every week, at equal distances, and no bar in a week without a meeting", () => {
    const [one, empty, other] = barsOf(WEEKS, topOf(WEEKS, 0), 0);
    expect(one?.height).toBeCloseTo((18.65 / 20) * HEIGHT);
    expect(empty).toMatchObject({ height: 0, y: HEIGHT });
    expect((empty?.x ?? 0) - (one?.x ?? 0)).toBeCloseTo((other?.x ?? 0) - (empty?.x ?? 0));
  });
});
