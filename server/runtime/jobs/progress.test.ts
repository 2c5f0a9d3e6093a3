import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withElapsed, withProgress } from "./progress.ts";

let lines: string[];
beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
});
afterEach(() => vi.useRealTimers());

const reporter = { say: (line: string) => lines.push(line), now: () => Date.now() };
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe("a long job", () => {
  test("reports its total at once, and every five seconds how far it is and how long it may take", async () => {
    await withProgress(9_000, "events projected again", reporter, async ({ add }) => {
      expect(lines).toEqual(["0 of 9,000 events projected again"]);
      await pass(4);
      add(500);
      expect(lines).toHaveLength(1);
      await pass(1);
      expect(lines[1]).toBe("500 of 9,000 events projected again, about 1 min left");
      add(7_000);
      await pass(5);
      expect(lines[2]).toBe("7,500 of 9,000 events projected again, about 2 s left");
    });
    await pass(60);
    expect(lines).toHaveLength(3);
  });

  test("reports also while one step takes long", async () => {
    await withProgress(10, "deliveries read again", reporter, () => pass(11));
    expect(lines).toEqual(Array.from({ length: 3 }, () => "0 of 10 deliveries read again"));
  });

  test("reports hours, and a total that has grown meanwhile", async () => {
    await withProgress(1_000_000, "events projected again", reporter, async ({ add }) => {
      add(500);
      await pass(5);
      add(1_999_500);
      await pass(5);
    });
    expect(lines.slice(1)).toEqual([
      "500 of 1,000,000 events projected again, about 3 h left",
      "2,000,000 of 2,000,000 events projected again",
    ]);
  });

  test("with nothing to do reports nothing", async () => {
    await withProgress(0, "meetings put back", reporter, () => pass(11));
    expect(lines).toEqual([]);
  });

  test("that fails reports nothing more", async () => {
    const failing = withProgress(1, "events projected again", reporter, async () => {
      throw new Error("switched off");
    });
    await expect(failing).rejects.toThrow("switched off");
    await pass(60);
    expect(lines).toEqual(["0 of 1 events projected again"]);
  });
});

test("one long query reports what it looks for, and for how long", async () => {
  const answer = await withElapsed("Looking for deliveries without events", reporter, async () => {
    await pass(12);
    return 42;
  });
  expect(answer).toBe(42);
  expect(lines).toEqual([
    "Looking for deliveries without events",
    "Looking for deliveries without events, 5 s so far",
    "Looking for deliveries without events, 10 s so far",
  ]);
});
