import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { occupiedOf } from "#domain/meeting/occupancy.ts";
import {
  botJoins,
  botLeaves,
  botRules,
  clock,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import type { Interval } from "#domain/time/interval.ts";
import { intervalsWithout, lengthMs } from "#domain/time/interval.ts";
import {
  type Axis,
  axisOf,
  horizonOf,
  LEAST_WIDTH,
  laneOf,
  lanePositionOf,
  outlineOf,
  percentOf,
  SHORTEST_AXIS_MS,
} from "./timeline.ts";

const axis: Axis = { from: clock("10:00"), to: clock("11:00") };

describe("the axis", () => {
  it("of a running meeting ends a stride after now", () => {
    expect(horizonOf(clock("10:00"), clock("10:42:10"))).toBe(clock("10:45"));
    expect(horizonOf(clock("10:00"), clock("10:43:30"))).toBe(clock("10:45"));
    expect(horizonOf(clock("10:00"), clock("10:00:03"))).toBe(clock("10:01"));
  });

  it("ends after now, not far after, and its end moves only forward", () => {
    const length = fc.integer({ min: 0, max: 40 * 3_600_000 });
    fc.assert(
      fc.property(length, fc.integer({ min: 0, max: 60_000 }), (ms, later) => {
        const from = clock("10:00");
        const end = horizonOf(from, from + ms);
        expect(end).toBeGreaterThan(from + ms);
        expect(end - from).toBeLessThanOrEqual(Math.max(SHORTEST_AXIS_MS, ms * 1.35));
        expect(horizonOf(from, from + ms + later)).toBeGreaterThanOrEqual(end);
      }),
    );
  });
});

describe("positions", () => {
  it("are in percent of the axis", () => {
    expect(lanePositionOf({ from: clock("10:15"), to: clock("10:45") }, axis)).toEqual({
      left: 25,
      width: 50,
    });
    expect(lanePositionOf({ from: clock("10:15"), to: null }, axis)).toEqual({
      left: 25,
      width: null,
    });
  });

  it("are within the axis and wide enough to be seen, for any interval", () => {
    const at = fc.integer({ min: clock("08:00"), max: clock("13:00") });
    fc.assert(
      fc.property(at, fc.option(at), (from, to) => {
        const { left, width } = lanePositionOf({ from, to }, axis);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left + (width ?? LEAST_WIDTH)).toBeLessThanOrEqual(100 + 1e-9);
        expect(width ?? LEAST_WIDTH).toBeGreaterThanOrEqual(LEAST_WIDTH);
      }),
    );
  });
});

describe("a lane", () => {
  const lena = minutes(
    ["10:01:37", knocks("Lena")],
    ["10:02:11", stopsWaiting("Lena", { since: "10:01:37" })],
    ["10:02:11", joins("Lena")],
    ["10:21:40", leaves("Lena")],
    ["10:21:49", joins("Lena", { session: "again" })],
  );

  it("shows the wait, the stays and the gap that the grace closed", () => {
    const [person] = projectMeeting(lena, rules, clock("10:41")).people;
    const lane = person && laneOf(person, axis);
    expect(lane?.pieces.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["waiting", clock("10:01:37"), clock("10:02:11")],
      ["present", clock("10:02:11"), clock("10:21:40")],
      ["present", clock("10:21:49"), null],
      ["rejoined", clock("10:21:40"), clock("10:21:49")],
    ]);
    expect(lane?.marks).toEqual([]);
  });

  it("leaves a longer absence open", () => {
    const [person] = projectMeeting(
      minutes(["10:00", joins("Bo")], ["10:10", leaves("Bo")], ["10:20", joins("Bo")]),
      rules,
      clock("10:41"),
    ).people;
    expect(person && laneOf(person, axis).pieces.map(({ kind }) => kind)).toEqual([
      "present",
      "present",
    ]);
  });

  it("marks where a person left before being admitted", () => {
    const [person] = projectMeeting(
      minutes(["10:30", knocks("Kofi")], ["10:34:26", stopsWaiting("Kofi")]),
      rules,
      clock("10:41"),
    ).people;
    expect(person && laneOf(person, axis).marks).toEqual([
      { kind: "left", at: clock("10:34:26"), left: percentOf(clock("10:34:26"), axis) },
    ]);
  });

  it("begins open where a bot found a person there", () => {
    const { people } = projectMeeting(
      minutes(
        ["10:00", botJoins],
        ["10:00:01", joins("Ada")],
        ["10:20", joins("Bo")],
        ["10:30", leaves("Ada")],
        ["10:40", joins("Ada", { session: "again" })],
      ),
      botRules,
      clock("10:50"),
    );
    const isOpen = people.map((person) => laneOf(person, axis).pieces.map((piece) => piece.isOpen));
    expect(isOpen).toEqual([[true, false], [false]]);
  });

  it("shows which end was not reported", () => {
    const [person] = projectMeeting(
      minutes(["10:00", botJoins], ["10:05", joins("Ada")], ["10:50", botLeaves]),
      botRules,
      clock("10:55"),
    ).people;
    expect(person && laneOf(person, axis).pieces).toMatchObject([
      { kind: "present", to: clock("10:50"), inferred: true },
    ]);
  });

  it("keeps every piece within the axis, for any history", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const view = projectMeeting(events, rules, clock("12:30"));
        if (view.firstAt === null) return;
        const whole = axisOf(view.firstAt, clock("12:30"));
        for (const person of view.people) {
          for (const { left, width } of laneOf(person, whole).pieces) {
            expect(left).toBeGreaterThanOrEqual(0);
            expect(left + (width ?? 0)).toBeLessThanOrEqual(100 + 1e-9);
          }
        }
      }),
    );
  });
});

describe("taking intervals away", () => {
  const intervals: fc.Arbitrary<Interval[]> = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 500 }), fc.option(fc.integer({ min: 0, max: 100 })))
      .map(([from, length]) => ({ from, to: length === null ? null : from + length })),
    { maxLength: 6 },
  );

  it("leaves the whole less what both share", () => {
    const now = 1000;
    fc.assert(
      fc.property(intervals, intervals, (whole, parts) => {
        const left = intervalsWithout(whole, parts);
        const inside = (set: readonly Interval[], at: number) =>
          set.some(({ from, to }) => from <= at && at < (to ?? Number.POSITIVE_INFINITY));
        for (let at = 0; at < now; at += 7) {
          expect(inside(left, at)).toBe(inside(whole, at) && !inside(parts, at));
        }
      }),
    );
  });

  it("splits the time people were there into with and without a host", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const now = clock("12:30");
        const { people } = projectMeeting(events, rules, now);
        const occupied = occupiedOf(people);
        const tenures = people.flatMap((person) => person.tenures);
        const hostless = intervalsWithout(occupied, tenures);
        const hosted = intervalsWithout(occupied, hostless);
        expect(lengthMs(hostless, now) + lengthMs(hosted, now)).toBe(lengthMs(occupied, now));
      }),
    );
  });
});

describe("the outline of how many there were", () => {
  it("steps from the left edge to the right", () => {
    const steps = [
      { at: clock("09:50"), count: 2 },
      { at: clock("10:30"), count: 4 },
    ];
    expect(outlineOf(steps, axis, 4)).toEqual([
      { x: 0, y: 50 },
      { x: 50, y: 50 },
      { x: 50, y: 100 },
      { x: 100, y: 100 },
    ]);
  });

  it("shows the peak of a crowd that could not be drawn step by step", () => {
    const crowd = Array.from({ length: 20_000 }, (_, n) => ({
      at: clock("10:00:01") + n * 100,
      count: n === 12_345 ? 4 : n % 2,
    }));
    const points = outlineOf(crowd, axis, 4);
    expect(points.length).toBeLessThan(3_003);
    expect(points.filter(({ y }) => y === 100)).toHaveLength(1);
    expect(points.at(-1)).toEqual({ x: 100, y: 25 });
  });

  it("never runs backward and never leaves its frame", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const { steps, peak } = projectMeeting(events, rules, clock("12:30"));
        const points = outlineOf(steps, axis, peak?.count ?? 0);
        for (const [index, { x, y }] of points.entries()) {
          expect(x).toBeGreaterThanOrEqual(points[index - 1]?.x ?? 0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
