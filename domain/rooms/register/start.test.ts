import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { type RoomStart, roomStartAt } from "./room-start.ts";
import { type KnownStarts, NO_STARTS, START_SOURCES, scheduledStart, startOf } from "./start.ts";

describe("the start from which people can be late", () => {
  const all: KnownStarts = {
    scheduled: clock("10:00"),
    room: clock("10:01"),
    provider: clock("10:02"),
    firstIn: clock("9:50"),
  };
  const came = { host: clock("10:03"), first: clock("9:50") };

  test.each([
    [all, came, "scheduled"],
    [{ ...all, scheduled: null }, came, "room"],
    [{ ...all, scheduled: null, room: null }, came, "provider"],
    [{ ...NO_STARTS, firstIn: all.firstIn }, came, "host"],
    [{ ...NO_STARTS, firstIn: all.firstIn }, { ...came, host: null }, "first"],
  ])("is the first one known: %#", (knownStarts, firsts, by) => {
    expect(startOf(knownStarts, firsts)?.by).toBe(by);
  });

  test("Daily begins a meeting with its first participant, which does not show a teacher’s start", () => {
    const daily = { ...NO_STARTS, provider: clock("9:50"), firstIn: clock("9:50:00.400") };
    expect(startOf(daily, came)).toEqual({ at: clock("10:03"), by: "host" });
    expect(startOf({ ...daily, firstIn: clock("9:50:11") }, came)?.by).toBe("provider");
  });

  it("is known, with its source, wherever any start is", () => {
    const moment = fc.option(fc.nat({ max: 100_000 }));
    const knownStarts = fc.record({
      scheduled: moment,
      room: moment,
      provider: moment,
      firstIn: moment,
    });
    fc.assert(
      fc.property(knownStarts, fc.record({ host: moment, first: moment }), (starts, firsts) => {
        const start = startOf(starts, firsts);
        const { firstIn: _, ...named } = starts;
        const moments = Object.values({ ...named, ...firsts }).filter((at) => at !== null);
        // What `expect` answers is not the property's answer.
        if (start === null) {
          expect(moments).toEqual([]);
          return;
        }
        expect(START_SOURCES).toContain(start.by);
        expect(moments).toContain(start.at);
        // A start entered by hand is never passed over.
        if (starts.scheduled !== null) expect(start.by).toBe("scheduled");
        else if (starts.room !== null) expect(start.by).toBe("room");
      }),
      { examples: [[NO_STARTS, { host: null, first: null }]] },
    );
  });
});

describe("a scheduled meeting", () => {
  const hour = (from: string, to: string) => ({ startsAt: clock(from), endsAt: clock(to) });
  const back = [hour("10:00", "11:00"), hour("11:00", "12:00")];
  test.each([
    ["9:50", "11:05", back, "10:00"],
    ["10:57", "12:00", back, "11:00"],
    ["9:50", "12:00", back, "10:00"],
    ["12:01", "13:00", back, null],
    ["9:00", "9:55", [], null],
  ])("is the one in which most of the meeting was: from %s to %s", (from, to, scheduled, start) => {
    const span = { from: clock(from), to: clock(to) };
    expect(scheduledStart(span, scheduled)).toBe(start === null ? null : clock(start));
  });
});

describe("the start set for a room", () => {
  const utc: OffsetAt = () => 0;
  const ten: RoomStart = { timeZone: "UTC", everyDay: "10:00", weekdays: { fri: "11:30" } };
  const on = (from: string, to: string, start: RoomStart, offsetAt = utc) =>
    roomStartAt({ from: clock(from), to: clock(to) }, start, offsetAt);

  // The day of the tests is a Friday.
  test.each([
    ["11:20", "12:30", "11:30"],
    ["8:00", "12:30", "11:30"],
    ["12:30", "13:30", "11:30"],
    ["12:31", "13:30", null],
    ["9:00", "11:29", null],
    ["34:05", "35:00", "34:00"],
  ])("counts for a meeting from %s to %s", (from, to, start) => {
    expect(on(from, to, ten)).toBe(start === null ? null : clock(start));
  });

  test("is by the clocks of its zone, also over midnight, and on its own days alone", () => {
    const india = () => 5.5 * 3_600_000;
    const late = { timeZone: "Asia/Kolkata", everyDay: null, weekdays: { sat: "00:10" } } as const;
    expect(on("18:35", "19:30", late, india)).toBe(clock("18:40"));
    expect(on("42:35", "43:30", late, india)).toBeNull();
  });

  test("is a moment also where clocks skip the hour or show it twice", () => {
    const springs = (at: number) => (at < clock("2:00") ? 0 : 3_600_000);
    expect(on("1:50", "4:00", { ...ten, weekdays: { fri: "02:30" } }, springs)).toBe(clock("2:00"));
    const falls = (at: number) => (at < clock("2:00") ? 3_600_000 : 0);
    expect(on("1:20", "4:00", { ...ten, weekdays: { fri: "02:30" } }, falls)).toBe(clock("1:30"));
  });
});
