import { describe, expect, test } from "vitest";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { findZones, zonesMeantBy } from "./find.ts";
import { knownZones } from "./known.ts";
import { namingZones, offsetIn, type ZoneNames } from "./names.ts";
import { LARGE } from "./places.ts";

const WINTER = Date.UTC(2026, 0, 15);
const SUMMER = Date.UTC(2026, 6, 15);

const named = (language: string, at: number): ReadonlyMap<string, ZoneNames> => {
  const naming = namingZones(knownZones(), language, at);
  let step = naming.next();
  while (step.done !== true) step = naming.next();
  return step.value;
};
const english = named("en", WINTER);
const german = named("de", WINTER);
const found = (query: string, names = english) => findZones(knownZones(), query, names);

test("zones are listed by the names people look for, each once and in order", () => {
  const zones = knownZones();
  expect(zones).toContain("Asia/Kolkata");
  expect(zones).toContain("Europe/Kyiv");
  expect(zones).toContain("Australia/Lord_Howe");
  expect(zones).not.toContain("Asia/Calcutta");
  expect(zones.length).toBeGreaterThan(400);
  expect(zones).toEqual([...new Set(zones)].toSorted());
});

test("every zone with places of its own is one", () => {
  for (const zone of LARGE) expect(knownZones()).toContain(zone);
});

describe("a zone is found", () => {
  test.each([
    ["new york", "America/New_York"],
    [" Kolk ", "Asia/Kolkata"],
    ["sao paulo", "America/Sao_Paulo"],
    ["IST", "Asia/Kolkata"],
    ["CET", "Europe/Berlin"],
    ["cest", "Europe/Berlin"],
    ["EST", "America/New_York"],
    ["EDT", "America/New_York"],
    ["PST", "America/Los_Angeles"],
    ["GMT", "Europe/London"],
    ["BST", "Europe/London"],
    ["JST", "Asia/Tokyo"],
    ["AEST", "Australia/Sydney"],
    ["MSK", "Europe/Moscow"],
    ["pacific time", "America/Los_Angeles"],
    ["India", "Asia/Kolkata"],
    ["Germany", "Europe/Berlin"],
    ["Deutschland", "Europe/Berlin"],
    ["Österreich", "Europe/Vienna"],
    ["日本", "Asia/Tokyo"],
    ["New Delhi", "Asia/Kolkata"],
    ["mumbai", "Asia/Kolkata"],
    ["Munchen", "Europe/Berlin"],
    ["san francisco", "America/Los_Angeles"],
    ["+5:30", "Asia/Kolkata"],
    ["UTC+1", "Europe/Berlin"],
    ["GMT-08:00", "America/Los_Angeles"],
    ["−3", "America/Sao_Paulo"],
  ])("by %s", (query, zone) => expect(found(query)[0]).toBe(zone));

  test("by its name in the reader's language", () => {
    expect(found("MEZ", german)[0]).toBe("Europe/Berlin");
    expect(found("Indien", german)[0]).toBe("Asia/Kolkata");
    expect(found("Mitteleuropäische Zeit", german)[0]).toBe("Europe/Berlin");
    expect(found("Indien", english)).toEqual([]);
  });

  test("with all others of that name", () => {
    expect(found("IST")).toEqual(expect.arrayContaining(["Europe/Dublin", "Asia/Jerusalem"]));
    expect(found("United States")).toEqual(
      expect.arrayContaining(["America/New_York", "Pacific/Honolulu", "America/Anchorage"]),
    );
  });

  test("by how far its clocks are ahead now", () => {
    expect(found("UTC+2")[0]).not.toBe("Europe/Berlin");
    expect(found("UTC+2", named("en", SUMMER))[0]).toBe("Europe/Berlin");
  });

  test("by its own name alone, as long as its other names are not loaded", () => {
    expect(found("new york", new Map())).toEqual(["America/New_York"]);
    expect(found("india", new Map())).toContain("America/Indiana/Indianapolis");
  });
});

test("a text that names no zone finds none, and an empty one finds all as they are", () => {
  expect(found("atlantis")).toEqual([]);
  expect(found("  ")).toEqual(knownZones());
});

test.each([
  ["+5:30", 330],
  ["UTC+2", 120],
  ["gmt-03:00", -180],
  ["-0930", -570],
  ["UTC", 0],
  ["5:30", null],
  ["+5:3", null],
  ["berlin", null],
])("the offset of %s is %s", (text, minutes) => expect(offsetIn(text)).toBe(minutes));

test("an abbreviation that means several zones is the name of none", () => {
  for (const name of ["IST", "bst", "PST", "JST", "CST"]) expect(isTimeZone(name)).toBe(false);
  for (const name of ["UTC", "CET", "GMT", "Japan", ...knownZones()]) {
    expect([name, isTimeZone(name)]).toEqual([name, true]);
  }
});

test("the suggestions for a text that names no zone are few", () => {
  expect(zonesMeantBy("India", WINTER)[0]).toBe("Asia/Kolkata");
  expect(zonesMeantBy("Mars/Phobos", WINTER)).toEqual([]);
});
