import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLog } from "./log.ts";
import { readableLine } from "./readable-line.ts";

let lines: Record<string, unknown>[] = [];
const log = () =>
  createLog("info", {
    write: (line) => {
      const projected: unknown = JSON.parse(line);
      if (typeof projected === "object" && projected !== null) lines.push({ ...projected });
    },
  });

beforeEach(() => {
  lines = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const refused = { source: "ward", refusal: "signature_mismatch" };

describe("a warning that is repeated", () => {
  test("is logged the first time, and then counted every ten seconds", () => {
    const own = log();
    for (let time = 0; time < 1_000; time += 1) own.warn(refused, "webhook refused");
    expect(lines).toMatchObject([{ ...refused, level: "warn", msg: "webhook refused" }]);
    vi.advanceTimersByTime(10_000);
    const count = { ...refused, level: "warn", msg: "webhook refused, again" };
    expect(lines.slice(1)).toMatchObject([{ ...count, count: 999 }]);
    own.warn(refused, "webhook refused");
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(lines.slice(2)).toMatchObject([{ ...count, count: 1 }]);
  });

  test("is new again once it did not come for so long", () => {
    const own = log();
    own.warn(refused, "webhook refused");
    vi.advanceTimersByTime(10_000);
    expect(lines).toHaveLength(1);
    own.warn(refused, "webhook refused");
    expect(lines).toHaveLength(2);
  });

  test("is another one for another source or another reason", () => {
    const own = log();
    own.warn(refused, "webhook refused");
    own.warn({ ...refused, source: "annex" }, "webhook refused");
    own.warn({ ...refused, refusal: "paused" }, "webhook refused");
    expect(lines).toHaveLength(3);
  });
});

test("failures are the same by their kind and cause, wherever they happen", () => {
  const own = log();
  const failing = (code: string) => {
    const cause = Object.assign(new Error("x"), { code });
    own.error({ err: new Error(`for the time ${Math.random()}`, { cause }) }, "webhook not kept");
  };
  failing("ECONNREFUSED");
  failing("ECONNREFUSED");
  failing("ENOSPC");
  expect(lines).toHaveLength(2);
  vi.advanceTimersByTime(10_000);
  const err = { type: "Error", cause: { type: "Error", code: "ECONNREFUSED" } };
  expect(lines[2]).toMatchObject({ count: 1, msg: "webhook not kept, again" });
  expect(lines[2]?.["err"]).toEqual(err);
});

test("of more different lines than can be counted apart the rest is counted together", () => {
  const own = log();
  for (let source = 0; source < 600; source += 1) own.warn({ source }, "webhook refused");
  expect(lines).toHaveLength(500);
  vi.advanceTimersByTime(10_000);
  expect(lines.slice(500)).toMatchObject([{ msg: "other lines were left out", count: 100 }]);
});

test("a line that is no warning is logged every time", () => {
  const own = log();
  own.info("ready");
  own.info("ready");
  expect(lines).toMatchObject([{ msg: "ready" }, { msg: "ready" }]);
});

test("a line is for programs, and on a terminal for people", () => {
  const own = log();
  own.warn(refused, "webhook refused");
  own.error({ err: new TypeError("away"), source: "ward" }, "webhook not kept");
  expect(lines[0]).toMatchObject({ level: "warn", time: expect.stringMatching(/^\d{4}-.*Z$/) });
  const [first, second] = lines.map((line) => readableLine(JSON.stringify(line)));
  expect(first).toMatch(
    /^\d\d:\d\d:\d\d warn {2}webhook refused source=ward refusal=signature_mismatch$/,
  );
  expect(second?.split("\n")[0]).toMatch(
    /error webhook not kept err={"type":"TypeError","message":"away"} source=ward$/,
  );
  expect(second?.split("\n")[1]).toMatch(/^ +at /);
});
