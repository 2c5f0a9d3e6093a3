import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { announce, runningServer } from "./running.ts";

let folder: string;
const others: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-running-"));
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((child) => gone(child)));
  rmSync(folder, { recursive: true, force: true });
});

const MODULE = new URL("./running.ts", import.meta.url).href;

/** Another server on the same folder, which takes its note back at SIGTERM. */
async function other(url: string): Promise<ChildProcess> {
  const script = `
    const { announce } = await import(${JSON.stringify(MODULE)});
    const withdraw = announce(process.argv[1], process.argv[2], 20);
    process.on("SIGTERM", () => { withdraw(); process.exit(0); });
    setInterval(() => {}, 1000);
    console.log("announced");`;
  const args = ["--input-type=module", "-e", script, folder, url];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  others.push(child);
  await once(child.stdout, "data");
  return child;
}

async function gone(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

test("a server is found while it runs", () => {
  const withdraw = announce(folder, "http://127.0.0.1:1");
  expect(runningServer(folder)).toBe("http://127.0.0.1:1");
  withdraw();
  expect(runningServer(folder)).toBeNull();
});

test("a second server neither replaces nor removes the first's note", async () => {
  const withdraw = announce(folder, "http://127.0.0.1:1");
  const second = await other("http://127.0.0.1:2");
  expect(runningServer(folder)).toBe("http://127.0.0.1:1");
  await gone(second, "SIGTERM");
  expect(runningServer(folder)).toBe("http://127.0.0.1:1");
  withdraw();
  expect(existsSync(join(folder, "server.json"))).toBe(false);
});

test.each<NodeJS.Signals>(["SIGTERM", "SIGKILL"])(
  "when the first has gone by %s, another is found",
  async (signal) => {
    const first = await other("http://127.0.0.1:1");
    const withdraw = announce(folder, "http://127.0.0.1:2", 20);
    expect(runningServer(folder)).toBe("http://127.0.0.1:1");
    await gone(first, signal);
    await eventually(() => expect(runningServer(folder)).toBe("http://127.0.0.1:2"));
    withdraw();
  },
);

test("an old note with a process id that is ours now is no other server's", () => {
  writeFileSync(join(folder, "server.json"), `{"pid":${process.pid},"url":"http://127.0.0.1:9"}`);
  announce(folder, "http://127.0.0.1:1")();
  expect(existsSync(join(folder, "server.json"))).toBe(false);
  writeFileSync(join(folder, "server.json"), "half a no");
  const withdraw = announce(folder, "http://127.0.0.1:1");
  expect(JSON.parse(readFileSync(join(folder, "server.json"), "utf8"))).toEqual({
    pid: process.pid,
    url: "http://127.0.0.1:1",
  });
  withdraw();
});
