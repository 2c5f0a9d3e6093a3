import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import type { RoomListRow, RoomsPage } from "#domain/rooms/rooms.ts";
import { clock } from "#domain/testing/history.ts";
import { RoomsScreen } from "./rooms-screen.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function roomRow(given: Partial<RoomListRow> = {}): RoomListRow {
  return {
    id: "7",
    key: "algebra-2b",
    title: null,
    source: { id: "s1", provider: "daily", name: "School" },
    seriesBy: "room",
    meetings: 4,
    live: 0,
    peoplePerMeeting: 24.25,
    trend: [20, 25, 26, 26],
    last: {
      id: "m9",
      status: "ended",
      firstAt: clock("8:58"),
      startedAt: clock("9:00"),
      endedAt: clock("10:00"),
    },
    ...given,
  };
}

function pageOf(rows: RoomListRow[], given: Partial<RoomsPage> = {}): RoomsPage {
  return {
    rows,
    total: rows.length,
    next: null,
    previous: null,
    asOf: NOW,
    period: {
      from: clock("0:00") - 27 * 86_400_000,
      to: clock("24:00"),
      timeZone: "Asia/Kolkata",
      firstDay: "2026-10-24",
      lastDay: "2026-11-20",
    },
    today: "2026-11-20",
    narrowed: { source: null, room: null, q: null, minDurationMs: null },
    sort: "last",
    order: "desc",
    choices: { sources: [], rooms: [], gone: [] },
    ...given,
  };
}

const open = (page: RoomsPage, path = "/rooms") =>
  renderLive(<RoomsScreen page={page} />, liveSnapshotOf(), path);
const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
const cells = (name: string) =>
  within(row(name))
    .getAllByRole("cell")
    .map((cell) => cell.textContent);
const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");

describe("the list of rooms", () => {
  it("shows each as a series, in the chosen time zone, and its trend in words", async () => {
    await open(pageOf([roomRow()]));
    expect(cells("algebra")).toEqual([
      "Fri 20 Nov 2026, 14:30",
      "4",
      "24.3",
      "26 lately, 22.5 before",
    ]);
    expect(screen.getByRole("img").getAttribute("aria-label")).toBe(
      "People in the last 4 meetings, oldest first: 20, 25, 26, 26",
    );
    expect(href("algebra-2b")).toBe("/rooms/7?tz=Asia%2FKolkata");
    expect(href("Fri 20 Nov 2026, 14:30")).toBe("/meetings/m9");
  });

  it("shows which series go by a title, which are in progress, and where no meeting is over", async () => {
    const last = {
      id: "m1",
      status: "live",
      firstAt: clock("10:00"),
      startedAt: null,
      endedAt: null,
    } as const;
    const bots = { id: "s2", provider: "attendee", name: "Sales" };
    await open(
      pageOf([
        roomRow({
          title: "Stand-up",
          source: bots,
          seriesBy: "title",
          meetings: 1,
          live: 1,
          peoplePerMeeting: null,
          trend: [],
          last,
        }),
      ]),
    );
    expect(row("Stand-up").textContent).toContain("series by title");
    expect(cells("Stand-up")).toEqual([
      "Fri 20 Nov 2026, 15:30In progress",
      "1",
      "–none is over",
      "none is over",
    ]);
  });

  it("shows what it is sorted by, and the head sorts", async () => {
    await open(
      pageOf([roomRow()], { sort: "name", order: "asc" }),
      "/rooms?sort=name&q=x&cursor=abc",
    );
    const head = (name: RegExp) =>
      screen.getByRole("columnheader", { name }).getAttribute("aria-sort");
    expect(head(/^Room/)).toBe("ascending");
    expect(head(/^Last meeting/)).toBeNull();
    expect(href("Room")).toBe("/rooms?sort=name&q=x&order=desc");
    expect(href("Last meeting")).toBe("/rooms?q=x");
    expect(href("Meetings")).toBe("/rooms?sort=meetings&q=x");
    expect(href("People per meeting")).toBe("/rooms?sort=people&q=x");
  });

  it("offers a file of the same rows", async () => {
    const narrowed = { source: "s1", room: null, q: "al", minDurationMs: null };
    await open(pageOf([roomRow()], { narrowed, sort: "name", order: "asc" }));
    fireEvent.click(screen.getByRole("button", { name: "Download" }));
    await pass(0);
    const csv = screen.getByRole("link", { name: /^CSV UTF-8/ }).getAttribute("href");
    expect(csv).toBe(
      "/api/v1/rooms.csv?from=2026-10-24&to=2026-11-20&tz=Asia%2FKolkata&source=s1&q=al&sort=name&for=people&locale=en-US",
    );
  });

  it("shows the chosen columns", async () => {
    await open(pageOf([roomRow()]), "/rooms?cols=meetings");
    expect(cells("algebra")).toEqual(["4"]);
    fireEvent.click(screen.getByRole("button", { name: "Columns" }));
    await pass(0);
    fireEvent.click(screen.getByRole("checkbox", { name: "People per meeting" }));
    await pass(0);
    expect(cells("algebra")).toEqual(["4", "24.3"]);
    expect(window.location.search).toBe("?cols=meetings%2Cpeople");
  });

  it("says that there is nothing, and how to see more", async () => {
    const narrowed = { source: null, room: null, q: "nobody", minDurationMs: null };
    await open(pageOf([], { narrowed }), "/rooms?q=nobody");
    expect(screen.getByText("No rooms")).toBeDefined();
    expect(href("Clear the filters")).toBe("/rooms");
    expect(href("Look at all time")).toBe("/rooms?q=nobody&from=2000-01-01&to=2026-11-20");
  });
});
