import { describe, expect, it } from "vitest";
import { tellMeeting } from "#domain/meeting.ts";
import {
  clock,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { attendees, longestWaitSince, lostOf, medianStayMs, meetingMs } from "./numbers.ts";

const tell = (...lines: Parameters<typeof minutes>) =>
  tellMeeting(minutes(...lines), rules, clock("10:30"));

describe("the numbers of a meeting", () => {
  it("take the middle stay, or the middle of the two", () => {
    const story = tell(
      ["10:00", joins("A")],
      ["10:10", joins("B")],
      ["10:14", leaves("B")],
      ["10:20", joins("C")],
    );
    const people = attendees(story);
    expect(medianStayMs(people, clock("10:30"))).toBe(10 * 60_000);
    expect(medianStayMs(people.slice(0, 2), clock("10:30"))).toBe(17 * 60_000);
    expect(medianStayMs([], clock("10:30"))).toBeNull();
    expect(meetingMs(story, clock("10:30"))).toBe(30 * 60_000);
  });

  it("tell those who left from those who came back and those who barely waited", () => {
    const story = tell(
      ["10:00", joins("Host")],
      ["10:01", knocks("Kofi")],
      ["10:05", stopsWaiting("Kofi")],
      ["10:06", knocks("Brief")],
      ["10:06:08", stopsWaiting("Brief")],
      ["10:10", knocks("Tom")],
      ["10:12", stopsWaiting("Tom")],
      ["10:15", joins("Tom", { session: "in" })],
      ["10:20", knocks("Wei")],
    );
    expect(lostOf(story)).toEqual({ left: 1, short: 1, cameBack: 1, longestMs: 240_000 });
    expect(longestWaitSince(story)).toBe(clock("10:20"));
  });
});
