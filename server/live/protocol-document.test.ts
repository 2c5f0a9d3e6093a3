import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { recordsAfter } from "#db/meetings/meeting.ts";
import { eventually } from "#db/testing/eventually.ts";
import { EVENTS } from "#domain/event/table.ts";
import { PROTOCOL, UNSUPPORTED_PROTOCOL } from "#domain/live/wire.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { root, scratch } from "#server/boot/project.mjs";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { meetingRoom } from "./rooms.ts";
import { type LiveTestServer, openLiveTestServer, upTo } from "./testing/live-server.ts";

const text = readFileSync(join(root, "docs/live-protocol.md"), "utf8");
/** What the document has in code. */
const words = new Set(
  [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = ""]) => code.match(/[\w:]+/g) ?? []),
);

describe("the document on the live channel", () => {
  test("names the version that is spoken, and how another one is refused", () => {
    expect(text).toContain(`"protocol": ${PROTOCOL}`);
    expect(blockIn(text)).toContain(`protocol: ${PROTOCOL} `);
    expect(isNamed(UNSUPPORTED_PROTOCOL)).toBe(true);
  });

  test.each(["domain/live/wire.ts", "domain/live/recording.ts", "domain/event/recorded.ts"])(
    "names every field and every message of %s",
    (file) => {
      const names = interfacesOf(file).flatMap((body) =>
        [...body.matchAll(/^ +"?(?!(?:ack|request):)([a-z][a-z_:]*)"?\??: /gm)].map(
          ([, name = ""]) => name,
        ),
      );
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((name) => !isNamed(name))).toEqual([]);
    },
  );

  test("names every field of every type of event", () => {
    for (const [type, fields] of Object.entries(EVENTS)) {
      const [row = ""] = text.match(new RegExp(`^\\| \`${type}\` .*`, "m")) ?? [];
      const names = Object.values(fields).map(({ name }) => name);
      expect(
        names.filter((name) => !isNamed(name)),
        type,
      ).toEqual([]);
      expect(row, type).not.toBe("");
    }
  });

  test("names every type of event and every kind of happening", () => {
    const types = Object.keys(EVENTS);
    const kinds = [...read("domain/live/wire.ts").matchAll(/kind: ("\w+"(?: \| "\w+")*)/g)];
    const named = [
      ...types,
      ...kinds.flatMap(([, all = ""]) => all.split(" | ").map((kind) => kind.slice(1, -1))),
    ];
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !isNamed(name))).toEqual([]);
  });
});

/** What the client of the document offers. */
type Follow = (
  url: string,
  token: string,
  meeting: string,
  show: {
    row: (row: { id: string; present_count: number }) => void;
    event: (meeting: string, event: { seq: number; type: string }) => void;
  },
) => () => void;

describe("the client in the document", () => {
  let stage: LiveTestServer;
  let follow: Follow;
  const stops: (() => void)[] = [];

  beforeAll(async () => {
    stage = await openLiveTestServer();
    follow = await clientIn(text);
  });
  afterAll(async () => {
    for (const stop of stops) stop();
    await stage.close();
  });

  /** A meeting that Ada opened at ten, followed by the client with a key. */
  async function followed() {
    const account = await stage.app.account();
    const deliver = (...lines: Parameters<typeof minutes>) =>
      deliverBodies(stage.app, account, "ward", minutes(...lines));
    await deliver(["10:00", joins("Ada")]);
    const [id = ""] = await meetingsOf(account);
    const seen: [meeting: string, seq: number][] = [];
    const rows = new Map<string, number>();
    stops.push(
      follow(stage.url, stage.key, id, {
        row: (row) => rows.set(row.id, row.present_count),
        event: (meeting, { seq }) => seen.push([meeting, seq]),
      }),
    );
    await eventually(() => expect(seen).toEqual([[id, 1]]));
    return { account, deliver, id, seen, rows };
  }

  async function meetingsOf(account: TestSource): Promise<string[]> {
    const rows = await stage.app.database.orm.execute<{ id: string }>(sql`
      select id from meetings where source_id = ${account.id} and merged_into is null
      order by first_at`);
    return rows.map(({ id }) => id);
  }

  test("is short", () => {
    expect(blockIn(text).trim().split("\n").length).toBeLessThan(40);
  });

  test("sees a webhook arrive in the meeting and on the live page", async () => {
    const { deliver, id, seen, rows } = await followed();
    await eventually(() => expect(rows.get(id)).toBe(1));
    await deliver(["10:01", joins("Bo")]);
    await eventually(() => expect(rows.get(id)).toBe(2));
    await eventually(() => expect(seen).toEqual(upTo(2).map((seq) => [id, seq])));
  });

  test("asks again at a hole, and shows every event once and in order", async () => {
    const { deliver, id, seen } = await followed();
    stage.io.socketsLeave(meetingRoom(id));
    await deliver(["10:01", knocks("Bo")]);
    await deliver(["10:02", joins("Bo")]);
    await deliver(["10:03", leaves("Bo")]);
    const events = await recordsAfter(stage.app.database.orm, id, 3);
    expect(events.map(({ seq }) => seq)).toEqual([4]);
    stage.io.emit("meeting:events", { id, events, as_of: "2026-11-20T10:03:00.000Z" });
    await eventually(() => expect(seen).toHaveLength(4));
    // It watches again: what comes after the hole is pushed.
    await deliver(["10:04", joins("Cy")]);
    await eventually(() => expect(seen).toEqual(upTo(5).map((seq) => [id, seq])));
  });

  test("asks again after a resync", async () => {
    const { deliver, id, seen } = await followed();
    stage.io.socketsLeave(meetingRoom(id));
    await deliver(["10:01", joins("Bo")]);
    stage.io.emit("live:resync");
    await eventually(() => expect(seen).toEqual(upTo(2).map((seq) => [id, seq])));
  });

  test("follows a meeting that was merged", async () => {
    const { account, deliver, id } = await followed();
    await deliver(["10:05", leaves("Ada", { joinedAt: "10:00" })]);
    await deliver(["10:20", joins("Bo")]);
    const [, late = ""] = await meetingsOf(account);
    const seen: [meeting: string, seq: number][] = [];
    const show = {
      row: () => {},
      event: (meeting: string, { seq }: { seq: number }) => seen.push([meeting, seq]),
    };
    stops.push(follow(stage.url, stage.key, late, show));
    await eventually(() => expect(seen).toEqual([[late, 1]]));
    // Cy was there all the time in between.
    await deliver(["10:21", leaves("Cy", { joinedAt: "10:04" })]);
    const all = [[late, 1], ...upTo(4).map((seq) => [id, seq])];
    await eventually(() => expect(seen).toEqual(all));
  });
});

/** The client's code, run as a module of its own. */
async function clientIn(document: string): Promise<Follow> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "protocol-client-"));
  try {
    const file = join(folder, "client.ts");
    writeFileSync(file, blockIn(document));
    const { follow } = await vi.importActual<{ follow: Follow }>(file);
    return follow;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function blockIn(document: string): string {
  const blocks = [...document.matchAll(/^```ts\n(.*?)^```$/gms)];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1] ?? "";
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The bodies of the exported interfaces of a file, and of its types that are unions of objects. */
function interfacesOf(file: string): string[] {
  const bodies = read(file).matchAll(
    /^export (?:interface|type) \w+ [={].*?(?:^\}$|;$(?=\n\n))/gms,
  );
  return [...bodies].map(([body]) => body);
}

/** Whether the document has it in code: by itself, or as a field among others. */
function isNamed(name: string): boolean {
  return words.has(name) || words.has(`${name}:`);
}
