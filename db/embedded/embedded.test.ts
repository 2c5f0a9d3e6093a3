import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { type Embedded, type EmbeddedOptions, startEmbedded } from "./embedded.ts";
import { EmbeddedDatabaseError } from "./error.ts";
import { isAlive, parsePostmaster } from "./postmaster.ts";

const MODULE = new URL("./embedded.ts", import.meta.url).href;

/**
 * Another Rollcall process: it prints the URL it got, and stops at SIGTERM. It ignores Ctrl-C, as a server
 * that drains does.
 */
const OTHER = `
const { startEmbedded } = await import(${JSON.stringify(MODULE)});
const log = { info() {}, error() {} };
const database = await startEmbedded({ dataDir: process.argv[1], log });
process.on("SIGINT", () => console.log("Ctrl-C"));
process.on("SIGTERM", () => database.stop().then(() => process.exit(0)));
setInterval(() => {}, 1000);
console.log(JSON.stringify({ url: database.url, started: database.started }));
`;

let parent: string;
let dataDir: string;
const lines: string[] = [];
const log = { info: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };
const others: ChildProcess[] = [];
const startedHere: Embedded[] = [];

beforeAll(() => {
  // Mode 700, as a folder of mktemp is.
  parent = mkdtempSync(join(tmpdir(), "rollcall-embedded-"));
  dataDir = join(parent, "data with a space");
});

afterEach(async () => {
  lines.length = 0;
  await Promise.all(others.splice(0).map(killed));
  // A failed test must leave nothing running that the next one would wait for.
  await Promise.all(startedHere.splice(0).map((database) => database.stop()));
});

afterAll(async () => {
  await stopped();
  rmSync(parent, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const database = await startEmbedded({ dataDir, log, ...options });
  startedHere.push(database);
  return database;
}

async function startOther(): Promise<{
  process: ChildProcess;
  stdout: Readable;
  url: string;
  started: boolean;
}> {
  const args = ["--input-type=module", "-e", OTHER, dataDir];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  others.push(child);
  const [line] = await once(child.stdout, "data");
  return { process: child, stdout: child.stdout, ...JSON.parse(String(line)) };
}

/** Sends `kill -9` to its whole process group and waits until it is gone. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await once(child, "exit");
}

function postmaster() {
  const path = join(dataDir, "postgres", "postmaster.pid");
  return existsSync(path) ? parsePostmaster(readFileSync(path, "utf8")) : null;
}

async function stopped(): Promise<void> {
  await eventually(() => expect(postmaster()).toBeNull());
}

async function ask<T>(url: string, query: string): Promise<T | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 60 });
  try {
    const [row] = await sql.unsafe(query);
    return row?.["answer"];
  } finally {
    await sql.end();
  }
}

describe("one process", () => {
  test("makes the database, opens it to this machine only, and stops it", async () => {
    const database = await start();
    expect(database.started).toBe(true);
    expect(await ask(database.url, "select current_setting('fsync') as answer")).toBe("on");
    expect(await ask(database.url, "select current_setting('server_encoding') as answer")).toBe(
      "UTF8",
    );
    expect(new URL(database.url).hostname).toBe("127.0.0.1");
    expect(statSync(join(dataDir, "postgres.password")).mode & 0o777).toBe(0o600);
    await expect(ask(database.url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toThrow(
      /password/,
    );

    await ask(database.url, "create table stored as select 42 as answer");
    await database.stop();
    expect(postmaster()).toBeNull();
  });

  test("finds its data at the next start", async () => {
    const database = await start();
    expect(await ask(database.url, "select answer from stored")).toBe(42);
    await database.stop();
    await database.stop();
  });

  test("starts the database again on the same port when it dies", async () => {
    const database = await start();
    const before = postmaster();
    process.kill(before?.pid ?? 0, "SIGKILL");
    await eventually(async () =>
      expect(await ask(database.url, "select answer from stored")).toBe(42),
    );
    expect(postmaster()).toMatchObject({ port: before?.port });
    expect(postmaster()?.pid).not.toBe(before?.pid);
    expect(lines).toContain("The embedded database ended unexpectedly. Starting it again.");
    await database.stop();
    expect(postmaster()).toBeNull();
  });
});

describe("two processes", () => {
  test("the second joins the first's database, and keeps it when the first ends", async () => {
    const first = await startOther();
    const second = await start();
    expect(second).toMatchObject({ started: false, url: first.url });
    first.process.kill("SIGTERM");
    await once(first.process, "exit");
    expect(await ask(second.url, "select answer from stored")).toBe(42);
    await second.stop();
    expect(postmaster()).toBeNull();
  });

  test("the first keeps its database when the second ends", async () => {
    const first = await start();
    const second = await startOther();
    expect(second).toMatchObject({ started: false, url: first.url });
    await killed(second.process);
    expect(await ask(first.url, "select answer from stored")).toBe(42);
    await first.stop();
    expect(postmaster()).toBeNull();
  });

  test("starting at the same moment share one database, though there was none", async () => {
    await stopped();
    rmSync(dataDir, { recursive: true, force: true });
    const [one, two, three] = await Promise.all([startOther(), startOther(), start()]);
    expect([one, two, three].filter(({ started }) => started)).toHaveLength(1);
    expect(new Set([one.url, two.url, three.url]).size).toBe(1);
    await ask(three.url, "create table stored as select 42 as answer");
    await three.stop();
  });
});

describe("a database that dies", () => {
  /** Waits until the stored row is answered again, whatever pools know of the address. */
  function answers(url: string): Promise<void> {
    return eventually(async () => expect(await ask(url, "select answer from stored")).toBe(42));
  }

  /** Ends the postmaster, and answers its number. */
  function kill(): number {
    const { pid = 0 } = postmaster() ?? {};
    process.kill(pid, "SIGKILL");
    return pid;
  }

  test("is started again by a process that joined it, when its starter is gone", async () => {
    await stopped();
    const starter = await startOther();
    const joined = await start();
    expect(joined).toMatchObject({ started: false, url: starter.url });
    await killed(starter.process);
    kill();
    await answers(joined.url);
    expect(lines).toContain("The embedded database ended unexpectedly. Starting it again.");
    await joined.stop();
    expect(postmaster()).toBeNull();
  });

  test("is started once, on its old port, by all that hold it and one that joins just then", async () => {
    await stopped();
    const holders = [await startOther(), await startOther(), await start()];
    const before = kill();
    const late = await startOther();
    for (const { url } of [...holders, late]) await answers(url);
    expect(new Set([...holders, late].map(({ url }) => url)).size).toBe(1);
    expect(postmaster()?.pid).not.toBe(before);
    // Every process holds it again: it outlives all but the last.
    await eventually(() => expect(lines).toContain("The embedded database runs again."));
    const [one, two, here] = holders;
    for (const other of [one, two, late]) {
      if (!other || !("process" in other)) continue;
      other.process.kill("SIGTERM");
      await once(other.process, "exit");
    }
    expect(await ask(late.url, "select answer from stored")).toBe(42);
    if (here && "stop" in here) await here.stop();
    expect(postmaster()).toBeNull();
  });

  test("is restarted for ever, with one message, and runs again when the obstacle is gone", async () => {
    await stopped();
    const database = await start({ firstPauseMs: 10 });
    const version = join(dataDir, "postgres", "PG_VERSION");
    const failures = () =>
      readFileSync(join(dataDir, "postgres.log"), "utf8").match(/is not a valid data directory/g)
        ?.length ?? 0;
    const before = failures();
    renameSync(version, `${version}.away`);
    kill();
    // An earlier version gave up after five.
    await eventually(() => expect(failures() - before).toBeGreaterThan(7));
    expect(lines.filter((line) => line.endsWith("It is tried again until it works."))).toHaveLength(
      1,
    );
    renameSync(`${version}.away`, version);
    await answers(database.url);
    // It answers before its start is over.
    await eventually(() => expect(lines).toContain("The embedded database runs again."));
    await database.stop();
  });

  test("does not keep the process from stopping while it is restarted", async () => {
    await stopped();
    const database = await start({ firstPauseMs: 600_000 });
    const version = join(dataDir, "postgres", "PG_VERSION");
    renameSync(version, `${version}.away`);
    kill();
    await eventually(() =>
      expect(lines.some((line) => line.endsWith("It is tried again until it works."))).toBe(true),
    );
    await database.stop();
    renameSync(`${version}.away`, version);
    // The next process finds what was left of the one that died, and cleans up.
    await (await start()).stop();
  });
});

describe("a sudden end", () => {
  test("of our process does not disturb a restart, which starts the database or joins it in time", async () => {
    await stopped();
    const other = await startOther();
    const { pid } = postmaster() ?? {};
    await killed(other.process);
    const database = await start();
    try {
      expect(postmaster()?.pid === pid).toBe(!database.started);
      expect(await ask(database.url, "select answer from stored")).toBe(42);
    } finally {
      await database.stop();
    }
  });

  test("of our last process leaves no database behind", async () => {
    const other = await startOther();
    const { pid = 0 } = postmaster() ?? {};
    await killed(other.process);
    await stopped();
    await eventually(() => expect(isAlive(pid)).toBe(false));
  });

  test("of everything leaves a pid file that is no obstacle", async () => {
    await stopped();
    const database = await startOther();
    await ask(database.url, "update stored set answer = 43");
    const { pid = 0 } = postmaster() ?? {};
    // Frozen first: a process that holds the database would start it again before the test ends it too.
    process.kill(-(database.process.pid ?? 0), "SIGSTOP");
    process.kill(pid, "SIGKILL");
    await killed(database.process);
    await eventually(() => expect(isAlive(pid)).toBe(false));
    expect(postmaster()).not.toBeNull();
    const again = await start();
    expect(again.started).toBe(true);
    expect(await ask(again.url, "select answer from stored")).toBe(43);
    await again.stop();
  });

  test("leaves a pid file whose number another process has now", async () => {
    await stopped();
    const path = join(dataDir, "postgres", "postmaster.pid");
    writeFileSync(path, `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n`);
    const database = await start();
    expect(database.started).toBe(true);
    await database.stop();
  });

  test("is not caused by Ctrl-C: the database runs until the process releases it", async () => {
    const other = await startOther();
    const printed = once(other.stdout, "data");
    process.kill(-(other.process.pid ?? 0), "SIGINT");
    expect(String(await printed)).toBe("Ctrl-C\n");
    // A database that had received it too would refuse new connections.
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await ask(other.url, "select answer from stored")).toBe(43);
    }
    other.process.kill("SIGTERM");
    await once(other.process, "exit");
    expect(postmaster()).toBeNull();
  });
});

describe("a failure is reported in one line", () => {
  test("a data folder where a file is in the way", async () => {
    const file = join(parent, "file");
    writeFileSync(file, "");
    const starting = startEmbedded({ dataDir: join(file, "data"), log });
    await expect(starting).rejects.toThrow(EmbeddedDatabaseError);
    await expect(starting).rejects.toThrow(
      /^The data folder .* is not writable .*ROLLCALL_DATA.*\.$/,
    );
  });

  test.skipIf(process.getuid?.() === 0)("a data folder that is not writable", async () => {
    const folder = mkdtempSync(join(parent, "closed-"));
    chmodSync(folder, 0o500);
    await expect(startEmbedded({ dataDir: folder, log })).rejects.toThrow(/is not writable/);
  });

  test("a lost password", async () => {
    await stopped();
    rmSync(join(dataDir, "postgres.password"));
    await expect(start()).rejects.toThrow(/postgres\.password cannot be read/);
  });
});
