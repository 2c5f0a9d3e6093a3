import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { renderLive } from "#components/testing/render-live.tsx";
import type { PeoplePage, PersonFound } from "#domain/people/people.ts";
import { clock } from "#domain/testing/history.ts";
import { PeopleScreen } from "./people-screen.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const clinic = { id: "s1", provider: "daily", name: "Clinic" };
const ada = {
  id: "p1",
  source: clinic,
  knownBy: "user_id",
  userId: "ada-1",
  name: "Ada",
} as const;

function met(given: Partial<PersonFound> = {}): PersonFound {
  return {
    id: "p1",
    name: "Ada",
    knownAs: [ada],
    firstAt: clock("9:00"),
    lastAt: clock("9:30"),
    meetings: 12,
    namesakes: 0,
    attendedMs: 3_600_000,
    openCount: 0,
    openSum: 0,
    waitCount: 3,
    admittedCount: 2,
    unknownMs: 0,
    admittedMs: 240_000,
    leftCount: 2,
    lostMeetings: 1,
    matched: null,
    ...given,
  };
}

function pageOf(rows: PersonFound[], given: Partial<PeoplePage> = {}): PeoplePage {
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
    choices: { sources: [clinic], rooms: [], gone: [] },
    unnamedCount: 0,
    suggestions: { pairs: [], count: 0, isMore: false },
    apart: { pairs: [], isMore: false },
    ...given,
  };
}

const open = (page: PeoplePage, path = "/people") =>
  renderLive(<PeopleScreen page={page} />, liveSnapshotOf({ meetings: [] }), path);
const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });

describe("the list of people", () => {
  it("shows each in the chosen time zone, and links to them with the same days", async () => {
    await open(pageOf([met()]));
    const cells = within(row("Ada")).getAllByRole("cell");
    expect(cells.map((cell) => cell.textContent)).toEqual([
      "daily ·ada-1Clinic",
      "12",
      "1:00:00",
      "3avg 2:00",
      "2lost in 1 meeting",
      "Fri 20 Nov 202615:00",
    ]);
    expect(within(row("Ada")).getByRole("link").getAttribute("href")).toBe(
      "/people/p1?from=2026-10-24&to=2026-11-20&tz=Asia%2FKolkata",
    );
    expect(within(row("Ada")).queryByText("guest")).toBeNull();
  });

  it("marks guests, namesakes, people joined by hand, and people who are in a meeting now", async () => {
    const guest = { ...ada, id: "p2", knownBy: "name", userId: null, name: "Bo" } as const;
    await open(
      pageOf([
        met({ id: "p2", name: "Bo", knownAs: [guest], namesakes: 2 }),
        met({ knownAs: [ada, guest], openCount: 1, openSum: NOW - 60_000 }),
      ]),
    );
    expect(row("Bo").textContent).toContain("guest");
    expect(row("Bo").textContent).toContain("several of that name");
    expect(row("Ada").textContent).toContain("and 1 other identity");
    expect(row("Ada").textContent).toContain("in a meeting now");
    expect(row("Ada").textContent).toContain("1:01:00");
  });

  it("reverses the order: names from A on, everything else from the greatest down", async () => {
    await open(pageOf([met()]));
    const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
    expect(href("Last met")).toBe("/people?order=asc");
    expect(href("Person")).toBe("/people?sort=name");
    expect(href("Meetings")).not.toBeNull();
  });

  it("counts the guests without a name, and the pairs that may be one person", async () => {
    const side = { ...ada, meetings: 3, lastAt: clock("9:00") };
    const suggestion = { name: "Ada", one: side, other: { ...side, id: "p2", userId: "ada-2" } };
    await open(
      pageOf([met()], {
        unnamedCount: 4,
        suggestions: { pairs: [suggestion], count: 100, isMore: true },
      }),
    );
    expect(screen.getByText(/4 guests without a name are not in this list/)).toBeTruthy();
    expect(screen.getByText("More than 100 pairs of one name may be one person")).toBeTruthy();
  });

  it("shows by which text a search found a person, and which pairs are not the same", async () => {
    const correction = { id: "w1", one: ada, other: null, by: "Mia", at: clock("9:00") };
    await open(
      pageOf([met({ matched: { name: "Nina K.", as: "former_name" } })], {
        apart: { pairs: [correction], isMore: false },
      }),
    );
    expect(row("Ada").textContent).toContain("matched: Nina K. (former name)");
    const list = screen.getByText("1 pair said to be not the same").closest("details");
    expect(list?.textContent).toContain("Ada (daily, ada-1) is not somebody, said Mia on Fri 20");
    expect(screen.getByRole("button", { name: "Undo", hidden: true })).toBeTruthy();
  });

  it("marks the people of a demonstration, in pairs too, before and after a correction", async () => {
    const invented = { ...clinic, id: "s2", demo: true } as const;
    const made = { ...ada, id: "p2", source: invented };
    const side = { meetings: 3, lastAt: clock("9:00") };
    const pair = { name: "Ada", one: { ...ada, ...side }, other: { ...made, ...side } };
    await open(
      pageOf([met({ knownAs: [ada, made] })], {
        suggestions: { pairs: [pair], count: 1, isMore: false },
        apart: {
          pairs: [{ id: "w1", one: ada, other: made, by: "Mia", at: clock("9:00") }],
          isMore: false,
        },
      }),
    );
    expect(row("Ada").textContent).toContain("and 1 other identity demo");
    for (const summary of [
      "1 pair of one name may be one person",
      "1 pair said to be not the same",
    ]) {
      const list = screen.getByText(summary).closest("details");
      expect(list?.textContent?.match(/\bdemo\b/g), summary).toHaveLength(1);
    }
  });

  it("says that there are no people, and how to look further", async () => {
    await open(pageOf([], { narrowed: { source: null, room: "x", q: null, minDurationMs: null } }));
    expect(screen.getByText("Nobody in this period matches your search.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Look at all time" })).toBeTruthy();
  });
});
