import { describe, expect, it } from "vitest";
import { localeIn, localeSettingsOf } from "./locale-settings.ts";

describe("how people of a locale read numbers, clocks and weeks", () => {
  it.each([
    ["en-US", { group: ",", decimal: ".", hours: "h12", firstDay: 7, percent: "{}%" }],
    ["en-GB", { group: ",", decimal: ".", hours: "h23", firstDay: 1 }],
    ["de-DE", { group: ".", decimal: ",", hours: "h23", firstDay: 1, percent: "{}\u00a0%" }],
    ["en-IN", { sizes: [3, 2], hours: "h12", firstDay: 7 }],
    ["es-ES", { least: 2, group: ".", decimal: "," }],
    // Latin digits in an English sentence, without marks that turn it round.
    ["ar-SA", { group: ",", decimal: ".", hours: "h12", firstDay: 7, percent: "{}%" }],
  ])("%s", (locale, expected) => {
    expect(localeSettingsOf(locale)).toMatchObject(expected);
  });

  it("is plain where the locale is not known", () => {
    expect(localeSettingsOf("")).toMatchObject({ group: "\u202f", hours: "h23", firstDay: 1 });
  });
});

it("takes the first supported language of a header, and ignores all else in it", () => {
  expect(localeIn("de-AT,de;q=0.9,en;q=0.8")).toBe("de-AT");
  expect(localeIn("*, xx-xx-xx-xx-xx-xx, ../../etc;q=1, en-IN")).toBe("en-IN");
  for (const bad of [null, undefined, "", "*", ",,,;;;", "a".repeat(9_000), "\0", "en_US"]) {
    expect(localeIn(bad)).toBeNull();
  }
});
