import { expect, it } from "vitest";
import { isMeant, knownZones, placeOf, zonesFrom } from "./zones.ts";

it("lists zones by the names people look for, each once and in order", () => {
  const zones = knownZones();
  expect(zones).toContain("Asia/Kolkata");
  expect(zones).toContain("Europe/Kyiv");
  expect(zones).toContain("Australia/Lord_Howe");
  expect(zones).not.toContain("Asia/Calcutta");
  expect(zones.length).toBeGreaterThan(400);
  expect(zones).toEqual([...new Set(zones)].toSorted());
});

it("offers the likely ones first, and finds the others by how people call them", () => {
  expect(zonesFrom(["Asia/Riyadh", null, "UTC", "Asia/Riyadh"]).slice(0, 3)).toEqual([
    "Asia/Riyadh",
    "UTC",
    "Africa/Abidjan",
  ]);
  const found = (query: string) => knownZones().filter((zone) => isMeant(zone, query));
  expect(found("new york")).toEqual(["America/New_York"]);
  expect(found(" Kolk ")).toEqual(["Asia/Kolkata"]);
  expect(found("mars")).toEqual([]);
  expect(placeOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});
