import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { isUuid } from "#domain/uuid.ts";
import { makeSession, SESSION_COOKIE } from "#server/http/gate/session.ts";
import { deliverBodies, SECRET } from "#server/testing/test-app.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
  type TestClientSocket,
  upTo,
  watch,
} from "./testing/live-server.ts";

let server: LiveTestServer;
beforeAll(async () => {
  server = await openLiveTestServer();
});
afterAll(() => server.close());

/** A room that Ada joined: the id of its meeting, and a function that delivers more events. */
async function meeting() {
  const account = await server.app.account();
  const deliver = (...lines: Parameters<typeof minutes>) =>
    deliverBodies(server.app, account, "ward", minutes(...lines));
  await deliver(["10:00", joins("Ada")]);
  const [row] = await server.app.database.orm.execute<{ id: string }>(
    sql`select id from meetings where source_id = ${account.id}`,
  );
  return { id: row?.id ?? "", deliver };
}

describe("the handshake", () => {
  const host = () => new URL(server.url).host;
  const cookie = (secret = SECRET) =>
    `theme=dark; ${SESSION_COOKIE}=${makeSession(secret, server.app.now)}`;

  test("a key opens", async () => {
    await greeted(server.connect({ auth: { token: server.key } }));
  });

  test("says that a network that died without a word is noticed within 20 s", async () => {
    const socket = server.connect({ auth: { token: server.key } });
    const opened = new Promise<{ pingInterval: number; pingTimeout: number }>((resolve) => {
      socket.io.engine.once("handshake", resolve);
    });
    const { pingInterval, pingTimeout } = await opened;
    expect(pingInterval + pingTimeout).toBeLessThanOrEqual(20_000);
  });

  test("a key opens from anywhere", async () => {
    const headers = { origin: "https://elsewhere.example", host: "rollcall.example.com" };
    await greeted(server.connect({ auth: { token: server.key }, headers }));
  });

  test("this machine's browser opens with its session", async () => {
    const origin = `http://${host()}`;
    await greeted(server.connect({ headers: { cookie: cookie(), origin } }));
  });

  test.each<[string, () => Parameters<LiveTestServer["connect"]>[0]]>([
    ["nothing", () => ({})],
    ["another key", () => ({ auth: { token: "rk_none" } })],
    ["a token that is no text", () => ({ auth: { token: { toString: "x" } } })],
    ["a token that is too long", () => ({ auth: { token: "x".repeat(501) } })],
    ["a bad key and a session", () => ({ auth: { token: "no" }, headers: { cookie: cookie() } })],
    ["a session of another secret", () => ({ headers: { cookie: cookie("x".repeat(32)) } })],
    [
      "a session that has expired",
      () => ({ headers: { cookie: `${SESSION_COOKIE}=${makeSession(SECRET, 0)}` } }),
    ],
  ])("%s is refused", async (_what, credentials) => {
    await expect(greeted(server.connect(credentials()))).rejects.toThrow("unauthorized");
  });
});

describe("the protocol in the handshake", () => {
  const key = () => ({ token: server.key });

  test.each<[string, () => Parameters<LiveTestServer["connect"]>[0]]>([
    ["none", () => ({ auth: key() })],
    ["1", () => ({ auth: { ...key(), protocol: 1 } })],
    ["null", () => ({ auth: { ...key(), protocol: null } })],
    ["1 in the query", () => ({ auth: key(), query: { protocol: "1" } })],
    ["1 in both", () => ({ auth: { ...key(), protocol: 1 }, query: { protocol: "1" } })],
  ])("%s opens", async (_what, handshake) => {
    await greeted(server.connect(handshake()));
  });

  test.each<[string, () => Parameters<LiveTestServer["connect"]>[0]]>([
    ["2", () => ({ auth: { ...key(), protocol: 2 } })],
    ["2 from whoever is not known", () => ({ auth: { token: "rk_none", protocol: 2 } })],
    ["2 in the query", () => ({ auth: key(), query: { protocol: "2" } })],
    ["a word", () => ({ auth: { ...key(), protocol: "one" } })],
    ["a list", () => ({ auth: { ...key(), protocol: [1] } })],
  ])("%s is refused, and told which is spoken", async (_what, handshake) => {
    const client = server.connect(handshake());
    const refusal = greeted(client);
    await expect(refusal).rejects.toThrow("unsupported_protocol");
    await expect(refusal).rejects.toMatchObject({
      data: { speaks: [1], advice: expect.stringContaining("load the page again") },
    });
    expect(client.active).toBe(false);
  });
});

describe("watching a meeting", () => {
  let viewer: TestClientSocket;
  beforeAll(async () => {
    viewer = await server.view();
  });

  test("is answered with the events after the given seq", async () => {
    const { id, deliver } = await meeting();
    await deliver(["10:01", joins("Bo")]);
    await deliver(["10:02", leaves("Bo")]);
    const all = await watch(viewer, id);
    expect(all.ack).toMatchObject({ ok: true, id, seq: 3, as_of: "2026-11-20T10:00:00.000Z" });
    expect(all.seqs()).toEqual([1, 2, 3]);
    expect((await watch(viewer, id, 2)).seqs()).toEqual([3]);
    expect((await watch(viewer, id, 3)).ack).toMatchObject({ seq: 3, events: [] });
    expect((await watch(viewer, id, 99)).ack).toMatchObject({ seq: 3, events: [] });
  });

  test("brings the events from then on", async () => {
    const { id, deliver } = await meeting();
    const notes = await watch(viewer, id);
    await deliver(["10:01", knocks("Bo")]);
    await eventually(() => expect(notes.seqs()).toEqual([1, 2]));
    expect(notes.pushes.flat().at(-1)).toEqual({
      seq: 2,
      type: "knocked",
      at: "2026-11-20T10:01:00.000Z",
      person_id: "c:Bo",
      participant_id: "Bo",
      data: { user_id: null, name: "Bo", is_host: null },
      delivery_id: expect.stringMatching(/^\d+$/),
    });
  });

  test("takes the id in either case", async () => {
    const { id, deliver } = await meeting();
    const lower = await watch(viewer, id);
    const other = await server.view();
    const pushed: string[] = [];
    other.on("meeting:events", (push) => pushed.push(push.id));
    const ack = await other.emitWithAck("watch:meeting", { id: id.toUpperCase(), after_seq: 0 });
    expect(ack).toMatchObject({ ok: true, id });
    await deliver(["10:01", joins("Bo")]);
    await eventually(() => expect(lower.seqs()).toEqual(upTo(2)));
    await eventually(() => expect(pushed).toContain(id));
    expect(new Set(pushed)).toEqual(new Set([id]));
  });

  test("ends once it is unwatched", async () => {
    const [one, two] = [await meeting(), await meeting()];
    const gone = await watch(viewer, one.id);
    const still = await watch(viewer, two.id);
    expect(await viewer.emitWithAck("unwatch", { id: one.id })).toEqual({ ok: true });
    await one.deliver(["10:01", joins("Bo")]);
    await two.deliver(["10:01", joins("Bo")]);
    await eventually(() => expect(still.seqs()).toEqual(upTo(2)));
    expect(gone.seqs()).toEqual([1]);
    // Without an id: all meetings.
    expect(await viewer.emitWithAck("unwatch", {})).toEqual({ ok: true });
    const witness = await watch(await server.view(), two.id);
    await two.deliver(["10:02", joins("Cy")]);
    await eventually(() => expect(witness.seqs()).toEqual(upTo(3)));
    expect(still.seqs()).toEqual(upTo(2));
  });

  test("is answered with any arguments before the callback, or with none", async () => {
    const client = server.connect({ auth: { token: server.key } });
    await greeted(client);
    expect(await client.emitWithAck("watch:floor", { please: true })).toMatchObject({ ok: true });
    expect(await client.emitWithAck("watch:meeting")).toMatchObject({
      ok: false,
      error: { code: "bad_request" },
    });
    expect(await client.emitWithAck("unwatch")).toEqual({ ok: true });
  });

  test("more than two hundred at once is refused, until some are unwatched", async () => {
    const busy = await server.view();
    const account = await server.app.account();
    await Promise.all(
      upTo(201).map((room) =>
        deliverBodies(server.app, account, `room ${room}`, minutes(["10:00", joins("Ada")])),
      ),
    );
    const rows = await server.app.database.orm.execute<{ id: string }>(
      sql`select id from meetings where source_id = ${account.id}`,
    );
    const acks: string[] = [];
    for (const { id } of rows) {
      const ack = await busy.emitWithAck("watch:meeting", { id, after_seq: 0 });
      acks.push(ack.ok ? "ok" : ack.error.code);
    }
    expect(acks.slice(0, 200).every((ack) => ack === "ok")).toBe(true);
    expect(acks[200]).toBe("too_many");
    // After a hole it asks again for one that it watches, which takes no more room.
    const watched = { id: rows[7]?.id ?? "", after_seq: 0 };
    expect(await busy.emitWithAck("watch:meeting", watched)).toMatchObject({ ok: true, seq: 1 });
    await busy.emitWithAck("unwatch", {});
    const again = { id: rows[200]?.id ?? "", after_seq: 0 };
    expect(await busy.emitWithAck("watch:meeting", again)).toMatchObject({ ok: true });
  });
});

describe("a request that makes no sense", () => {
  const id = "01a1fc03-1366-71ad-a41a-7f5cf183f26b";

  test.each<[string, unknown]>([
    ["nothing", null],
    ["a text", id],
    ["no seq", { id }],
    ["a seq below 0", { id, after_seq: -1 }],
    ["half a seq", { id, after_seq: 1.5 }],
    ["a seq that is text", { id, after_seq: "1" }],
    ["a seq beyond all", { id, after_seq: 2 ** 31 }],
    ["an id that is none", { id: "floor", after_seq: 0 }],
    ["an id that is a list", { id: [id], after_seq: 0 }],
  ])("watch:meeting with %s is refused", async (_what, request) => {
    const client = server.connect({ auth: { token: server.key } });
    expect(await client.emitWithAck("watch:meeting", request)).toMatchObject({
      ok: false,
      error: { code: "bad_request" },
    });
    client.disconnect();
  });

  test("for a meeting that does not exist is answered not_found", async () => {
    const viewer = await server.view();
    expect(isUuid(id)).toBe(true);
    const { ack } = await watch(viewer, id);
    expect(ack).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  test("without a callback, of an unknown kind or too long disturbs no other socket", async () => {
    const witness = await server.view();
    const client = server.connect({ auth: { token: server.key } });
    for (const event of ["watch:floor", "watch:meeting", "unwatch", "drop table"]) {
      client.emit(event);
      client.emit(event, null);
      client.emit(event, 1, 2, 3);
    }
    expect(await client.emitWithAck("unwatch", {})).toEqual({ ok: true });
    client.emit("unwatch", "x".repeat(20_000));
    await new Promise((resolve) => client.once("disconnect", resolve));
    expect(await witness.emitWithAck("unwatch", {})).toEqual({ ok: true });
  });
});
