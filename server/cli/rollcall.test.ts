import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { keyNamed } from "#db/access/keys.ts";
import { sessionEpoch } from "#db/access/sessions.ts";
import { removingAlone } from "#db/demo/removing-demo.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { soon } from "#server/boot/project.mjs";
import { digestOf, tablesOf } from "#server/testing/digest.ts";
import { deliverBodies, openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { run } from "./rollcall.ts";

const UNKNOWN_ID = "00000000-0000-7000-8000-000000000000";
const ROLLCALL = fileURLToPath(new URL("./rollcall.ts", import.meta.url));
let app: TestApp;
let dataDir: string;
beforeAll(async () => {
  app = await openTestApp();
  dataDir = mkdtempSync(join(tmpdir(), "rollcall-cli-"));
});
afterAll(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const keyMade = z.object({ id: z.string(), key: z.string() });
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

interface Run {
  status: number;
  out: string;
  err: string;
}

const argsOf = (args: string) => args.split(" ").filter((word) => word !== "");

function settings(): Record<string, string> {
  return { DATABASE_URL: app.url, ROLLCALL_SECRET: SECRET, ROLLCALL_DATA: dataDir };
}

/** Runs the command in a process of its own. */
function rollcall(args: string, env: Record<string, string> = {}): Promise<Run> {
  const neutral = { PATH: process.env["PATH"], NODE_ENV: "production" } as const;
  const options = { env: soon({ ...neutral, ...settings(), ...env }) };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [ROLLCALL, ...argsOf(args)], options, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

/** Like `rollcall`, in this process: starting another takes longer than most commands do. */
async function rollcallHere(args: string, env: Record<string, string> = {}): Promise<Run> {
  for (const [name, value] of Object.entries({ ...settings(), ...env })) vi.stubEnv(name, value);
  const written = { out: "", err: "" };
  const listen = (to: "out" | "err") => (text: string | Uint8Array) => {
    written[to] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(listen("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(listen("err")),
  ];
  const before = process.exitCode;
  try {
    process.exitCode = 0;
    await run(argsOf(args));
    return { status: Number(process.exitCode), ...written };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/**
 * The one JSON value on standard output, of a command that succeeded. Progress may be on standard error.
 */
async function json(args: string, { progress = /^$/, run = rollcallHere } = {}): Promise<unknown> {
  const { status, out, err } = await run(`${args} --json`);
  expect({ status, err }).toEqual({ status: 0, err: expect.stringMatching(progress) });
  expect(out.endsWith("\n")).toBe(true);
  expect(out.trimEnd()).not.toContain("\n");
  return JSON.parse(out);
}

/** A digest of every table but that of keys, whose last use changes. */
async function digestOfAll(): Promise<object> {
  const { database } = app;
  const tables = (await tablesOf(database)).filter(
    (name) => !["api_keys", "audit_entries"].includes(name),
  );
  return digestOf(database, tables);
}

describe("with --json a command prints one JSON value and nothing else", () => {
  test("source add, and then source list", async () => {
    const secret = Buffer.alloc(32, 3).toString("base64");
    const added = await json(`source add --provider daily --name Clinic --secret ${secret}`);
    expect(added).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      provider: "daily",
      name: "Clinic",
      secret,
      webhook_path: expect.stringMatching(/^\/api\/webhooks\/daily\/[0-9a-f-]{36}$/),
    });
    const listed = await json("source list", { run: rollcall });
    expect(listed).toEqual([expect.not.objectContaining({ secret })]);
    expect(listed).toMatchObject([{ name: "Clinic", provider: "daily" }]);
  });

  test("key create, and the key opens", async () => {
    const made = await json("key create --name report");
    expect(made).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^rk_/),
    });
    const key = typeof made === "object" && made !== null && "key" in made ? String(made.key) : "";
    expect(await keyNamed(app.database.orm, key, Date.now())).toMatchObject({ name: "report" });
  });

  test("key list, and key revoke, after which it opens nothing", async () => {
    const made = keyMade.parse(await json("key create --name leaked"));
    const scopes = ["read", "write", "deliver"];
    const sight = { sources: null, rooms: null, masked: false };
    const unused = { scopes, ...sight, created_at: TIME, expires_at: null, last_used_at: null };
    const shown = { id: made.id, name: "leaked", ...unused };
    expect(await json("key list")).toContainEqual({ ...shown, revoked_at: null });
    const revoked = await json(`key revoke ${made.id}`);
    expect(revoked).toEqual({ ...shown, revoked_at: TIME });
    expect(await keyNamed(app.database.orm, made.key, Date.now())).toBeNull();
    expect(await json(`key revoke ${made.id}`)).toEqual(revoked);
    expect(await json("key list")).toContainEqual(revoked);
  });

  test("key create with limits", async () => {
    const source = (await app.account()).id;
    const seen = `--sources ${source} --rooms Algebra*,room-7 --masked`;
    const limits = `--scopes deliver,read --expires 2099-03-31 ${seen}`;
    const { id } = keyMade.parse(await json(`key create --name limited ${limits}`));
    const own = { id, scopes: ["read", "deliver"], expires_at: "2099-04-01T00:00:00.000Z" };
    const sight = { sources: [source], rooms: ["Algebra*", "room-7"], masked: true };
    expect(await json("key list")).toContainEqual(expect.objectContaining({ ...own, ...sight }));
  });

  test("source rotate, and then source retire", async () => {
    const { id } = await app.account();
    expect(await json(`source rotate ${id}`)).toEqual({
      id,
      secret: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      previous_last_used_at: null,
    });
    expect(await json(`source retire ${id}`)).toEqual({
      id,
      retired: 1,
      retired_last_used_at: null,
      last_used_at: null,
    });
    expect((await rollcallHere(`source retire ${id}`)).err).toMatch(/^It has no older secret/);
  });

  test("source update, pause and resume answer the source as it is then", async () => {
    const { id } = await app.account();
    const source = {
      id,
      provider: "daily",
      name: "Annex",
      webhook_path: `/api/webhooks/daily/${id}`,
      paused_at: null,
      secrets: [{ created_at: TIME, last_used_at: null }],
      empty_gap_ms: 120_000,
      grace_ms: 30_000,
      note_takers: [],
      joins_bots: true,
      takes_calendar: false,
      keep_deliveries_months: null,
      keep_people_days: null,
    };
    expect(await json(`source update ${id} --name Annex`)).toEqual(source);
    expect(await json(`source pause ${id}`)).toEqual({ ...source, paused_at: TIME });
    expect(await json("source list")).toContainEqual({ ...source, paused_at: TIME });
    expect(await json(`source resume ${id}`)).toEqual(source);
  });

  test("session end-all", async () => {
    expect(await json("session end-all")).toEqual({ ended_at: TIME });
    expect(await sessionEpoch(app.database.orm)).not.toBeNull();
  });

  test("replay", async () => {
    const account = await app.account();
    await deliverBodies(app, account, "ward", minutes(["10:00", joins("Ada")]));
    expect(await json("replay", { progress: /^0 of 1 events projected again$/m })).toEqual({
      rooms: 1,
      deliveries: 1,
      changed: 0,
      read: 0,
      elapsed_ms: expect.any(Number),
    });
  });

  test("deliveries, which lists the months, and deliveries drop, which frees them", async () => {
    const account = await app.account();
    const { now } = app;
    app.now = Date.UTC(2025, 4, 31, 12);
    await deliverBodies(app, account, "attic", [joins("Bo")(app.now)]);
    app.now = now;
    const may = { month: "2025-05", deliveries: 1, unreadable: 0, bytes: expect.any(Number) };
    const months = await json("deliveries");
    expect(months).toEqual(expect.arrayContaining([may]));
    expect(await json("deliveries drop --before 2025-06")).toEqual({
      dropped: [may],
      deliveries: 1,
      bytes: expect.any(Number),
    });
    expect(await json("deliveries")).not.toContainEqual(may);
    expect((await rollcallHere("deliveries drop --before 2025-07")).out).toBe(
      "No deliveries are kept from before 2025-07.\n",
    );
  });

  test("demo remove, which lists what it would remove, requires --yes, and leaves all else as it was", async () => {
    await deliverBodies(app, await app.account(), "ward", minutes(["10:00", joins("Ada")]));
    const before = await digestOfAll();
    const listed = await json("source list");
    const account = await app.account();
    await app.database.sql`update sources set is_demo = true where id = ${account.id}`;
    await deliverBodies(app, account, "clinic-0a1b2c", minutes(["10:00", joins("Nobody")]));
    const seeded = await digestOfAll();
    const counts = await json("demo remove --dry-run");
    expect(counts).toEqual({
      sources: [{ id: account.id, provider: "daily", name: "Clinic", demo: true }],
      ...{ meetings: 1, people: 1, waits: 0, events: 1, deliveries: 1 },
      ...{ scheduled: 0, statements: 0, removed: false },
    });
    const asked = await rollcallHere("demo remove --json");
    expect({ status: asked.status, out: asked.out }).toEqual({ status: 2, out: "" });
    expect(asked.err).toMatch(/^1 source, .* would go for good: say --yes, or --dry-run .*\n$/);
    expect(await digestOfAll()).toEqual(seeded);

    await removingAlone(app.database, async () => {
      const { status, err } = await rollcallHere("demo remove --yes");
      expect({ status, err }).toMatchObject({ status: 2, err: expect.stringMatching(/already/) });
    });
    const progress = /^(\d[\d,]* of \d[\d,]* deliveries and events taken away.*\n)+$/;
    expect(await json("demo remove --yes", { progress })).toEqual({
      ...Object(counts),
      removed: true,
    });
    expect(await digestOfAll()).toEqual(before);
    expect(await json("source list")).toEqual(listed);
    const again = await rollcallHere("demo remove --yes");
    expect(again.out).toBe("There is no demonstration: nothing was made up here.\n");
  });

  test("seed, which never writes a history twice", async () => {
    expect(
      await json("seed --events 300 --seed 7 --until 2026-03-31", {
        progress: /^(\d+ of \d+ events written\n)+$/,
      }),
    ).toEqual({
      seed: 7,
      from: expect.stringMatching(/^2026-03-\d\d$/),
      to: "2026-03-31",
      series: 5,
      events: expect.any(Number),
      deliveries: expect.any(Number),
      meetings: expect.any(Number),
      attendances: expect.any(Number),
      waits: expect.any(Number),
      elapsed_ms: expect.any(Number),
      events_per_second: expect.any(Number),
      parts: {
        plan_ms: expect.any(Number),
        plot_ms: expect.any(Number),
        write_ms: expect.any(Number),
        tidy_ms: expect.any(Number),
      },
    });
    const { status, out, err } = await rollcallHere("seed --events 300 --seed 7 --json");
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(
      /^The history of seed 7 is in this database already: take another --seed\.\n$/,
    );
  });

  test("doctor, whose exit status shows whether all checks pass", async () => {
    const { status, out } = await rollcall("doctor --json");
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([expect.objectContaining({ name: "database", ok: true })]),
    });
  });
});

test("without --json it prints lines for people", async () => {
  const { status, out, err } = await rollcall("source add --provider daily --name Rooms");
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out).toMatch(
    /^Added daily source “Rooms”\.\n {2}webhook path {2}\/api\/webhooks\/daily\/.+\n {2}secret {8}(\S+)\nAt Daily:\n[\s\S]*"hmac": "\1"/,
  );
});

describe("a mistake is one clear line on standard error and exit status 2", () => {
  test.each<[args: string, pattern: RegExp, env?: Record<string, string>]>([
    ["", /^a command is missing/],
    ["source add --provider daily", /^required option '--name <name>' not specified/],
    [
      "source add --provider zoom --name X --json",
      /^--provider must be one of daily, attendee, generic\.$/,
    ],
    ["source add --provider attendee --name X --json", /^--secret is missing: .* under Webhooks/],
    ["key create --name X --scopes read,all", /^--scopes takes read, write, deliver, separated by/],
    [
      "key create --name X --scopes=",
      /^--scopes takes read, write, deliver, separated by commas\.$/,
    ],
    ["key create --name X --expires soon", /^--expires must be a date such as 2027-03-31, or a/],
    ["key create --name X --expires 2020-03-31 --json", /^--expires must lie ahead\.$/],
    ["key revoke 1 --json", /^No such key: `key list` prints their ids\.$/],
    ["source rotate 1", /^No such source: `source list` prints their ids\.$/],
    [`source pause ${UNKNOWN_ID} --json`, /^No such source/],
    [`source rotate ${UNKNOWN_ID}`, /^No such source/],
    [`source update ${UNKNOWN_ID}`, /^No such source/],
    ["replay --meeting 1 --json", /^No such meeting: --meeting takes the id/],
    ["deliveries drop", /^required option '--before <month>' not specified/],
    ["deliveries drop --before 2026-3 --json", /^--before must be a month such as 2026-03\.$/],
    ["deliveries drop --before 2026-13", /^--before must be a month such as 2026-03\.$/],
    ["deliveries drop --before 9999-12", /^--before must be \d{4}-\d\d or earlier: a month that/],
    ["seed --seed 2", /^required option '--events <n>' not specified/],
    ["seed --events 1.5", /^--events must be a whole number from 1 to/],
    ["seed --events 10 --until 2026-02-30", /^--until must be a date such as 2026-03-31\.$/],
    ["seed --events 10 --until 2099-01-01", /^--until must be \d{4}-\d\d-\d\d or earlier: later/],
    ["seed --events 10 --until 1999-01-01", /^--until must be 2010-01-01 or later\.$/],
    ["simulate --speed fast", /^option '--speed <n>' argument 'fast' is invalid\. not a number\./],
    ["simulate --speed -1 --url http://127.0.0.1:1", /speed/],
    ["source list --json", /^DATABASE_URL must look like postgres:/, { DATABASE_URL: "mysql://a" }],
  ])("rollcall %s", async (args, pattern, env) =>
    isOneLine(await rollcallHere(args, env), pattern),
  );

  test.each<[args: string, pattern: RegExp, env?: Record<string, string>]>([
    ["", /^a command is missing/],
    ["deliveries drop --before 2026-13 --json", /^--before must be a month such as 2026-03\.$/],
  ])("rollcall %s, in a process of its own", async (args, pattern, env) =>
    isOneLine(await rollcall(args, env), pattern),
  );

  test("so is a data folder that cannot be written", async () => {
    const file = join(dataDir, "file");
    writeFileSync(file, "");
    const env = { ROLLCALL_SECRET: "", ROLLCALL_DATA: join(file, "data") };
    const pattern = /^The data folder .* cannot be written .*ROLLCALL_DATA.*\.$/;
    isOneLine(await rollcallHere("source list", env), pattern);
  });
});

describe("a database that is away is one clear line on standard error and exit status 1", () => {
  const at = (port: number) => ({ DATABASE_URL: `postgres://ada:hunter2@127.0.0.1:${port}/none` });
  const AWAY = /^The database at 127\.0\.0\.1:\d+ \(DATABASE_URL\) does not answer: .* Start it or/;

  test.each([
    ...["source list --json", "key list", "zone", "session end-all", "demo remove", "deliveries"],
    ...["simulate", "seed --events 10", "import list", "replay", "doctor --json"],
  ])("rollcall %s", async (args) => isOneLine(await rollcallHere(args, at(1)), AWAY, 1));

  test("also one that accepts a connection and never answers, in a process of its own", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    try {
      await once(silent, "listening");
      const address = silent.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      isOneLine(await rollcall("doctor", at(port)), AWAY, 1);
    } finally {
      silent.close();
    }
  });
});

function isOneLine({ status, out, err }: Run, pattern: RegExp, expected = 2): void {
  expect({ status, out }).toEqual({ status: expected, out: "" });
  expect(err).toMatch(/^[^\n]+\n$/);
  expect(err.trimEnd()).toMatch(pattern);
  expect(err).not.toContain("hunter2");
}
