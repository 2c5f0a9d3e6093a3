import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { isUuid } from "#domain/uuid.ts";
import { makeSession, SESSION_COOKIE } from "#server/gate/session.ts";
import { deliverBodies, SECRET } from "#server/testing/test-app.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
  type TestClientSocket,
  upTo,
  watch,
} from "./testing/stage.ts";

let stage: LiveTestServer;
beforeAll(async () => {
  stage = await openLiveTestServer();
});
afterAll(() => stage.close());

/** A room in which Ada came in; answers its meeting and how to tell more of it. */
async function meeting() {
  const account = await stage.house.account();
  const say = (...lines: Parameters<typeof minutes>) =>
    deliverBodies(stage.house, account, "ward", minutes(...lines));
  await say(["10:00", joins("Ada")]);
  const [row] = await stage.house.database.orm.execute<{ id: string }>(
    sql`select id from meetings where source_id = ${account.id}`,
  );
  return { id: row?.id ?? "", say };
}

describe("the handshake", () => {
  const host = () => new URL(stage.url).host;
  const cookie = (secret = SECRET) =>
    `theme=dark; ${SESSION_COOKIE}=${makeSession(secret, stage.house.now)}`;

  test("a key opens", async () => {
    await greeted(stage.knock({ auth: { token: stage.key } }));
  });

  test("a key opens from anywhere", async () => {
    const headers = { origin: "https://elsewhere.example", host: "rollcall.example.com" };
    await greeted(stage.knock({ auth: { token: stage.key }, headers }));
  });

  test("this machine's browser opens with its session", async () => {
    const origin = `http://${host()}`;
    await greeted(stage.knock({ headers: { cookie: cookie(), origin } }));
  });

  test.each<[string, () => Parameters<LiveTestServer["knock"]>[0]]>([
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
    [
      "a session on another name of this machine",
      () => ({ headers: { cookie: cookie(), host: "rebound.example:80" } }),
    ],
    [
      "a session from a foreign page",
      () => ({ headers: { cookie: cookie(), origin: "https://elsewhere.example" } }),
    ],
    [
      "a session from another port's page",
      () => ({ headers: { cookie: cookie(), origin: "http://127.0.0.1:1" } }),
    ],
    ["a session from a page of nowhere", () => ({ headers: { cookie: cookie(), origin: "null" } })],
  ])("%s is refused", async (_what, credentials) => {
    await expect(greeted(stage.knock(credentials()))).rejects.toThrow("unauthorized");
  });
});

describe("watching a meeting", () => {
  let viewer: TestClientSocket;
  beforeAll(async () => {
    viewer = await stage.view();
  });

  test("is answered with the events after the seq one has", async () => {
    const { id, say } = await meeting();
    await say(["10:01", joins("Bo")]);
    await say(["10:02", leaves("Bo")]);
    const all = await watch(viewer, id);
    expect(all.ack).toMatchObject({ ok: true, id, seq: 3, as_of: "2026-11-20T10:00:00.000Z" });
    expect(all.seqs()).toEqual([1, 2, 3]);
    expect((await watch(viewer, id, 2)).seqs()).toEqual([3]);
    expect((await watch(viewer, id, 3)).ack).toMatchObject({ seq: 3, events: [] });
    expect((await watch(viewer, id, 99)).ack).toMatchObject({ seq: 3, events: [] });
  });

  test("brings what happens from then on", async () => {
    const { id, say } = await meeting();
    const notes = await watch(viewer, id);
    await say(["10:01", knocks("Bo")]);
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

  test("whichever way its id is written", async () => {
    const { id, say } = await meeting();
    const lower = await watch(viewer, id);
    const other = await stage.view();
    const pushed: string[] = [];
    other.on("meeting:events", (push) => pushed.push(push.id));
    const ack = await other.emitWithAck("watch:meeting", { id: id.toUpperCase(), after_seq: 0 });
    expect(ack).toMatchObject({ ok: true, id });
    await say(["10:01", joins("Bo")]);
    await eventually(() => expect(lower.seqs()).toEqual(upTo(2)));
    await eventually(() => expect(pushed).toContain(id));
    expect(new Set(pushed)).toEqual(new Set([id]));
  });

  test("and no longer, once unwatched", async () => {
    const [one, two] = [await meeting(), await meeting()];
    const gone = await watch(viewer, one.id);
    const still = await watch(viewer, two.id);
    expect(await viewer.emitWithAck("unwatch", { id: one.id })).toEqual({ ok: true });
    await one.say(["10:01", joins("Bo")]);
    await two.say(["10:01", joins("Bo")]);
    await eventually(() => expect(still.seqs()).toEqual(upTo(2)));
    expect(gone.seqs()).toEqual([1]);
    // Without an id: everything.
    expect(await viewer.emitWithAck("unwatch", {})).toEqual({ ok: true });
    const witness = await watch(await stage.view(), two.id);
    await two.say(["10:02", joins("Cy")]);
    await eventually(() => expect(witness.seqs()).toEqual(upTo(3)));
    expect(still.seqs()).toEqual(upTo(2));
  });

  test("is answered whatever was sent before the callback, or nothing at all", async () => {
    const clumsy = stage.knock({ auth: { token: stage.key } });
    await greeted(clumsy);
    expect(await clumsy.emitWithAck("watch:floor", { please: true })).toMatchObject({ ok: true });
    expect(await clumsy.emitWithAck("watch:meeting")).toMatchObject({
      ok: false,
      error: { code: "bad_request" },
    });
    expect(await clumsy.emitWithAck("unwatch")).toEqual({ ok: true });
  });

  test("more than two hundred at once is refused, until some are unwatched", async () => {
    const busy = await stage.view();
    const account = await stage.house.account();
    await Promise.all(
      upTo(201).map((room) =>
        deliverBodies(stage.house, account, `room ${room}`, minutes(["10:00", joins("Ada")])),
      ),
    );
    const rows = await stage.house.database.orm.execute<{ id: string }>(
      sql`select id from meetings where source_id = ${account.id}`,
    );
    const acks: string[] = [];
    for (const { id } of rows) {
      const ack = await busy.emitWithAck("watch:meeting", { id, after_seq: 0 });
      acks.push(ack.ok ? "ok" : ack.error.code);
    }
    expect(acks.slice(0, 200).every((ack) => ack === "ok")).toBe(true);
    expect(acks[200]).toBe("too_many");
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
    const stranger = stage.knock({ auth: { token: stage.key } });
    expect(await stranger.emitWithAck("watch:meeting", request)).toMatchObject({
      ok: false,
      error: { code: "bad_request" },
    });
    stranger.disconnect();
  });

  test("a meeting that never was is not found", async () => {
    const viewer = await stage.view();
    expect(isUuid(id)).toBe(true);
    const { ack } = await watch(viewer, id);
    expect(ack).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  test("one that waits for no answer, one of an unknown kind and one too long disturb nobody", async () => {
    const witness = await stage.view();
    const stranger = stage.knock({ auth: { token: stage.key } });
    for (const event of ["watch:floor", "watch:meeting", "unwatch", "drop table"]) {
      stranger.emit(event);
      stranger.emit(event, null);
      stranger.emit(event, 1, 2, 3);
    }
    expect(await stranger.emitWithAck("unwatch", {})).toEqual({ ok: true });
    stranger.emit("unwatch", "x".repeat(20_000));
    await new Promise((resolve) => stranger.once("disconnect", resolve));
    expect(await witness.emitWithAck("unwatch", {})).toEqual({ ok: true });
  });
});
