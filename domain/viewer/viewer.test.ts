import fc from "fast-check";
import { expect, it } from "vitest";
import { NO_SETTINGS } from "#domain/access/member.ts";
import {
  choicesOf,
  chosenZone,
  decodeViewer,
  encodeViewer,
  mannerFor,
  NO_BROWSER_SETTINGS,
  PLAIN,
  weekFrom,
} from "./viewer.ts";

it("encodes and decodes a browser's settings", () => {
  const settings = {
    choice: "Asia/Kolkata",
    clock: "h23",
    week: 6,
    own: "America/New_York",
    locale: "en-IN",
    hours: "h12",
    firstDay: 7,
  } as const;
  expect(decodeViewer(encodeViewer(settings))).toEqual(settings);
  expect(chosenZone({ home: "UTC", said: settings })).toBe("Asia/Kolkata");
  expect(chosenZone({ home: "UTC", said: { ...settings, choice: "browser" } })).toBe(
    "America/New_York",
  );
  expect(chosenZone({ home: "UTC", said: { ...settings, choice: "browser", own: null } })).toBe(
    "UTC",
  );
  expect(chosenZone({ home: "UTC", said: { ...settings, choice: "home" } })).toBe("UTC");
});

it("decodes nothing from malicious cookies, and never throws", () => {
  expect(
    decodeViewer(
      "choice=Mars/Phobos&own=<script>&locale=en;DROP&hours=h99&first=8&clock=h24&week=0",
    ),
  ).toEqual(NO_BROWSER_SETTINGS);
  expect(decodeViewer(`own=UTC&x=${"a".repeat(500)}`)).toEqual(NO_BROWSER_SETTINGS);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const decoded = decodeViewer(text);
      expect(decodeViewer(encodeViewer(decoded))).toEqual(decoded);
    }),
  );
});

it("begins a week on the reader's first day", () => {
  expect(weekFrom(1)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(weekFrom(7)).toEqual([7, 1, 2, 3, 4, 5, 6]);
  expect(weekFrom(6)).toEqual([6, 7, 1, 2, 3, 4, 5]);
});

it("shows clocks and weeks as chosen, else as the browser reports, else as the language has them", () => {
  const shown = (about: object) => {
    const { hours, firstDay } = mannerFor({ ...NO_BROWSER_SETTINGS, ...about }, PLAIN);
    return [hours, firstDay];
  };
  expect(shown({})).toEqual(["h23", 1]);
  expect(shown({ hours: "h12", firstDay: 7 })).toEqual(["h12", 7]);
  expect(shown({ hours: "h12", firstDay: 7, clock: "h23", week: 6 })).toEqual(["h23", 6]);
});

it("takes all choices of a member in place of the browser's, also where they chose nothing", () => {
  const inBrowser = { ...NO_BROWSER_SETTINGS, choice: "Asia/Kolkata", clock: "h12" } as const;
  expect({ ...inBrowser, ...choicesOf(NO_SETTINGS) }).toEqual(NO_BROWSER_SETTINGS);
  const chosen = { ...NO_SETTINGS, timeZone: "browser", hourCycle: "h23", firstDay: 7 } as const;
  expect(choicesOf(chosen)).toEqual({ choice: "browser", clock: "h23", week: 7 });
});
