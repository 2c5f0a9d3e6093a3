import { expect, test } from "vitest";
import { expiredLines, goneWords } from "./expired-words.ts";

const NOTHING = { deliveries: 0, meetings: 0, people: 0 };

test("what would go is said by kind, and that nothing would", () => {
  expect(expiredLines(NOTHING)).toEqual(["Nothing is as old yet."]);
  expect(expiredLines({ deliveries: 1, meetings: 0, people: 0 })).toEqual([
    "1 webhook with what was sent",
  ]);
  expect(expiredLines({ deliveries: 20, meetings: 1, people: 3 })).toEqual([
    "20 webhooks with what was sent",
    "the names and ids of 3 attendances in 1 meeting, and the webhooks that reported them",
  ]);
});

test("what went is one sentence", () => {
  expect(goneWords(NOTHING)).toBe("nothing went");
  expect(goneWords({ deliveries: 4, meetings: 2, people: 7 })).toBe(
    "4 webhooks and who was in 2 meetings (7 attendances) went",
  );
});
