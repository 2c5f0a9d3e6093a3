import { expect, test } from "vitest";
import { hoursIn, hoursText } from "./hours-text.ts";

test.each([
  ["8:00-12:30, 14:00 – 18:00", "08:00–12:30, 14:00–18:00"],
  ["00:00–24:00", "00:00–24:00"],
  ["22:00—6:00", "22:00–06:00"],
  ["  ", ""],
])("hours are read as they are typed: %s", (typed, written) => {
  expect(hoursText(hoursIn(typed) ?? [])).toBe(written);
});

test.each(["8-12", "08:00", "25:00–26:00", "24:00–08:00", "08:00–12:60", "08:00–12:00,"])(
  "what is no time is not read as one: %s",
  (typed) => expect(hoursIn(typed)).toBeNull(),
);
