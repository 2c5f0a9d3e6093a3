import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import type { WatchLiveAck, WatchMeetingAck } from "#domain/live/wire.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
  type TestClientSocket,
  upTo,
} from "./testing/live-server.ts";

let server: LiveTestServer;
let account: TestSource;
let meetings: string[];
beforeAll(async () => {
  server = await openLiveTestServer();
  account = await server.app.account();
  await Promise.all(
    upTo(12).map((room) =>
      deliverBodies(server.app, account, `room ${room}`, minutes(["10:00", joins("Ada")])),
    ),
  );
  const rows = await server.app.database.orm.execute<{ id: string }>(sql`select id from meetings`);
  meetings = rows.map(({ id }) => id);
});
afterAll(() => server.close());
afterEach(() => {
  vi.restoreAllMocks();
});

/** How often each answer came: `ok`, or the code of the refusal. */
function tallied(answers: readonly (WatchLiveAck | WatchMeetingAck)[]): Record<string, number> {
  const codes = Map.groupBy(answers, (answer) => (answer.ok ? "ok" : answer.error.code));
  return Object.fromEntries([...codes].map(([code, all]) => [code, all.length]));
}

/** Takes every connection that readers have, until it is released. */
async function starve(): Promise<() => Promise<unknown>> {
  const go = Promise.withResolvers<void>();
  const { sql: pool, orm, transaction } = server.app.database;
  const taken = [
    ...upTo(pool.options.max).map(() => orm.transaction(() => go.promise)),
    ...upTo(3).map(() => transaction(() => go.promise)),
  ];
  const all = Promise.all(taken);
  await eventually(async () => {
    const [row] = await server.app.database.health.execute<{ open: number }>(sql`
      select count(*)::int as open from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`);
    expect(row?.open).toBe(taken.length);
  });
  return () => {
    go.resolve();
    return all;
  };
}

describe("readings of the live snapshot", () => {
  test("are shared by all who ask at once", async () => {
    const viewers = await Promise.all(upTo(60).map(() => server.view()));
    const statements = vi.spyOn(server.app.database.sql, "unsafe");
    const answers = await Promise.all(viewers.map((one) => one.emitWithAck("watch:floor")));
    expect(tallied(answers)).toEqual({ ok: 60 });
    for (const answer of answers) {
      expect(answer.ok && answer.floor.meetings.map(({ id }) => id).toSorted()).toEqual(
        meetings.toSorted(),
      );
    }
    // One for those who came in time, and one for the others; each is some ten statements.
    expect(statements.mock.calls.length).toBeGreaterThan(0);
    expect(statements.mock.calls.length).toBeLessThan(30);
    for (const viewer of viewers) viewer.disconnect();
  });

  test("are refused to a socket that asks again before the answer, and given to it after that", async () => {
    const viewer = await server.view();
    const statements = vi.spyOn(server.app.database.sql, "unsafe");
    const answers = await Promise.all(upTo(500).map(() => viewer.emitWithAck("watch:floor")));
    const { ok = 0, too_many = 0 } = tallied(answers);
    expect(ok + too_many).toBe(500);
    expect(ok).toBeGreaterThan(0);
    expect(ok).toBeLessThan(10);
    expect(statements.mock.calls.length).toBeLessThan(100);
    expect(await viewer.emitWithAck("watch:floor")).toMatchObject({ ok: true });
  });

  test("have no more meetings than were asked for", async () => {
    const viewer = await server.view();
    const answer = await viewer.emitWithAck("watch:floor", { first: 1 });
    // All of them, because they are few.
    expect(answer).toMatchObject({ ok: true, floor: { frontier: null, totals: { meetings: 12 } } });
    const client: TestClientSocket = server.connect({ auth: { token: server.key } });
    await greeted(client);
    expect(await client.emitWithAck("watch:floor", { first: 0 })).toMatchObject({
      ok: false,
      error: { code: "bad_request" },
    });
  });
});

describe("readings of meetings", () => {
  test("are refused to a socket that asks for the same meeting again before the answer", async () => {
    const viewer = await server.view();
    const [id = ""] = meetings;
    const ask = () => viewer.emitWithAck("watch:meeting", { id, after_seq: 0 });
    const { ok = 0, too_many = 0 } = tallied(await Promise.all(upTo(300).map(ask)));
    expect(ok + too_many).toBe(300);
    expect(ok).toBeGreaterThan(0);
    expect(ok).toBeLessThan(30);
    expect(await ask()).toMatchObject({ ok: true, seq: 1 });
  });

  test("of several meetings may be asked for at once", async () => {
    const viewer = await server.view();
    const answers = await Promise.all(
      meetings.map((id) => viewer.emitWithAck("watch:meeting", { id, after_seq: 0 })),
    );
    expect(answers.map((answer) => "id" in answer && answer.id)).toEqual(meetings);
  });

  test("are shared by all who ask for the same meeting at once", async () => {
    const viewers = await Promise.all(upTo(60).map(() => server.view()));
    const statements = vi.spyOn(server.app.database.sql, "unsafe");
    const [id = ""] = meetings;
    const answers = await Promise.all(
      viewers.map((one) => one.emitWithAck("watch:meeting", { id, after_seq: 0 })),
    );
    expect(tallied(answers)).toEqual({ ok: 60 });
    expect(statements.mock.calls.length).toBeLessThan(60);
    for (const viewer of viewers) viewer.disconnect();
  });

  test("are given again after unwatching, though the first answer is still to come", async () => {
    const viewer = await server.view();
    const [room] = await server.app.database.orm.execute<{ id: string }>(sql`
      select m.id from meetings m join rooms r on r.id = m.room_id where r.key = 'room 1'`);
    const id = room?.id ?? "";
    const request = { id, after_seq: 0 };
    const [first, gone, again] = await Promise.all([
      viewer.emitWithAck("watch:meeting", request),
      viewer.emitWithAck("unwatch", { id }),
      viewer.emitWithAck("watch:meeting", request),
    ]);
    expect([first.ok, gone.ok, again.ok]).toEqual([true, true, true]);
    const received = vi.fn();
    viewer.on("meeting:events", received);
    await deliverBodies(server.app, account, "room 1", minutes(["10:01", joins("Bo")]));
    await eventually(() => expect(received).toHaveBeenCalled());
  });
});

test("a webhook is kept while readers and other writers have every connection", async () => {
  const viewer = await server.view();
  const ward = await server.app.account();
  const letGo = await starve();
  const answer = viewer.emitWithAck("watch:floor");
  expect(await deliverBodies(server.app, ward, "ward", minutes(["10:00", joins("Ada")]))).toEqual([
    "recorded",
  ]);
  await letGo();
  expect(await answer).toMatchObject({ ok: true });
});

test("a client that does not read what it is sent is disconnected", async () => {
  const viewer = await server.view();
  const { id = "" } = viewer;
  const ws: { pause(): void } = Reflect.get(viewer.io.engine.transport, "ws");
  ws.pause();
  const line = { id: "x", events: [], as_of: "x".repeat(1_000_000) };
  for (const _ of upTo(40)) server.io.to(id).emit("meeting:events", line);
  await eventually(() => expect(server.io.sockets.sockets.has(id)).toBe(false));
});
