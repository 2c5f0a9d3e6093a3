import { expect, test } from "vitest";
import type { PlayProgress } from "./play.ts";
import { progressLine } from "./progress.ts";

const progress = (sent: number, failed = 0): PlayProgress => ({
  answers: {
    sent,
    recorded: sent - failed,
    repeated: 0,
    ignored: 0,
    unreadable: 0,
    refused: 0,
    failed,
    elapsedMs: 1000,
  },
  total: 240,
  perSecond: 12.34,
  live: 4,
  playedMs: 751_000,
  lengthMs: 1_800_000,
});

function stream(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}

test("a terminal gets one line that changes in place, ten times a second", () => {
  const terminal = stream(true);
  let now = 0;
  const line = progressLine(terminal, () => now);
  for (; now < 1000; now += 10) line.update(progress(now));
  expect(terminal.written).toHaveLength(10);
  line.update(progress(240));
  line.end();
  expect(terminal.written.at(-2)).toBe(
    "\r\u001b[2K240/240 sent · 12/s · 4 meetings live · 12:31 of 30:00",
  );
  expect(terminal.written.at(-1)).toBe("\n");
});

test("a narrow terminal gets what fits", () => {
  const terminal = stream(true, 30);
  progressLine(terminal, () => 0).update(progress(9));
  expect(terminal.written).toEqual(["\r\u001b[2K9/240 sent · 12/s · 4 meeting"]);
});

test("a file gets a whole line every five seconds, and the last one", () => {
  const file = stream(false);
  let now = 0;
  const line = progressLine(file, () => now);
  for (; now < 12_000; now += 100) line.update(progress(now / 100, 1));
  line.end();
  line.end();
  expect(file.written).toHaveLength(3);
  expect(file.written.at(-1)).toBe(
    "119/240 sent · 12/s · 4 meetings live · 12:31 of 30:00 · 1 not taken\n",
  );
});

test("nothing played, nothing shown", () => {
  const terminal = stream(true);
  progressLine(terminal).end();
  expect(terminal.written).toEqual([]);
});
