import { expect, it } from "vitest";
import { readLines } from "./testing/read.ts";

it("reading a long file lets other work run in between", async () => {
  const lines = ["Full Name,Join Time,Leave Time"];
  for (let at = 0; at < 6_000; at += 1) {
    lines.push(`Guest ${at},2026-03-12 10:00:00,2026-03-12 10:30:00`);
  }
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const { known } = await readLines(lines);
  isOver = true;
  expect(known.rows).toBe(6_000);
  expect(turns).toBeGreaterThan(5);
});
