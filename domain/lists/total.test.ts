import { describe, expect, it } from "vitest";
import { MOST_COUNTED, totalOf } from "./total.ts";

describe("how many rows a list has", () => {
  it("is exact up to the counting limit", () => {
    expect([0, 51, MOST_COUNTED].map(totalOf)).toEqual([0, 51, 10_000]);
  });

  it("is not given as a number above that", () => {
    expect(totalOf(MOST_COUNTED + 1)).toBeNull();
  });
});
