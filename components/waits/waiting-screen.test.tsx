import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { clock } from "#domain/testing/history.ts";
import { type LocaleSettings, PLAIN } from "#domain/viewer/viewer.ts";
import { binOf, binsWith } from "#domain/waits/wait-bins.ts";
import { type CountedWait, countWaits, NO_WAITS } from "#domain/waits/wait-count.ts";
import type { WaitingLens, WaitingPage, WaitListRow } from "#domain/waits/waiting-page.ts";
import { weekHourOf } from "#domain/waits/week-hours.ts";
import { WaitingScreen } from "./waiting-screen.tsx";

/** A window as wide as a query allows, or wider than any. */
const windowOf = (narrowest: string | null) => {
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === narrowest, ...listen }));
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  windowOf(null);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  delete document.documentElement.dataset["manner"];
});

const clinic = { id: "s1", provider: "daily", name: "Clinic" };
const lens: WaitingLens = {
  targetMs: 120_000,
  goal: 90,
  mode: "neutral",
  short: "apart",
  heat: "left",
  shown: "lost",
  weekHour: null,
  sort: "waits",
  order: "desc",
};

const wait = (
  from: string,
  seconds: number | null,
  outcome: CountedWait["outcome"],
): CountedWait => ({
  startedAt: clock(from),
  endedAt: seconds === null ? null : clock(from) + seconds * 1000,
  outcome,
});

/** Friday morning: at nine four were admitted and one left, at ten one left and one came back. */
const MORNING = [
  wait("9:00", 60, "admitted"),
  wait("9:05", 90, "admitted"),
  wait("9:10", 120, "admitted"),
  wait("9:15", 300, "admitted"),
  wait("9:20", 240, "left"),
  wait("9:25", 4, "short"),
  wait("10:00", 30, "left"),
  wait("10:10", 60, "came_back"),
  wait("10:20", 14_400, "unknown"),
  wait("10:30", null, "waiting"),
];

const kofi: WaitListRow = {
  waitId: "w9",
  meetingId: "m9",
  roomId: 9,
  source: clinic,
  room: "dr-osei",
  title: "Dr. Osei",
  personId: "c:kofi 1",
  participantId: "kofi",
  name: "Kofi Mensah",
  startedAt: clock("9:20"),
  endedAt: clock("9:24"),
  outcome: "left",
  inferred: false,
  endEntered: false,
  leaves: 2,
  handlings: [],
};

function pageOf(waits: readonly CountedWait[], given: Partial<WaitingPage> = {}): WaitingPage {
  const shown = { ...lens, ...given.lens };
  const count = countWaits(waits, shown.targetMs);
  const byHour = Map.groupBy(waits, ({ startedAt }) => weekHourOf(startedAt, 0));
  const bins = waits.map(({ startedAt, endedAt, outcome }) => ({
    bin: binOf((endedAt ?? startedAt) - startedAt),
    outcome,
  }));
  const inBin = (bin: number, ...outcomes: string[]) =>
    bins.filter((one) => one.bin === bin && outcomes.includes(one.outcome)).length;
  return {
    count,
    untilAdmitted: { medianMs: 90_000, p90Ms: 300_000 },
    untilLeaving: { medianMs: 60_000, p90Ms: 240_000 },
    lostPeople: count.lost,
    bins: binsWith(
      bins.map(({ bin }) => ({
        bin,
        admitted: inBin(bin, "admitted"),
        left: inBin(bin, "left", "came_back"),
        short: inBin(bin, "short"),
      })),
    ),
    hours: [...byHour].map(([hour, these]) => ({
      hour,
      count: countWaits(these, shown.targetMs),
    })),
    rooms: waits.length === 0 ? [] : [{ source: clinic, room: "dr-osei", title: null, count }],
    roomCount: waits.length === 0 ? 0 : 1,
    asOf: NOW,
    period: {
      from: clock("0:00") - 27 * 86_400_000,
      to: clock("24:00"),
      timeZone: "UTC",
      firstDay: "2026-10-24",
      lastDay: "2026-11-20",
    },
    today: "2026-11-20",
    narrowed: { source: null, room: null, q: null, minDurationMs: null },
    choices: { sources: [clinic], rooms: [], gone: [] },
    waits: waits.length === 0 ? [] : [kofi],
    total: waits.length === 0 ? 0 : 1,
    next: null,
    previous: null,
    ...given,
    lens: shown,
  };
}

const open = (page: WaitingPage, path = "/waiting") =>
  renderLive(<WaitingScreen page={page} />, liveSnapshotOf({ meetings: [] }), path);

const stat = (label: RegExp) => {
  const term = within(screen.getByLabelText("The waiting room in numbers"))
    .getAllByRole("term")
    .find((one) => label.test(one.textContent ?? ""));
  const values = term?.parentElement?.querySelectorAll("dd") ?? [];
  return [...values].map((value) => value.textContent);
};

describe("the waiting room over time", () => {
  it("shows each number, and what it is of", async () => {
    await open(pageOf(MORNING));
    expect(stat(/^Waits/)).toEqual(["10", "in 1 room · longest that ended 5:00"]);
    expect(stat(/^Admitted within 2 min/)).toEqual(["60%", "30 points under 90%"]);
    expect(stat(/^Average until admitted/)).toEqual([
      "2:22",
      "half within 1:30 · 9 of 10 within 5:00",
    ]);
    expect(stat(/^Abandonment rate/)).toEqual(["42.9%", "3 of 7 left before admitted · 1 short"]);
    expect(stat(/^Average until leaving/)).toEqual([
      "1:50",
      "half within 1:00 · 9 of 10 within 4:00",
    ]);
    expect(stat(/^Came back/)).toEqual(["1", "2 lost · 2 people"]);
    expect(screen.getByText(/Not in any rate or average/).textContent).toContain(
      "1 wait with no reported end and 1 still waiting",
    );
  });

  it("writes every number in the reader's format", async () => {
    const german: LocaleSettings = { ...PLAIN, decimal: ",", percent: "{} %" };
    document.documentElement.dataset["manner"] = JSON.stringify(german);
    const six = ["9:00", "9:05", "9:10", "9:15", "9:20", "9:25"];
    const waits = six.map((from, index) => wait(from, index === 0 ? 300 : 60, "admitted"));
    await open(pageOf(waits));
    expect(stat(/^Admitted within 2 min/)).toEqual(["83,3 %", "6,7 points under 90 %"]);
    expect(screen.getByRole("combobox", { name: "Goal" }).textContent).toContain("90 %");
  });

  it("is measured as the address asks", async () => {
    await open(
      pageOf(MORNING, { lens: { ...lens, mode: "positive", short: "counted", goal: 60 } }),
    );
    expect(stat(/^Admitted within/)).toEqual(["75%", "at or above 60%"]);
    expect(stat(/^Abandonment rate/)).toEqual(["50%", "4 of 8 left before admitted · 1 short"]);
  });

  it("shows how a number is calculated", async () => {
    await open(pageOf(MORNING));
    fireEvent.click(
      screen.getByRole("button", { name: 'How "Admitted within 2 min" is calculated' }),
    );
    await pass(300);
    expect(screen.getByRole("dialog").textContent).toContain(
      "Admitted within 2 min ÷ (admitted + left after 2 min)",
    );
    expect(screen.getByRole("dialog").textContent).toContain("Here 3 of 5.");
  });

  it("opens the waits behind every number", async () => {
    await open(pageOf(MORNING), "/waiting?room=x&cursor=abc&show=short&week_hour=3");
    const numbers = within(screen.getByLabelText("The waiting room in numbers"));
    const hrefs = numbers.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(hrefs).toEqual([
      "/waiting?room=x&show=all#waits",
      "/waiting?room=x&show=late#waits",
      "/waiting?room=x&show=admitted#waits",
      "/waiting?room=x&show=left#waits",
      "/waiting?room=x&show=short#waits",
      "/waiting?room=x&show=left#waits",
      "/waiting?room=x&show=came_back#waits",
      "/waiting?room=x#waits",
    ]);
  });

  it("describes the hours of the week in words, and arrow keys go from one to the next", async () => {
    await open(pageOf(MORNING));
    const nine = screen.getByRole("link", { name: /^Friday 9:00–10:00/ });
    const ten = screen.getByRole("link", { name: /^Friday 10:00–11:00/ });
    expect(nine.getAttribute("aria-label")).toBe(
      "Friday 9:00–10:00: 6 waits, 20% left before admitted (1 of 5), average until admitted 2:22, 60% within 2 min",
    );
    expect(nine.textContent).toBe("20");
    expect(nine.className).not.toContain("border-dashed");
    expect(ten.className).toContain("border-dashed");
    expect([nine.tabIndex, ten.tabIndex]).toEqual([0, -1]);
    nine.focus();
    fireEvent.keyDown(nine, { key: "ArrowRight" });
    expect(document.activeElement).toBe(ten);
    fireEvent.keyDown(ten, { key: "ArrowDown" });
    expect(document.activeElement).toBe(ten);
    expect(nine.getAttribute("href")).toBe(`/waiting?week_hour=${4 * 24 + 9}&show=all#waits`);
  });

  it("has an hour to a row where a day to a row is too wide, and the arrow keys turn with it", async () => {
    windowOf("(max-width: 539px)");
    await open(pageOf(MORNING));
    const heads = screen.getAllByRole("columnheader").slice(0, 8);
    expect(heads.map((head) => head.textContent)).toEqual([
      "Hour",
      "Mon",
      "Tue",
      "Wed",
      "Thu",
      "Fri",
      "Sat",
      "Sun",
    ]);
    const nine = screen.getByRole("link", { name: /^Friday 9:00–10:00/ });
    nine.focus();
    fireEvent.keyDown(nine, { key: "ArrowRight" });
    expect(document.activeElement).toBe(nine);
    fireEvent.keyDown(nine, { key: "ArrowDown" });
    expect(document.activeElement).toBe(screen.getByRole("link", { name: /^Friday 10:00–11:00/ }));
  });

  it("draws how long they waited, with the same as a table", async () => {
    await open(pageOf(MORNING));
    expect(
      screen.getByRole("img", {
        name: "Of 4 admitted, 3 waited no longer than 2 min; most often 1 min to 2 min.",
      }),
    ).toBeDefined();
    const table = screen.getByText("Waits by their length").closest("table");
    expect(table?.querySelectorAll("tbody tr")).toHaveLength(11);
    expect(table?.textContent).toContain("3 min to 5 min110");
  });

  it("names the people who were lost, and links to them in their meeting", async () => {
    await open(pageOf(MORNING));
    const row = screen.getByRole("row", { name: /Kofi Mensah/ });
    expect(row.textContent).toContain("4:00");
    expect(row.textContent).toContain("left 2 times within a day");
    expect(within(row).getByRole("link").getAttribute("href")).toBe(
      "/meetings/m9?person=c%3Akofi+1",
    );
  });

  it("says that no one waited, and how to see more", async () => {
    const narrowed = { source: null, room: "nowhere", q: null, minDurationMs: null };
    await open(pageOf([], { narrowed, count: NO_WAITS }), "/waiting?room=nowhere");
    expect(screen.getByText("Nobody waited")).toBeDefined();
    expect(screen.getByRole("link", { name: "Look at all rooms" }).getAttribute("href")).toBe(
      "/waiting",
    );
  });

  it("has no rate where no wait ended", async () => {
    await open(pageOf([wait("10:30", null, "waiting")]));
    expect(stat(/^Admitted within/)).toEqual(["–", "no data yet"]);
    expect(stat(/^Abandonment rate/)).toEqual(["–", "0 of 0 left before admitted · 0 short"]);
    expect(stat(/^Average until admitted/)[0]).toBe("–");
    expect(screen.getByRole("img", { name: "Nobody was admitted." })).toBeDefined();
  });
});
