import { expect, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { askedAgainAt, askedNextAt, askedSince } from "./catch-up.ts";

const NOW = clock("12:00");

test("what happened is asked for from where it was left, and a little before", () => {
  const createdAt = clock("09:00");
  expect(askedSince({ caughtUpTo: clock("11:00"), createdAt }, NOW)).toBe(clock("10:55"));
  expect(askedSince({ caughtUpTo: clock("09:02"), createdAt }, NOW)).toBe(createdAt);
  expect(askedSince({ caughtUpTo: null, createdAt }, NOW)).toBe(createdAt);
  expect(askedSince({ caughtUpTo: null, createdAt: 0 }, NOW)).toBe(NOW - 3 * 86_400_000);
});

test("while somebody is there it is asked every 15 s, else every 30 s, and never twice at once", () => {
  expect(askedNextAt(true, NOW, NOW + 1_000)).toBe(NOW + 15_000);
  expect(askedNextAt(false, NOW, NOW + 1_000)).toBe(NOW + 30_000);
  expect(askedNextAt(true, NOW, NOW + 60_000)).toBe(NOW + 60_000);
});

test("after failures the pause doubles up to a minute, and is never shorter than was asked for", () => {
  const after = (failures: number, retryAfterMs: number | null = null, chance = 0) =>
    askedAgainAt({ failures, problem: "away" }, { now: NOW, chance, retryAfterMs }) - NOW;
  expect([1, 2, 3, 7, 50].map((failures) => after(failures))).toEqual([
    15_000, 30_000, 60_000, 60_000, 60_000,
  ]);
  const refused = { failures: 1, problem: "key_refused" } as const;
  expect(askedAgainAt(refused, { now: NOW, chance: 0, retryAfterMs: null }) - NOW).toBe(600_000);
  expect(after(1, 90_000)).toBe(90_000);
  expect(after(1, 1_000)).toBe(15_000);
  expect(after(1, null, 1)).toBe(18_000);
});
