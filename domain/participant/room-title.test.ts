import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { titleByRule, titleOfRoom } from "./room-title.ts";

const WARDS = [
  { pattern: "ward-*", title: "Ward *" },
  { pattern: "*-room-*", title: "* (room *)" },
  { pattern: "chapel", title: "The chapel" },
];

test.each([
  ["ward-3", "Ward 3"],
  ["ward-", "Ward"],
  ["Ward-3", null],
  ["maths-room-7b", "maths (room 7b)"],
  ["chapel", "The chapel"],
  ["chapel-2", null],
  ["x", null],
])("%s is called %s", (key, title) => {
  expect(titleByRule(key, WARDS)).toBe(title);
});

describe("what a room is called", () => {
  const room = { key: "ward-3", givenTitle: null, reportedTitle: null };

  test("is what was entered by hand, else what was reported, else what a rule says", () => {
    expect(titleOfRoom({ ...room, givenTitle: "Dr Wu", reportedTitle: "Three" }, WARDS)).toBe(
      "Dr Wu",
    );
    expect(titleOfRoom({ ...room, reportedTitle: "Three" }, WARDS)).toBe("Three");
    expect(titleOfRoom(room, WARDS)).toBe("Ward 3");
    expect(titleOfRoom(room, [])).toBeNull();
  });
});

test("a pattern fits the keys that are made from it, and says what its stars stood for", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "-") });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, star) => {
      const key = parts.join(star);
      const pattern = parts.join("*");
      // The title says all of the key again, whichever way the stars were filled.
      expect(titleByRule(`<${key}>`, [{ pattern: `<${pattern}>`, title: `<${pattern}>` }])).toBe(
        `<${key}>`,
      );
    }),
    { numRuns: 300 },
  );
});

test("a pattern of many stars costs no more than it is long", () => {
  const rule = { pattern: `${"*a".repeat(200)}*b`, title: "x" };
  const key = "a".repeat(1_000);
  expect(titleByRule(key, [rule])).toBeNull();
});
