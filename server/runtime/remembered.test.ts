import { expect, test, vi } from "vitest";
import { remembered } from "./remembered.ts";

test("a result is found once, however many other texts come, and of long ones each time", () => {
  const of = vi.fn((text: string) => text.length);
  const length = remembered(of);
  expect([length("one"), length("one")]).toEqual([3, 3]);
  expect(of).toHaveBeenCalledTimes(1);
  for (let index = 0; index < 5_000; index += 1) expect(length(String(index).padStart(9))).toBe(9);
  expect(length("one")).toBe(3);
  const long = "x".repeat(200);
  of.mockClear();
  expect([length(long), length(long)]).toEqual([200, 200]);
  expect(of).toHaveBeenCalledTimes(2);
});

test("what is thrown is thrown again", () => {
  const of = remembered((text: string) => {
    throw new Error(text);
  });
  expect(() => of("no")).toThrow("no");
  expect(() => of("no")).toThrow("no");
});
