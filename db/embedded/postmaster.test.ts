import { expect, test } from "vitest";
import { isAlive, isPostgres, parsePostmaster } from "./postmaster.ts";

const COMPLETE = `9190
/srv/rollcall/data/postgres
1790560625
44845

127.0.0.1
  4194320         7
ready   
`;

test("a complete pid file gives pid, port and status", () => {
  expect(parsePostmaster(COMPLETE)).toEqual({ pid: 9190, port: 44845, status: "ready" });
  expect(parsePostmaster(COMPLETE.replace("ready   ", "stopping"))?.status).toBe("stopping");
  expect(parsePostmaster(COMPLETE.replace("ready   ", "starting"))?.status).toBe("starting");
});

test("a pid file that is still being written gives less", () => {
  expect(parsePostmaster("")).toBeNull();
  expect(parsePostmaster("9190\n/srv/rollcall/data/postgres\n")).toBeNull();
  expect(parsePostmaster(COMPLETE.split("\n").slice(0, 5).join("\n"))?.status).toBe("unknown");
});

test("single-user mode, which writes a negative number, is not a server", () => {
  expect(parsePostmaster(COMPLETE.replace("9190", "-9190"))).toBeNull();
});

test("a living process that is something else is no PostgreSQL", () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isPostgres(process.pid)).toBe(false);
  expect(isPostgres(2 ** 30)).toBe(false);
});
