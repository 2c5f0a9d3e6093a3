import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  LESSON,
  lanes,
  openMeeting,
  region,
  settle,
  tile,
  unsettle,
} from "#components/testing/meeting-page.tsx";
import type { MeetingEvent } from "#domain/event/event.ts";
import { botJoins, botLeaves, clock, joins, leaves, minutes } from "#domain/testing/history.ts";

beforeEach(settle);
afterEach(unsettle);

describe("who hosted", () => {
  it("shows hand-overs, gaps with their length, the first host and the time without one", async () => {
    await openMeeting();
    const history = region("Host history");
    expect(history.textContent).toContain("Time to first host1:40Without a host3:40");
    const lines = within(history).getAllByRole("listitem");
    expect(lines.map((line) => line.textContent)).toEqual([
      "✕ nobody · 1:4010:00 – 10:01",
      "P. Singh10:01 – 10:18",
      "✕ nobody · 2:0010:18 – 10:20",
      "R. Lindqvist10:20 – nowtook over from P. Singh",
    ]);
    expect(screen.getByTitle(/^R. Lindqvist took over from P. Singh at 10:20:00, after 2:00/));
    const key = region("Timeline").querySelector("ul")?.textContent;
    expect(key).toContain("hand-over");
    expect(key).toContain("nobody hosts");
    expect(key).not.toContain("nobody knows which");
  });

  it("shows between which times a role changed, and two hosts as two", async () => {
    await openMeeting(
      "",
      minutes(
        ["10:02", joins("Haddad", { host: true })],
        ["10:05", joins("Osei", { host: true })],
        ["10:20", leaves("Haddad", { host: false })],
      ),
    );
    expect(region("Host history").textContent).toContain(
      "Haddad≈ 10:02 – 10:20the role changed somewhere between 10:02 and 10:20",
    );
    const strip = screen.getByRole("img", { name: /^Host: Haddad .* \(uncertain\), Osei / });
    const tops = [...strip.children].slice(0, 2).map((bar) => bar.getAttribute("style"));
    expect(tops[0]).toContain("top: 0px");
    expect(tops[1]).toContain("top: 8px");
    expect(region("Timeline").textContent).toContain("host for a part of it, nobody knows which");
  });
});

describe("people over time", () => {
  it("marks the peak", async () => {
    await openMeeting();
    expect(
      screen.getByRole("img", {
        name: "People over time: at most 4 people at once at 10:30, 4 now",
      }),
    ).toBeDefined();
    expect(region("Timeline").textContent).toContain("peak 4 · 10:30");
  });
});

describe("how a lane shows its sources", () => {
  it("has an open begin where the bot found the person there", async () => {
    await openMeeting(
      "",
      minutes(
        ["10:00", botJoins],
        ["10:00:01", joins("Ada")],
        ["10:10", joins("Bo")],
        ["10:30", botLeaves],
      ),
    );
    expect(lanes()[0]).toContain("there before the bot came");
    expect(lanes()[1]).not.toContain("there before the bot came");
    const bars = screen
      .getAllByRole("option")
      .map((lane) => lane.querySelector(".bg-present")?.className ?? "");
    expect(bars[0]).toContain("opens-and-fades");
    expect(bars[1]).not.toContain("opens");
    expect(region("Timeline").textContent).toContain("from when the bot saw them");
  });

  it("marks a person joined by name, and one joined by hand with the operator's name", async () => {
    const ruled: MeetingEvent = {
      type: "identity_ruled",
      at: clock("10:02:11"),
      ruling: "r1",
      verdict: "same",
      participantIds: ["laptop", "Kofi"],
      apartFrom: [],
      by: "Front desk",
      ruledAt: clock("10:41"),
    };
    await openMeeting("", [...LESSON, ruled]);
    expect(screen.getByTitle("joined by hand by Front desk")).toBeDefined();
    expect(
      screen.getAllByTitle("2 connections of the same name, taken as one person"),
    ).toHaveLength(2);
    const key = region("Timeline").querySelector("ul")?.textContent;
    expect(key).toContain("one person by name");
    expect(key).toContain("joined or separated by hand");
  });
});

/** The same minutes on another day. */
const moved = (events: MeetingEvent[], ms: number) =>
  events.map((event) => ({ ...event, at: event.at + ms }));
const DAY = 86_400_000;

describe("a meeting over midnight", () => {
  const night = minutes(
    ["17:50", joins("Ada", { host: true })],
    ["18:40", leaves("Ada")],
    ["18:00", joins("Bo")],
    ["19:05", leaves("Bo")],
  );

  it("shows the days of its times where it spans midnight in the zone", async () => {
    await openMeeting("?at=2026-11-20T18:31:00Z", night, "Asia/Kolkata", clock("20:00"));
    expect(screen.getByText("Fri 20 Nov 2026, 23:20 – Sat 21 Nov 2026, 00:35")).toBeDefined();
    expect(lanes()[0]).toContain("first in 20 Nov 23:20:00");
    expect(region("As of").textContent).toContain("As of 21 Nov 00:01:00");
    expect(region("Host history").textContent).toContain("20 Nov 23:20 – 21 Nov 00:10");
    const axis = region("Timeline").querySelector("[aria-hidden].h-9");
    expect([...(axis?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
      "20 Nov23:20",
      "23:30",
      "23:40",
      "23:50",
      "21 Nov00:00",
      "00:10",
      "00:20",
      "00:30",
    ]);
  });

  it("shows no days where it does not span midnight in the zone", async () => {
    await openMeeting("", night, "UTC", clock("20:00"));
    expect(screen.getByText("Fri 20 Nov 2026, 17:50 – 19:05")).toBeDefined();
    expect(lanes()[0]).toContain("first in 17:50:00");
    expect(region("Timeline").querySelector("[aria-hidden].h-9")).toBeNull();
  });

  it("has ticks at the clock's own hours when the clocks go forward, and true durations", async () => {
    // Moved back from 20 November 2026 to 28 March: that night the clocks of Amsterdam go from 02:00 to 03:00.
    const back = -237 * DAY;
    const long = moved(minutes(["21:30", joins("Ada")], ["28:30", leaves("Ada")]), back);
    await openMeeting("", long, "Europe/Amsterdam", clock("30:00") + back);
    expect(lanes()[0]).toContain(
      "attended 7:00:00, first in 28 Mar 22:30:00, last out 29 Mar 06:30:00",
    );
    const axis = region("Timeline").querySelector("[aria-hidden].h-9");
    expect([...(axis?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
      "28 Mar23:00",
      "29 Mar00:00",
      "01:00",
      "03:00",
      "04:00",
      "05:00",
      "06:00",
    ]);
  });

  it("never wraps at a day", async () => {
    await openMeeting(
      "",
      minutes(["01:00", joins("Ada")], ["52:00", leaves("Ada")]),
      "UTC",
      clock("60:00"),
    );
    expect(lanes()[0]).toBe(
      "Ada, left, attended 51:00:00, first in 20 Nov 01:00:00, last out 22 Nov 04:00:00",
    );
    expect(tile("Median stay")).toContain("51:00:00");
  });
});
