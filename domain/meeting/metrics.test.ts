import { describe, expect, it } from "vitest";
import { leftCountsOf } from "#domain/meetings/left-counts.ts";
import {
  clock,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { span } from "#domain/testing/projected.ts";
import { countWaits } from "#domain/waits/wait-count.ts";
import { projectMeeting } from "./meeting.ts";
import {
  attendees,
  hostless,
  longestWaitSince,
  medianStayMs,
  meetingMs,
  timeToFirstHost,
  waitsOf,
} from "./metrics.ts";

const viewOf = (...lines: Parameters<typeof minutes>) =>
  projectMeeting(minutes(...lines), rules, clock("10:30"));

describe("the numbers of a meeting", () => {
  it("take the middle stay, or the middle of the two", () => {
    const view = viewOf(
      ["10:00", joins("A")],
      ["10:10", joins("B")],
      ["10:14", leaves("B")],
      ["10:20", joins("C")],
    );
    const people = attendees(view);
    expect(medianStayMs(people, clock("10:30"))).toBe(10 * 60_000);
    expect(medianStayMs(people.slice(0, 2), clock("10:30"))).toBe(17 * 60_000);
    expect(medianStayMs([], clock("10:30"))).toBeNull();
    expect(meetingMs(view, clock("10:30"))).toBe(30 * 60_000);
  });

  it("separate people who left from those who came back and those who barely waited", () => {
    const view = viewOf(
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
    expect(countWaits(waitsOf(view), 120_000)).toMatchObject({ lost: 1, short: 1, cameBack: 1 });
    expect(leftCountsOf(view.people)).toEqual({
      waitsLeftCount: 2,
      peopleLeftCount: 2,
      peopleLostCount: 1,
    });
    expect(longestWaitSince(view)).toBe(clock("10:20"));
  });
});

describe("hosting", () => {
  it("begins so long after the first person came, waiting or in", () => {
    const waited = viewOf(["10:00", knocks("Ada")], ["10:02:30", joins("Osei", { host: true })]);
    expect(timeToFirstHost(waited.people)).toEqual({ ms: 150_000, inferred: false });
    const atOnce = viewOf(["10:00", joins("Osei", { host: true })]);
    expect(timeToFirstHost(atOnce.people)).toEqual({ ms: 0, inferred: false });
    const unsure = viewOf(
      ["10:00", joins("Ada", { host: false })],
      ["10:05", joins("Haddad", { host: false })],
      ["10:20", leaves("Haddad", { host: true })],
    );
    expect(timeToFirstHost(unsure.people)).toEqual({ ms: 300_000, inferred: true });
    expect(timeToFirstHost(viewOf(["10:00", joins("Ada")]).people)).toBeNull();
  });

  it("is missing where a person is in or waiting and no one is host, but for the grace", () => {
    const { people } = viewOf(
      ["10:00", knocks("Ada")],
      ["10:01", joins("Osei", { host: true })],
      ["10:04", stopsWaiting("Ada")],
      ["10:10", leaves("Osei")],
      ["10:10:20", joins("Osei", { host: true, session: "again" })],
      ["10:15", leaves("Osei", { session: "again" })],
      ["10:18", joins("Bo", { host: false })],
      ["10:20", leaves("Bo")],
    );
    expect(hostless(people, rules.graceMs)?.map(({ from, to }) => span(from, to))).toEqual([
      "10:00:00–10:01:00",
      "10:18:00–10:20:00",
    ]);
    expect(hostless(viewOf(["10:00", joins("Ada", { host: false })]).people, 0)).toEqual([
      { from: clock("10:00"), to: null },
    ]);
    expect(hostless(viewOf(["10:00", joins("Ada")]).people, 0)).toBeNull();
  });
});
