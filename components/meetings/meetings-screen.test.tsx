import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { at, liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { eachLeftCount } from "#domain/meetings/left-counts.ts";
import type { MeetingFound, MeetingsPage } from "#domain/meetings/meetings.ts";
import { clock } from "#domain/testing/history.ts";
import { NO_WAITS } from "#domain/waits/wait-count.ts";
import { MeetingsScreen } from "./meetings-screen.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const clinic = { id: "s1", provider: "daily", name: "Clinic" };

function meetingRow(given: Partial<MeetingFound> = {}): MeetingFound {
  return {
    id: "m9",
    source: clinic,
    roomId: "7",
    room: "algebra-2b",
    title: "Algebra II, group B",
    status: "ended",
    firstAt: clock("8:58"),
    startedAt: clock("9:00"),
    endedAt: clock("10:00"),
    endedBy: "provider",
    presentCount: 0,
    waitingCount: 0,
    noteTakerCount: 0,
    peopleCount: 31,
    peak: { count: 28, at: clock("9:20") },
    ...eachLeftCount(() => 0),
    waitsLeftCount: 4,
    peopleLeftCount: 3,
    peopleLostCount: 2,
    waits: {
      ...NO_WAITS,
      began: 9,
      admitted: 4,
      lost: 2,
      short: 1,
      cameBack: 2,
      admittedMs: 480_000,
      longestMs: 300_000,
    },
    observer: null,
    cover: { occupiedMs: 3_600_000, hostedMs: 3_240_000 },
    erased: false,
    matched: null,
    ...given,
  };
}

const live = meetingRow({
  id: "m1",
  title: "Intake",
  status: "live",
  startedAt: clock("10:00"),
  endedAt: null,
  endedBy: null,
  presentCount: 3,
  peopleCount: 3,
  ...eachLeftCount(() => 0),
  waits: null,
  cover: null,
});

function pageOf(rows: MeetingFound[], given: Partial<MeetingsPage> = {}): MeetingsPage {
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
    sort: "started",
    order: "desc",
    choices: {
      sources: [clinic],
      rooms: [{ key: "algebra-2b", title: "Algebra II, group B" }],
      gone: [],
    },
    ...given,
  };
}

const opened = summaryOf({
  id: "m1",
  title: "Intake",
  started_at: at("10:00"),
  present_count: 3,
  people_count: 3,
});
const snapshot = liveSnapshotOf({ meetings: [opened] });
const open = (page: MeetingsPage, path = "/meetings", on = snapshot) =>
  renderLive(<MeetingsScreen page={page} />, on, path);
const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
const cells = (name: string) =>
  within(row(name))
    .getAllByRole("cell")
    .map((cell) => cell.textContent);

describe("the list of meetings", () => {
  it("shows each in the chosen time zone", async () => {
    await open(pageOf([live, meetingRow()]));
    expect(cells("Algebra")).toEqual([
      "Fri 20 Nov 202614:30 – 15:30",
      "1:00:00",
      "31",
      "28at 14:50",
      "9avg 2:00",
      "24 left before admitted · 1 within 10 s",
      "90%6:00 without",
      "Ended",
    ]);
    const hrefs = within(row("Algebra"))
      .getAllByRole("link")
      .map((link) => link.getAttribute("href"));
    expect(hrefs).toEqual(["/meetings/m9", "/rooms/7?tz=Asia%2FKolkata"]);
  });

  it("lets a meeting in progress run on, and shows when it ends", async () => {
    const { server } = await open(pageOf([live, meetingRow()]));
    expect(cells("Intake")[1]).toBe("42:10");
    await pass(2000);
    expect(cells("Intake")[1]).toBe("42:12");
    server.push["floor:changed"]({
      summaries: [{ ...opened, seq: 9, status: "ended", ended_at: at("10:42"), present_count: 0 }],
      happened: [],
      today: null,
      as_of: at("10:42:13"),
    });
    await pass(0);
    expect(cells("Intake")[1]).toBe("42:00");
    expect(cells("Intake")[7]).toBe("Ended");
  });

  it("shows that other meetings have begun, and reads them when asked", async () => {
    const { server, router } = await open(pageOf([live, meetingRow()]));
    expect(screen.queryByText(/begun since/)).toBeNull();
    server.push["floor:changed"]({
      summaries: [summaryOf({ id: "m2", title: "New" })],
      happened: [],
      today: null,
      as_of: at("10:42:12"),
    });
    await pass(0);
    expect(screen.getByText(/1 meeting has begun since/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Show" }));
    expect(router.refresh).toHaveBeenCalledOnce();
  });

  it("shows what it is sorted by, and the head sorts", async () => {
    await open(
      pageOf([meetingRow()], { sort: "length", order: "desc" }),
      "/meetings?sort=length&q=x",
    );
    const length = screen.getByRole("columnheader", { name: /^Length/ });
    expect(length.getAttribute("aria-sort")).toBe("descending");
    const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
    expect(href("Length")).toBe("/meetings?sort=length&q=x&order=asc");
    expect(href("People")).toBe("/meetings?sort=people&q=x");
    expect(href("Started")).toBe("/meetings?q=x");
  });

  it("shows the columns of its address, and keeps their choice there", async () => {
    await open(pageOf([meetingRow()]), "/meetings?cols=people,started&cursor=abc");
    const heads = () => [...document.querySelectorAll("thead th")].map((head) => head.textContent);
    expect(heads()).toEqual(["Meeting", "Started", "People"]);
    fireEvent.click(screen.getByRole("button", { name: "Columns" }));
    await pass(0);
    fireEvent.click(screen.getByRole("checkbox", { name: "Peak" }));
    expect(heads()).toEqual(["Meeting", "Started", "People", "Peak"]);
    expect(window.location.search).toBe("?cols=started%2Cpeople%2Cpeak&cursor=abc");
  });

  it("leaves unknown values open where people were erased", async () => {
    await open(pageOf([meetingRow({ erased: true, waits: null, cover: null })]));
    expect(cells("Algebra").slice(4)).toEqual([
      "–erased",
      "24 left before admitted",
      "–erased",
      "Endedpeople erased",
    ]);
  });

  it("offers a file of the same rows", async () => {
    const page = pageOf([meetingRow()], {
      narrowed: { source: null, room: "a b", q: "x", minDurationMs: 60_000 },
    });
    await open(page);
    fireEvent.click(screen.getByRole("button", { name: "Download" }));
    await pass(0);
    const csv = screen.getByRole("link", { name: /^CSV UTF-8/ });
    const url = new URL(csv.getAttribute("href") ?? "", "http://x");
    expect(url.pathname).toBe("/api/v1/meetings.csv");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: "2026-10-24",
      to: "2026-11-20",
      tz: "Asia/Kolkata",
      room: "a b",
      q: "x",
      min_duration_ms: "60000",
      for: "people",
      locale: "en-US",
    });
  });

  it("says that there is nothing, and how to see more", async () => {
    const narrowed = { source: null, room: null, q: "nobody", minDurationMs: null };
    await open(pageOf([], { narrowed }), "/meetings?q=nobody");
    expect(screen.getByText("No meetings")).toBeDefined();
    expect(screen.getByRole("link", { name: "Clear the filters" }).getAttribute("href")).toBe(
      "/meetings",
    );
    expect(screen.getByRole("link", { name: "Look at all time" }).getAttribute("href")).toBe(
      "/meetings?q=nobody&from=2000-01-01&to=2026-11-20",
    );
  });
});

describe("the filters of the list", () => {
  it("go to the address once typing pauses", async () => {
    const { router } = await open(pageOf([meetingRow()]), "/meetings?sort=people&cursor=abc");
    const search = screen.getByRole("searchbox", { name: "Search rooms and people" });
    fireEvent.change(search, { target: { value: "a" } });
    fireEvent.change(search, { target: { value: "ada" } });
    await pass(100);
    expect(router.replace).not.toHaveBeenCalled();
    await pass(400);
    expect(router.replace.mock.calls).toEqual([["/meetings?sort=people&q=ada", { scroll: false }]]);
  });

  it("take a whole day only, and a range by its name", async () => {
    const { router } = await open(pageOf([meetingRow()]));
    const from = screen.getByLabelText("From");
    fireEvent.change(from, { target: { value: "" } });
    await pass(1000);
    expect(router.replace).not.toHaveBeenCalled();
    fireEvent.change(from, { target: { value: "2026-11-01" } });
    await pass(1000);
    fireEvent.change(screen.getByLabelText("Days"), { target: { value: "Yesterday" } });
    fireEvent.click(screen.getByLabelText("Time zone"));
    await act(() => vi.dynamicImportSettled());
    await pass(100);
    fireEvent.change(screen.getByLabelText("Search zones"), { target: { value: "berl" } });
    await pass(100);
    fireEvent.click(screen.getByRole("option", { name: /^Europe\/Berlin/ }));
    expect(router.replace.mock.calls.map(([path]) => path)).toEqual([
      "/meetings?from=2026-11-01&to=2026-11-20",
      "/meetings?from=2026-11-19&to=2026-11-19",
      "/meetings?from=2026-11-19&to=2026-11-19&tz=Europe%2FBerlin",
    ]);
  });
});
