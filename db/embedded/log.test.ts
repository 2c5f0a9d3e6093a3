import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boundLog, logSize, readLogFrom } from "./log.ts";

let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-log-"));
  path = join(folder, "postgres.log");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a log that is not there is empty", () => {
  expect(logSize(path)).toBe(0);
  expect(readLogFrom(path, 0)).toBe("");
  boundLog(path);
});

test("the log is read from a given size on", () => {
  appendFileSync(path, "before\n");
  const moment = logSize(path);
  appendFileSync(path, "after\n");
  expect(readLogFrom(path, moment)).toBe("after\n");
});

test("a log that has grown too long begins anew", () => {
  boundLog(path);
  expect(readFileSync(path, "utf8")).toBe("before\nafter\n");
  appendFileSync(path, "x".repeat(5 * 1024 * 1024));
  boundLog(path);
  appendFileSync(path, "new\n");
  expect(readFileSync(path, "utf8")).toBe("new\n");
});
