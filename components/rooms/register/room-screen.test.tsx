import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { foldName } from "#domain/identity/name.ts";
import { asReported } from "#domain/meeting/certainty.ts";
import type { RegisterEntry, RegisterMeeting } from "#domain/rooms/register/facts.ts";
import { figuresOf } from "#domain/rooms/register/figures.ts";
import { packRegister } from "#domain/rooms/register/packing.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import { registerOf } from "#domain/rooms/register/register.ts";
import { NO_STARTS } from "#domain/rooms/register/start.ts";
import { DEFAULT_THRESHOLDS } from "#domain/rooms/register/thresholds.ts";
import { clock } from "#domain/testing/history.ts";
import { RoomScreen } from "./room-screen.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", () => ({ matches: false, ...listen }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A lesson of one hour, so many days ago at nine; without an end it is in progress. */
function lesson(daysAgo: number, given: Partial<RegisterMeeting> = {}): RegisterMeeting {
  const startedAt = clock("9:00") - daysAgo * 86_400_000;
  return {
    id: `m${daysAgo}`,
    status: "ended",
    firstAt: startedAt,
    startedAt,
    endedAt: startedAt + 3_600_000,
    peopleCount: 1,
    erased: false,
    starts: NO_STARTS,
    ...given,
  };
}

/** A person in the lesson of so many days ago, from one minute of it to another. */
function was(name: string, daysAgo: number, from = 0, to = 60, given: Partial<RegisterEntry> = {}) {
  const { startedAt } = lesson(daysAgo);
  const begin = (startedAt ?? 0) + from * 60_000;
  return {
    meetingId: `m${daysAgo}`,
    personId: `c:${name}`,
    userId: null,
    name,
    nameKey: foldName(name),
    firstJoinedAt: begin,
    lastLeftAt: begin + (to - from) * 60_000,
    attendedMs: (to - from) * 60_000,
    openSince: null,
    isWaiting: false,
    hostedFrom: null,
    sureness: asReported({ firstJoinedAt: begin, lastLeftAt: begin + (to - from) * 60_000 }),
    joined: null,
    ...given,
  } satisfies RegisterEntry;
}

function pageOf(
  meetings: RegisterMeeting[],
  entries: RegisterEntry[],
  given: Partial<RegisterPage> = {},
): RegisterPage {
  const facts = { meetings, entries, userIdsLast: true, graceMs: 30_000 };
  const register = registerOf(facts, DEFAULT_THRESHOLDS, NOW);
  return {
    room: {
      id: "7",
      key: "algebra-2b",
      title: null,
      source: { id: "s1", provider: "daily", name: "School" },
      seriesBy: "room",
    },
    classList: null,
    classLists: [],
    register: packRegister(register),
    figures: figuresOf(register),
    meetings: meetings.length,
    asOf: NOW,
    period: {
      from: clock("0:00") - 27 * 86_400_000,
      to: clock("24:00"),
      timeZone: "UTC",
      firstDay: "2026-10-24",
      lastDay: "2026-11-20",
    },
    today: "2026-11-20",
    minDurationMs: null,
    settings: null,
    thresholds: DEFAULT_THRESHOLDS,
    house: null,
    ...given,
  };
}

const open = (page: RegisterPage, path = "/rooms/7") =>
  renderLive(<RoomScreen page={page} />, liveSnapshotOf(), path);
const table = () => screen.getByRole("table", { name: /^Who attended which meeting/ });
const lines = () =>
  within(table())
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      [
        within(row).getByRole("rowheader").textContent?.split(".")[0],
        ...within(row)
          .getAllByRole("cell")
          .map((cell) => cell.textContent),
      ].filter((text) => text !== ""),
    );

describe("the register", () => {
  const twoWeeks = pageOf(
    [lesson(8), lesson(1)],
    [
      was("Ada", 8, 0, 60, { userId: "7", hostedFrom: lesson(8).startedAt }),
      was("Ada", 1, 0, 60, { userId: "7" }),
      was("Bo", 8, 10, 50),
      was("Cy", 1, 0, 0, { firstJoinedAt: null, lastLeftAt: null }),
    ],
  );

  it("shows each person's attendance of each meeting, in words too", async () => {
    await open(twoWeeks);
    expect(
      within(table())
        .getAllByRole("columnheader")
        .map((head) => head.textContent),
    ).toEqual(["Person", "12 Nov", "19", "Attended", "Share"]);
    expect(lines()).toEqual([
      ["Adahost in 1 meeting", "60 minutes, present", "60 minutes, present", "2 / 2", "100%"],
      ["Boby name", "40 minutes, late and left early", "–absent", "1 / 2", "33%"],
      ["Cyby name", "–absent", "×waited, not admitted", "0 / 2", "0%"],
    ]);
    const [, cell] = within(table()).getAllByRole("row", { name: /^Bo/ })[0]?.children ?? [];
    expect(cell?.getAttribute("title")).toBe(
      "Thu 12 Nov 2026, 09:00: late and left early, 40:00 of 1:00:00 (66%), 09:10 – 09:50",
    );
    expect(screen.getByRole("link", { name: "Thu 19 Nov 2026, 09:00" }).getAttribute("href")).toBe(
      "/meetings/m1",
    );
  });

  it("has hosts apart below the others, and shows from when late counts", async () => {
    const host = { userId: "7", hostedFrom: lesson(1).startedAt };
    await open(
      pageOf([lesson(1)], [was("Mia", 1, 0, 60, host), was("Ada", 1, 0), was("Zoe", 1, 10)]),
    );
    expect(lines().map(([name]) => name)).toEqual([
      "Adaby name",
      "Zoeby name",
      "Hosts, who are in no number of the participants",
      "Miahost in 1 meeting",
    ]);
    expect(screen.getByText("Late counts from the first host (1 meeting).")).toBeDefined();
    expect(
      within(table()).getByRole("link", { name: "Thu 19 Nov 2026, 09:00" }).getAttribute("title"),
    ).toBe("Thu 19 Nov 2026, 09:00. Late counts from 09:00, when the first host came in");
    expect(screen.getByText("2 people in 1 meeting, and 1 host")).toBeDefined();
  });

  it("finds people and sorts them, by the address", async () => {
    const { router, unmount } = await open(twoWeeks, "/rooms/7?sort=share&q=bo");
    expect(lines().map(([name]) => name)).toEqual(["Boby name"]);
    fireEvent.change(screen.getByRole("combobox", { name: "Order of the people" }), {
      target: { value: "late" },
    });
    expect(router.replace).toHaveBeenLastCalledWith("/rooms/7?sort=late&q=bo", { scroll: false });
    unmount();
    await open(twoWeeks, "/rooms/7?sort=share");
    expect(lines().map(([name]) => name?.slice(0, 2))).toEqual(["Cy", "Bo", "Ad"]);
  });

  it("says when no person matches the search", async () => {
    await open(twoWeeks, "/rooms/7?q=zoe");
    expect(screen.getByText("Nobody matches your search.")).toBeDefined();
  });

  it("draws only the rows in sight of a crowd, and says how many there are", async () => {
    const crowd = Array.from({ length: 4_000 }, (_, index) => was(`Guest ${index}`, 1));
    await open(pageOf([lesson(1)], crowd));
    expect(table().getAttribute("aria-rowcount")).toBe("4001");
    expect(table().querySelectorAll("tbody tr").length).toBeLessThan(200);
    expect(screen.getByText("4 000 people in the register")).toBeDefined();
  });

  it("is printed with everyone in it, readable without colour", async () => {
    await open(twoWeeks);
    fireEvent(window, new Event("beforeprint"));
    const paper = screen.getAllByRole("table").at(-1);
    const printed = [...(paper?.querySelectorAll("tr") ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(printed).toEqual([
      ["Person", "12 Nov09:00", "19 Nov09:00", "Attended", "Share"],
      ["Ada", "60", "60", "2 / 2", "100%"],
      ["Bo *", "L 40 E", "–", "1 / 2", "33%"],
      ["Cy *", "–", "×", "0 / 2", "0%"],
    ]);
    expect(
      screen.getByText(/3 people · 2 meetings over · 1.5 attended on average · 33.3% late/),
    ).toBeDefined();
    fireEvent(window, new Event("afterprint"));
    expect(screen.queryByText(/attended on average/)).toBeNull();
  });
});

describe("the thresholds", () => {
  it("are in the address only where they differ from the stored ones", async () => {
    const page = pageOf([lesson(1)], [was("Ada", 1)], {
      thresholds: { ...DEFAULT_THRESHOLDS, lateMs: 600_000 },
    });
    const { router } = await open(page, "/rooms/7?late_ms=600000&sort=late");
    fireEvent.change(screen.getByLabelText("Counts as attended from"), { target: { value: "80" } });
    expect(router.replace).toHaveBeenLastCalledWith("/rooms/7?late_ms=600000&sort=late&share=80", {
      scroll: false,
    });
    fireEvent.click(screen.getByRole("button", { name: "Back to what is kept" }));
    expect(router.replace).toHaveBeenLastCalledWith("/rooms/7?sort=late", { scroll: false });
  });

  it("are stored for the room by a button, and the page says where they were changed for one view", async () => {
    const asked: unknown[] = [];
    vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit) => {
      asked.push([method, path, JSON.parse(String(body))]);
      return Response.json({});
    });
    const page = pageOf([lesson(1)], [was("Ada", 1)], {
      settings: { thresholds: { earlyMs: 0 }, start: null, by: "Mia", at: NOW },
      thresholds: { ...DEFAULT_THRESHOLDS, earlyMs: 0, lateMs: 600_000 },
    });
    const { router } = await open(page, "/rooms/7?late_ms=600000");
    expect(screen.getByText(/Changed for this look only/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Save for this room" }));
    await pass(0);
    expect(asked).toEqual([
      [
        "PATCH",
        "/api/v1/rooms/7/settings",
        {
          thresholds: {
            held_ms: 60_000,
            late_ms: 600_000,
            early_ms: 0,
            share: 1,
            attended_ms: null,
            regular_share: 75,
            regular_last: 8,
            missed: 3,
          },
        },
      ],
    ]);
    expect(router.replace).toHaveBeenLastCalledWith("/rooms/7", { scroll: false });
    expect(router.refresh).toHaveBeenCalledOnce();

    fireEvent.change(screen.getByLabelText("On every day"), { target: { value: "10:00" } });
    fireEvent.change(screen.getByLabelText("Fridays"), { target: { value: "11:30" } });
    fireEvent.click(screen.getByRole("button", { name: "Save start" }));
    await pass(0);
    expect(asked[1]).toEqual([
      "PATCH",
      "/api/v1/rooms/7/settings",
      { start: { time_zone: "UTC", time: "10:00", weekdays: { fri: "11:30" } } },
    ]);
  });

  it("are shown with who stored them, and with the reason why storing failed", async () => {
    vi.stubGlobal("fetch", async () =>
      Response.json({ error: { code: "unavailable", message: "Try again." } }, { status: 503 }),
    );
    const settings = { thresholds: { lateMs: 0 }, start: null, by: "Mia", at: NOW };
    const thresholds = { ...DEFAULT_THRESHOLDS, lateMs: 0 };
    await open(pageOf([lesson(1)], [was("Ada", 1)], { settings, thresholds }));
    expect(screen.getByText(/^Kept for this room by Mia, /)).toBeDefined();
    fireEvent.change(screen.getByLabelText("On every day"), { target: { value: "10:00" } });
    fireEvent.click(screen.getByRole("button", { name: "Save start" }));
    await pass(0);
    expect(screen.getByRole("alert").textContent).toBe("This was not saved. Try again.");
  });

  it("are in the addresses of the files", async () => {
    const page = pageOf([lesson(1)], [was("Ada", 1)], {
      minDurationMs: 60_000,
      thresholds: { ...DEFAULT_THRESHOLDS, share: 0.8 },
    });
    await open(page);
    fireEvent.click(screen.getByRole("button", { name: "Download" }));
    await pass(0);
    const hrefs = screen
      .getAllByRole("link", { name: /^(XLSX|CSV|JSON)/ })
      .map((link) => link.getAttribute("href"));
    const asked = "from=2026-10-24&to=2026-11-20&tz=UTC&min_duration_ms=60000&share=80";
    expect(hrefs).toEqual([
      `/api/v1/rooms/7/register.xlsx?${asked}`,
      `/api/v1/rooms/7/register.csv?${asked}&for=people&locale=en-US`,
      `/api/v1/rooms/7/register.json?${asked}`,
      `/api/v1/rooms/7/register.csv?${asked}&layout=list&for=people&locale=en-US`,
    ]);
  });
});

describe("the page says what is not final, or not known,", () => {
  it("of a meeting in progress, of erased people, and of meetings left out", async () => {
    const page = pageOf(
      [
        lesson(8, { erased: true, peopleCount: 5 }),
        lesson(1),
        lesson(0, { status: "live", endedAt: null }),
      ],
      [was("Ada", 1), was("Ada", 0, 0, 60, { openSince: clock("9:00"), lastLeftAt: null })],
      { meetings: 300 },
    );
    const { router } = await open(page);
    expect(screen.getByText(/A meeting is in progress, counted up to 10:42/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Count again" }));
    expect(router.refresh).toHaveBeenCalledOnce();
    expect(screen.getByText(/The people of 1 meeting were erased/)).toBeDefined();
    expect(screen.getByText(/These are the latest 3 of 300 meetings/)).toBeDefined();
    expect(lines()[0]?.slice(1, 3)).toEqual(["?not known, people erased", "60 minutes, present"]);
  });

  it("of a room without meetings in this period", async () => {
    await open(pageOf([], []), "/rooms/7?to=2026-11-20");
    expect(screen.getByText("No meetings")).toBeDefined();
    expect(screen.getByRole("link", { name: "Look at all time" }).getAttribute("href")).toBe(
      "/rooms/7?to=2026-11-20&from=2000-01-01",
    );
  });
});

it("the page lists who comes regularly, and who of them has not come lately", async () => {
  const weeks = [7, 6, 5, 4, 3, 2, 1];
  await open(
    pageOf(
      weeks.map((week) => lesson(week)),
      [
        ...weeks.map((week) => was("Ada", week)),
        ...weeks.slice(0, 4).map((week) => was("Bo", week)),
      ],
    ),
  );
  const regulars = screen.getByRole("region", { name: "Regulars" });
  expect(
    within(regulars)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["Bomissed 3, last in on 16 Nov", "Ada7 of 7"]);
  expect(screen.getByRole("img", { name: /^Attendance of 7 meetings/ })).toBeDefined();
});
