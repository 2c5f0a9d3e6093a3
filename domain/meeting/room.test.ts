import { describe, expect, it } from "vitest";
import {
  clock,
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  starts,
} from "#domain/testing/history.ts";
import { partMeetings } from "./room.ts";

const lengths = (...lines: Parameters<typeof minutes>) =>
  partMeetings(minutes(...lines), rules, clock("13:00")).map((meeting) => meeting.length);

describe("the meetings of a room", () => {
  it("are parted by an empty gap longer than the rule, and not by a shorter one", () => {
    expect(
      lengths(
        ["10:00", joins("Ada")],
        ["10:10", leaves("Ada")],
        ["10:12", joins("Bo")],
        ["10:20", leaves("Bo")],
        ["10:22:00.001", joins("Cy")],
      ),
    ).toEqual([4, 1]);
  });

  it("go on while a person waits", () => {
    expect(
      lengths(
        ["10:00", joins("Ada")],
        ["10:10", knocks("Bo")],
        ["10:10", leaves("Ada")],
        ["10:30", joins("Bo")],
      ),
    ).toEqual([4]);
  });

  it("are parted by a leave that comes late, which shows the room was empty", () => {
    const one = [
      ["10:00", joins("Ada")],
      ["12:00", joins("Bo")],
    ] as const;
    expect(lengths(...one)).toEqual([2]);
    expect(lengths(...one, ["10:05", leaves("Ada", { joinedAt: "10:00" })])).toEqual([2, 1]);
  });

  it("are bridged by the provider's own start and end, and never parted by them", () => {
    expect(
      lengths(
        ["10:00", starts("m")],
        ["10:00", joins("Ada")],
        ["10:05", leaves("Ada")],
        ["10:20", joins("Bo")],
        ["10:25", leaves("Bo")],
        ["10:25", ends("m")],
      ),
    ).toEqual([6]);
    expect(
      lengths(
        ["10:00", joins("Ada")],
        ["10:10", ends("a")],
        ["10:11", starts("b")],
        ["10:11", joins("Bo")],
      ),
    ).toEqual([4]);
  });
});
