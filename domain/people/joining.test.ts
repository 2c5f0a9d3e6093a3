import { expect, test } from "vitest";
import { previewJoining } from "./joining.ts";

const summed = (meetings: number, attendedMs: number) => ({
  meetings,
  attendedMs,
  openCount: 0,
  openSum: 0,
});

test("two who were never at one meeting are added up", () => {
  expect(previewJoining(summed(3, 300), summed(2, 50), [], 1_000)).toEqual({
    meetings: 5,
    both: 0,
    atOnce: 0,
    atOnceMs: 0,
    attendedMs: 350,
  });
});

test("a common meeting counts once, and the time in which both were in is shown and not added up", () => {
  const met = [
    { graceMs: 0, one: [{ from: 0, to: 60 }], other: [{ from: 40, to: 100 }] },
    { graceMs: 0, one: [{ from: 0, to: 10 }], other: [{ from: 10, to: 20 }] },
  ];
  expect(previewJoining(summed(2, 70), summed(4, 170), met, 1_000)).toEqual({
    meetings: 4,
    both: 2,
    atOnce: 1,
    atOnceMs: 20,
    attendedMs: 220,
  });
});

test("a short gap between the two closes, and an open visit runs to now", () => {
  const met = [{ graceMs: 30, one: [{ from: 0, to: 60 }], other: [{ from: 80, to: null }] }];
  const other = { meetings: 1, attendedMs: 0, openCount: 1, openSum: 80 };
  expect(previewJoining(summed(1, 60), other, met, 200)).toMatchObject({
    both: 1,
    atOnce: 0,
    attendedMs: 200,
  });
});
