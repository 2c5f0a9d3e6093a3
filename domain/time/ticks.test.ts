import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { type Axis, axisOf, percentOf } from "#domain/timeline/timeline.ts";
import { stepOf, ticksOf, type ZoneOffset } from "./ticks.ts";
import { formatUtc, parseUtc } from "./time.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const utc: ZoneOffset = () => 0;

const moment = (time: string) => parseUtc(`${time}:00.000Z`) ?? Number.NaN;
/** The clocks of a zone that change once. */
const changing =
  (before: number, at: string, after: number): ZoneOffset =>
  (now) =>
    (now < moment(at) ? before : after) * HOUR;
/** The local time at each tick: `29T03:00`. */
const shown = (ticks: readonly number[], offsetAt: ZoneOffset) =>
  ticks.map((at) => formatUtc(at + offsetAt(at)).slice(8, 16));

describe("ticks", () => {
  it("stand at round times of the zone's own clock", () => {
    const axis: Axis = { from: clock("10:00"), to: clock("11:00") };
    const step = stepOf(axis, 8);
    expect(step).toBe(10 * MINUTE);
    expect(ticksOf({ from: clock("10:03"), to: clock("10:45") }, step, utc)).toEqual(
      ["10:10", "10:20", "10:30", "10:40"].map((time) => clock(time)),
    );
    // Half past in UTC is a full hour where the clock is 5:30 ahead.
    expect(ticksOf(axis, HOUR, () => 5.5 * HOUR)).toEqual([clock("10:30")]);
  });

  it("follow the clocks forward: the hour that is left out has none", () => {
    const amsterdam = changing(1, "2026-03-29T01:00", 2);
    const night = { from: moment("2026-03-28T23:10"), to: moment("2026-03-29T04:10") };
    expect(shown(ticksOf(night, HOUR, amsterdam), amsterdam)).toEqual([
      "29T01:00",
      "29T03:00",
      "29T04:00",
      "29T05:00",
      "29T06:00",
    ]);
    const long = { from: moment("2026-03-28T20:00"), to: moment("2026-03-29T12:00") };
    expect(shown(ticksOf(long, 3 * HOUR, amsterdam), amsterdam)).toEqual([
      "28T21:00",
      "29T00:00",
      "29T03:00",
      "29T06:00",
      "29T09:00",
      "29T12:00",
    ]);
  });

  it("and back: the hour that comes twice has them twice", () => {
    const amsterdam = changing(2, "2026-10-25T01:00", 1);
    const night = { from: moment("2026-10-24T23:30"), to: moment("2026-10-25T02:30") };
    expect(shown(ticksOf(night, 30 * MINUTE, amsterdam), amsterdam)).toEqual([
      "25T01:30",
      "25T02:00",
      "25T02:30",
      "25T02:00",
      "25T02:30",
      "25T03:00",
      "25T03:30",
    ]);
  });

  it("begin a day at its first moment where the clocks leave midnight out", () => {
    const beirut = changing(2, "2026-03-28T22:00", 3);
    const days = { from: moment("2026-03-27T12:00"), to: moment("2026-03-30T12:00") };
    expect(shown(ticksOf(days, DAY, beirut), beirut)).toEqual(["28T00:00", "29T01:00", "30T00:00"]);
  });

  it("change by half an hour where the zone does", () => {
    const lordHowe = changing(11, "2026-04-04T15:00", 10.5);
    const night = { from: moment("2026-04-04T14:00"), to: moment("2026-04-04T17:00") };
    expect(shown(ticksOf(night, HOUR, lordHowe), lordHowe)).toEqual([
      "05T01:00",
      "05T02:00",
      "05T03:00",
    ]);
  });

  it("are never more than there is room for, in order, within the axis and at round times", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * DAY }),
        fc.integer({ min: 2, max: 12 }),
        fc.constantFrom(0, 1, -3.5, 5.75),
        fc.constantFrom(1, -1, 0.5, 0),
        fc.integer({ min: 0, max: 20 * DAY }),
        (length, most, offset, change, changesAfter) => {
          const axis = axisOf(clock("10:03:17"), clock("10:03:17") + length);
          const changesAt = Math.floor((axis.from + changesAfter) / HOUR) * HOUR;
          const offsetAt: ZoneOffset = (at) => (offset + (at < changesAt ? 0 : change)) * HOUR;
          const step = stepOf(axis, most);
          const ticks = ticksOf(axis, step, offsetAt);
          const twice = change < 0 ? Math.ceil((-change * HOUR) / step) : 1;
          expect(ticks.length).toBeLessThanOrEqual(most + 1 + twice);
          for (const [index, at] of ticks.entries()) {
            expect(at).toBeGreaterThan(ticks[index - 1] ?? -Infinity);
            expect(percentOf(at, axis)).toBe(((at - axis.from) / (axis.to - axis.from)) * 100);
            const isRound = (at + offsetAt(at)) % step === 0;
            expect(isRound || (step >= DAY && at === changesAt)).toBe(true);
          }
        },
      ),
    );
  });
});
