import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { botJoins, botLeaves, botRules, clock, joins, minutes } from "#domain/testing/history.ts";
import { placeOf, togetherAt, watchedTime } from "./same-place.ts";

describe("bots at one place", () => {
  const watched = (from: number, to: number) => ({ from, to });

  test("that watched at one time are in the room that was known first, also where a third lies between", () => {
    const home = togetherAt([
      { roomId: 3, watched: watched(0, 30) },
      { roomId: 1, watched: watched(50, 80) },
      { roomId: 2, watched: watched(20, 60) },
      { roomId: 4, watched: watched(80, 90) },
      { roomId: 5, watched: null },
    ]);
    expect([...home]).toEqual([
      [3, 1],
      [1, 1],
      [2, 1],
      [4, 4],
      [5, 5],
    ]);
  });

  test("are the same in any order, and never with one that watched at another time", () => {
    const bots = fc.uniqueArray(
      fc.record({
        roomId: fc.integer({ min: 1, max: 20 }),
        from: fc.integer({ min: 0, max: 50 }),
        length: fc.integer({ min: 0, max: 20 }),
      }),
      { selector: ({ roomId }) => roomId, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        bots.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const asked = (some: typeof all) =>
            togetherAt(
              some.map(({ roomId, from, length }) => ({
                roomId,
                watched: watched(from, from + length),
              })),
            );
          const home = asked(all);
          expect([...asked(shuffled)].toSorted()).toEqual([...home].toSorted());
          for (const one of all) {
            for (const other of all) {
              const isAtOnce =
                one.from < other.from + other.length && other.from < one.from + one.length;
              if (isAtOnce) expect(home.get(one.roomId)).toBe(home.get(other.roomId));
            }
          }
        },
      ),
    );
  });

  test("watch from when they came in until they are gone, or fall silent", () => {
    const now = clock("13:00");
    const events = minutes(["09:59", joins("Ada")], ["10:00", botJoins]);
    expect(watchedTime([], botRules, now)).toBeNull();
    expect(watchedTime(events, botRules, now)).toEqual({ from: clock("10:00"), to: Infinity });
    const later = now + 24 * 3_600_000;
    expect(watchedTime(events, botRules, later)?.to).toBe(clock("10:00"));
    const gone = [...events, ...minutes(["10:30", botLeaves], ["10:31", botLeaves])];
    expect(watchedTime(gone, botRules, later)?.to).toBe(clock("10:30"));
  });

  test.each([
    ["https://meet.google.com/abc-defg-hij", "meet.google.com/abc-defg-hij"],
    [" HTTPS://Meet.Google.com/abc-defg-hij/?authuser=1#x ", "meet.google.com/abc-defg-hij"],
    ["https://us02web.zoom.us/j/123?pwd=secret", "us02web.zoom.us/j/123"],
    ["https://teams.microsoft.com/meet/29?p=secret", "teams.microsoft.com/meet/29"],
    ["https://elsewhere.example/j.php?MTID=m1", "elsewhere.example/j.php?MTID=m1"],
    ["https://zoom.us/", null],
    ["javascript:alert(1)", null],
    ["abc-defg-hij", null],
  ])("%s is the place %s", (address, place) => {
    expect(placeOf(address)).toBe(place);
  });
});
