import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apart } from "./apart.ts";

const text = (left: number, width: number, isMore = false) => ({
  left,
  right: left + width,
  isMore,
});

describe("words in a row", () => {
  it("are all shown where there is room, otherwise as many as do not touch", () => {
    expect(apart([text(0, 30), text(80, 30), text(160, 30)])).toEqual([true, true, true]);
    expect(apart([text(0, 30), text(80, 60), text(140, 60)])).toEqual([true, true, false]);
    expect(apart([text(0, 90), text(80, 60), text(140, 60)])).toEqual([true, false, true]);
  });

  it("give way to a text that is marked as more important", () => {
    expect(apart([text(0, 30), text(80, 60), text(140, 60, true)])).toEqual([true, false, true]);
    expect(apart([text(0, 90, true), text(80, 60, true)])).toEqual([true, false]);
  });

  it("never touch, and the first is always shown unless it gives way", () => {
    const one = fc.record({ left: fc.nat(400), width: fc.nat(90), isMore: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one), (words) => {
        const row = words
          .toSorted((a, b) => a.left - b.left)
          .map(({ left, width, isMore }) => text(left, width, isMore));
        const shown = apart(row);
        const visible = row.filter((_, index) => shown[index]);
        for (const [index, { left }] of visible.entries()) {
          expect(left).toBeGreaterThan(visible[index - 1]?.right ?? -1);
        }
        if (row[0] !== undefined) expect(visible).not.toEqual([]);
      }),
    );
  });
});
