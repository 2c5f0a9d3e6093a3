import fc from "fast-check";
import { expect, it } from "vitest";
import { chosenZone, decodeViewer, encodeViewer, NO_BROWSER_SETTINGS, weekFrom } from "./viewer.ts";

it("encodes and decodes a browser's settings", () => {
  const settings = {
    choice: "Asia/Kolkata",
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
  expect(decodeViewer("choice=Mars/Phobos&own=<script>&locale=en;DROP&hours=h99&first=8")).toEqual(
    NO_BROWSER_SETTINGS,
  );
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
