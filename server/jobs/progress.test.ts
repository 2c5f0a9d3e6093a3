import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withElapsed, withProgress } from "./progress.ts";

let said: string[];
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
});
afterEach(() => vi.useRealTimers());

const sayer = { say: (line: string) => said.push(line), now: () => Date.now() };
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe("something long", () => {
  test("says at once how much there is, and every five seconds how far it is and how long it may take", async () => {
    await withProgress(9_000, "events told again", sayer, async ({ add }) => {
      expect(said).toEqual(["0 of 9,000 events told again"]);
      await pass(4);
      add(500);
      expect(said).toHaveLength(1);
      await pass(1);
      expect(said[1]).toBe("500 of 9,000 events told again, about 1 min left");
      add(7_000);
      await pass(5);
      expect(said[2]).toBe("7,500 of 9,000 events told again, about 2 s left");
    });
    await pass(60);
    expect(said).toHaveLength(3);
  });

  test("says that it is still at it while one step takes long", async () => {
    await withProgress(10, "deliveries read again", sayer, () => pass(11));
    expect(said).toEqual(Array.from({ length: 3 }, () => "0 of 10 deliveries read again"));
  });

  test("knows hours, and that more came meanwhile", async () => {
    await withProgress(1_000_000, "events told again", sayer, async ({ add }) => {
      add(500);
      await pass(5);
      add(1_999_500);
      await pass(5);
    });
    expect(said.slice(1)).toEqual([
      "500 of 1,000,000 events told again, about 3 h left",
      "2,000,000 of 2,000,000 events told again",
    ]);
  });

  test("of which there is nothing says nothing", async () => {
    await withProgress(0, "meetings put back", sayer, () => pass(11));
    expect(said).toEqual([]);
  });

  test("that fails says nothing more", async () => {
    const failing = withProgress(1, "events told again", sayer, async () => {
      throw new Error("switched off");
    });
    await expect(failing).rejects.toThrow("switched off");
    await pass(60);
    expect(said).toEqual(["0 of 1 events told again"]);
  });
});

test("one long question says what is looked for, and since when", async () => {
  const answer = await withElapsed("Looking for deliveries that told nothing", sayer, async () => {
    await pass(12);
    return 42;
  });
  expect(answer).toBe(42);
  expect(said).toEqual([
    "Looking for deliveries that told nothing",
    "Looking for deliveries that told nothing, 5 s so far",
    "Looking for deliveries that told nothing, 10 s so far",
  ]);
});
