import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { ClockFace } from "./clock-face.ts";

describe("clock times", () => {
  it("are those of the zone, from 00 to 23", () => {
    const amsterdam = ClockFace.in("Europe/Amsterdam");
    expect(amsterdam.second(clock("10:02:11"))).toBe("11:02:11");
    expect(amsterdam.minute(clock("23:30"))).toBe("00:30");
    expect(amsterdam.date(clock("23:30"))).toBe("Saturday 21 November");
  });

  it("know what the zone is ahead of UTC, summer and winter", () => {
    expect(ClockFace.in("Asia/Kolkata").offsetMs(clock("10:00"))).toBe(5.5 * 3_600_000);
    expect(ClockFace.in("America/St_Johns").offsetMs(clock("01:00:30.250"))).toBe(-3.5 * 3_600_000);
    const june = clock("10:00") - 160 * 86_400_000;
    expect(ClockFace.in("Europe/Amsterdam").offsetMs(june)).toBe(2 * 3_600_000);
  });

  it("carry their day where they are told of something over midnight", () => {
    const kolkata = ClockFace.dated("Asia/Kolkata");
    expect(kolkata.minute(clock("17:50"))).toBe("20 Nov 23:20");
    expect(kolkata.second(clock("18:40"))).toBe("21 Nov 00:10:00");
    expect(ClockFace.in("Asia/Kolkata").minute(clock("18:40"))).toBe("00:10");
  });

  it("are the same however many have been asked for", () => {
    const face = ClockFace.in("America/New_York");
    const said = () =>
      Array.from({ length: 5_000 }, (_, n) => face.second(clock("05:00") + n * 1000 + (n % 1000)));
    const first = said();
    expect(first[0]).toBe("00:00:00");
    expect(first[4_999]).toBe("01:23:19");
    expect(said()).toEqual(first);
  });
});
