import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { ENOUGH, ENOUGH_AT_THIS_HOUR, usualWait } from "./usual-wait.ts";

const utc: OffsetAt = () => 0;
const DAY = 86_400_000;
const MINUTE = 60_000;

/** Waits of so many minutes, one on each of the days before. */
function waits(time: string, minutes: readonly number[]) {
  return minutes.map((length, day) => ({
    startedAt: clock(time) - (day + 1) * DAY,
    lastedMs: length * MINUTE,
  }));
}

describe("how long people usually wait", () => {
  const lengths = [4, 5, 6, 7, 8, 9, 4.5, 5.5, 1, 40, 6.5, 7.5];
  it("is of this time of the day, where enough is known of it", () => {
    const past = [...waits("10:20", lengths), ...waits("16:00", Array(30).fill(90))];
    expect(usualWait(past, clock("10:00"), utc)).toEqual({
      ...{ fromMinutes: 4, toMinutes: 8, atThisHour: true },
    });
  });

  it("is of the whole day where less is known, and nothing where too little is", () => {
    const past = waits("16:00", Array(ENOUGH).fill(3));
    expect(usualWait(past, clock("10:00"), utc)).toEqual({
      ...{ fromMinutes: 3, toMinutes: 4, atThisHour: false },
    });
    expect(usualWait(past.slice(1), clock("10:00"), utc)).toBeNull();
    expect(usualWait(waits("10:00", lengths.slice(1)), clock("10:00"), utc)).toBeNull();
  });

  it("goes by the clocks of the house, also around midnight", () => {
    const late = waits("23:40", Array(ENOUGH_AT_THIS_HOUR).fill(2));
    expect(usualWait(late, clock("0:20"), utc)?.atThisHour).toBe(true);
    const ahead: OffsetAt = () => 2 * 3_600_000;
    expect(usualWait(late, clock("0:20"), ahead)?.atThisHour).toBe(true);
  });

  it("is a range in which at least half of those waits lie, and begins before it ends", () => {
    const past = fc.array(
      fc.record({ startedAt: fc.nat({ max: 60 * DAY }), lastedMs: fc.nat({ max: 7_200_000 }) }),
      { minLength: ENOUGH, maxLength: 80 },
    );
    fc.assert(
      fc.property(past, (all) => {
        const found = usualWait(all, 61 * DAY, utc);
        if (found === null) throw new Error("enough is known");
        const { fromMinutes, toMinutes, atThisHour } = found;
        expect(fromMinutes).toBeLessThan(toMinutes);
        if (atThisHour) return;
        const within = all.filter(
          ({ lastedMs }) => lastedMs >= fromMinutes * MINUTE && lastedMs <= toMinutes * MINUTE,
        );
        expect(within.length * 2).toBeGreaterThanOrEqual(all.length);
      }),
    );
  });
});
