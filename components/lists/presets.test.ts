import { describe, expect, it } from "vitest";
import { presetOf, presetsOn } from "./presets.ts";
import { changedQuery } from "./use-address.ts";

describe("the named ranges", () => {
  it("are whole days up to a day", () => {
    const ranges = presetsOn("2026-03-31", 1).map(({ name, from, to }) => `${name}: ${from} ${to}`);
    expect(ranges).toEqual([
      "Last 28 days: null null",
      "Today: 2026-03-31 2026-03-31",
      "Yesterday: 2026-03-30 2026-03-30",
      "Last 7 days: 2026-03-25 2026-03-31",
      "This week: 2026-03-30 2026-03-31",
      "Last week: 2026-03-23 2026-03-29",
      "This month: 2026-03-01 2026-03-31",
      "Last month: 2026-02-01 2026-02-28",
      "Last 365 days: 2025-04-01 2026-03-31",
      "All time: 2000-01-01 2026-03-31",
    ]);
  });

  it.each([
    ["2026-03-04", "2026-03-31", "Last 28 days"],
    ["2026-02-01", "2026-02-28", "Last month"],
    ["2026-02-02", "2026-02-28", undefined],
  ])("%s to %s is %s", (firstDay, lastDay, name) => {
    expect(presetOf({ firstDay, lastDay }, "2026-03-31", 1)?.name).toBe(name);
  });
});

it("begin a week on the first day of the reader's week", () => {
  const week = (today: string, firstDay: number) =>
    presetsOn(today, firstDay)
      .filter(({ name }) => name.endsWith("week"))
      .map(({ from, to }) => `${from} ${to}`);
  // A Tuesday, with weeks that begin on Sunday; a Saturday, with weeks that begin on Saturday and on Monday.
  expect(week("2026-03-31", 7)).toEqual(["2026-03-29 2026-03-31", "2026-03-22 2026-03-28"]);
  expect(week("2026-11-28", 6)).toEqual(["2026-11-28 2026-11-28", "2026-11-21 2026-11-27"]);
  expect(week("2026-11-28", 1)).toEqual(["2026-11-23 2026-11-28", "2026-11-16 2026-11-22"]);
});

describe("a change of the address", () => {
  it.each([
    ["q=ada&cursor=x", { room: "hall" }, "?q=ada&room=hall"],
    ["q=ada&room=hall", { room: null }, "?q=ada"],
    ["q=ada", { q: "" }, ""],
    ["from=a&to=b", { from: "c" }, "?from=c&to=b"],
    ["", { q: "a&b" }, "?q=a%26b"],
  ])("of %s by %j leads to %s", (query, change, next) => {
    expect(changedQuery(query, change)).toBe(next);
  });
});
