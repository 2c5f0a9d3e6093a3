import { expect, test } from "vitest";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";
import { NO_STARTS } from "#domain/rooms/register/start.ts";
import { chartOf } from "./chart.ts";

function meeting(attended: number | null, given: Partial<RegisterColumn> = {}): RegisterColumn {
  return {
    id: "m",
    status: "ended",
    firstAt: 0,
    startedAt: 0,
    endedAt: 1,
    peopleCount: 0,
    erased: attended === null,
    lengthMs: 1,
    leftOut: null,
    held: attended !== null,
    attended,
    late: 0,
    leftEarly: 0,
    hosts: 0,
    start: null,
    starts: NO_STARTS,
    ...given,
  };
}

test("the highest bar has the whole height, and late people are a part of a bar", () => {
  const { bars, most } = chartOf([meeting(10, { late: 4 }), meeting(20), meeting(0)]);
  expect(most).toBe(20);
  expect(bars).toEqual([
    { kind: "held", height: 50, late: 20, count: 10 },
    { kind: "held", height: 100, late: 0, count: 20 },
    { kind: "held", height: 0, late: 0, count: 0 },
  ]);
});

test("of an erased meeting the number is left, and a meeting in progress looks different", () => {
  const { bars } = chartOf([
    meeting(null, { peopleCount: 8 }),
    meeting(4, { status: "live", held: false }),
    meeting(0, { held: false }),
  ]);
  expect(bars.map(({ kind, count }) => [kind, count])).toEqual([
    ["erased", 8],
    ["live", 4],
    ["empty", 0],
  ]);
});

test("the mean is of four held meetings, and of no others", () => {
  const meetings = [4, 8, 4, 8, 16].map((count) => meeting(count));
  meetings.splice(2, 0, meeting(null, { peopleCount: 16 }));
  expect(chartOf(meetings).mean).toEqual([
    { index: 4, height: 37.5 },
    { index: 5, height: 56.25 },
  ]);
});
