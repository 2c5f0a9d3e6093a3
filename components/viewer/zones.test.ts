import { expect, it } from "vitest";
import { cityOf, zonesFrom } from "./zones.ts";

it("offers the likely zones first, and shows a zone by its city's name", () => {
  expect(zonesFrom(["Asia/Riyadh", null, "UTC", "Asia/Riyadh"]).slice(0, 3)).toEqual([
    "Asia/Riyadh",
    "UTC",
    "Africa/Abidjan",
  ]);
  expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});
