import { expect, test } from "vitest";
import { nearestTo } from "./nearest.ts";

const WORDS = ["status", "source", "room", "q", "from", "to", "min_duration_ms", "tz"];

test.each([
  ["statsu", "status"],
  ["Source", "source"],
  ["sorce", "source"],
  ["min_duration", "min_duration_ms"],
  ["form", "from"],
  ["rooms", "room"],
  ["x", null],
  ["elephant", null],
  ["", null],
])("%s was most likely meant as %s", (meant, word) => {
  expect(nearestTo(meant, WORDS)).toBe(word);
});
