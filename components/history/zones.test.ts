import { expect, it } from "vitest";
import { knownZones } from "./zones.ts";

it("lists zones by the names people look for, each once and in order", () => {
  const zones = knownZones();
  expect(zones).toContain("Asia/Kolkata");
  expect(zones).toContain("Europe/Kyiv");
  expect(zones).toContain("Australia/Lord_Howe");
  expect(zones).not.toContain("Asia/Calcutta");
  expect(zones.length).toBeGreaterThan(400);
  expect(zones).toEqual([...new Set(zones)].toSorted());
});
