import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen } from "#db/connection/bus.ts";
import { endedRefusals, openRefusals } from "#db/sources/refusals.ts";
import { changeSource } from "#db/sources/sources.ts";
import { execute, whileAway } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import type { Recording } from "#domain/live/recording.ts";
import { clock, joins, leaves } from "#domain/testing/history.ts";
import { receive } from "#server/ingest/receive.ts";
import { makeUnknown } from "#server/ingest/testing/unknown-event.ts";
import {
  BRISK,
  type LiveTestServer,
  openLiveTestServer,
  type TestClientSocket,
} from "#server/live/testing/live-server.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { answerOf, post, type TestApp, type TestSource } from "#server/testing/test-app.ts";

/* Two processes over one database, each with a browser. */
let here: LiveTestServer;
let there: LiveTestServer;
beforeAll(async () => {
  here = await openLiveTestServer();
  there = await openLiveTestServer(here.app);
});
afterAll(async () => {
  await there.close();
  await here.close();
});

const WRONG = Buffer.from("not the secret").toString("base64");

async function send(app: TestApp, account: TestSource, secret = account.secret): Promise<string> {
  here.app.now = Date.now();
  const body = bodyOf(
    account.provider,
    joins("Ada", { session: uuid() })(clock("10:00")),
    "ward",
    uuid(),
  );
  return answerOf(await post(app, account, body, { secret }));
}

interface Watching {
  viewer: TestClientSocket;
  /** The state that the browser last received, and how many it received. */
  now(): Recording | null;
  of(account: TestSource): { count: number; reason: string } | null;
}

async function watching(server: LiveTestServer): Promise<Watching> {
  let last: Recording | null = null;
  const viewer = server.connect({ auth: { token: server.key } });
  viewer.on("recording:changed", (push: { recording: Recording }) => {
    last = push.recording;
  });
  await new Promise((resolve) => viewer.once("connect", () => resolve(null)));
  await eventually(() => expect(last).not.toBeNull());
  return {
    viewer,
    now: () => last,
    of: ({ id }) => {
      const one = last?.refused.find(({ source }) => source.id === id);
      return one === undefined ? null : { count: one.count, reason: one.reason };
    },
  };
}

test("every process reports stored deliveries that are not projected, until they are", async () => {
  const [near, far] = [await watching(here), await watching(there)];
  const own = await here.app.account();
  const { door } = here.app.neighbour();
  await door.intake.projector.stop();
  expect(await send({ ...here.app, door }, own)).toBe("recorded");
  for (const one of [near, far]) {
    await eventually(() => expect(one.now()).toMatchObject({ halted: null, behind: { count: 1 } }));
  }
  await here.app.door.intake.projector.projectAll();
  for (const one of [near, far]) await eventually(() => expect(one.now()?.behind).toBeNull());
});

test("every process reports a room that an unknown event stops, until it is known", async () => {
  const [near, far] = [await watching(here), await watching(there)];
  const own = await here.app.account();
  const delivered = async (event: MeetingEvent, id: string) =>
    answerOf(await post(here.app, own, bodyOf(own.provider, event, "ward", id)));
  here.app.now = Date.now();
  await delivered(joins("Ada")(clock("10:00")), uuid());
  const mend = await makeUnknown(here.app.database, own.id, "ward");
  expect(await delivered(leaves("Ada")(clock("10:10")), uuid())).toBe("recorded");
  const event = { meeting_id: expect.any(String), seq: 1, type: "hand_raised", field: "type" };
  for (const one of [near, far]) {
    await eventually(() =>
      expect(one.now()).toMatchObject({ behind: null, stopped: { rooms: 1, event } }),
    );
  }
  await mend();
  await here.app.door.intake.projector.projectAll();
  for (const one of [near, far]) await eventually(() => expect(one.now()?.stopped).toBeNull());
});

describe("a refusal", () => {
  test("is reported by every process, and over with the next webhook that any process takes", async () => {
    const [near, far] = [await watching(here), await watching(there)];
    const own = await here.app.account();
    for (const _ of [1, 2, 3]) {
      expect(await send(here.app, own, WRONG)).toBe("401 signature_mismatch");
    }
    const expected = { count: 3, reason: "signature_mismatch" };
    await eventually(() => expect(near.of(own)).toEqual(expected));
    await eventually(() => expect(far.of(own)).toEqual(expected));
    expect(far.now()).toMatchObject({ halted: null, more: 0 });

    const late = await watching(there);
    expect(late.of(own), "a page that opens meanwhile shows it").toEqual(expected);
    const ack = await late.viewer.emitWithAck("watch:floor", { first: 1 });
    expect(ack).toMatchObject({ ok: true, floor: { recording: { refused: [{ count: 3 }] } } });

    expect(await send(there.app, own)).toBe("recorded");
    await eventually(() => expect(far.of(own)).toBeNull());
    await eventually(() => expect(near.of(own)).toBeNull());
    await eventually(async () =>
      expect(await endedRefusals(here.app.database.orm, 0)).toMatchObject([
        { sourceId: own.id, reason: "signature_mismatch", count: 3 },
      ]),
    );

    expect(await send(here.app, own, WRONG)).toBe("401 signature_mismatch");
    await eventually(() => expect(far.of(own), "counted anew").toEqual({ ...expected, count: 1 }));
    await send(here.app, own);
    await eventually(() => expect(far.of(own)).toBeNull());
  });

  test("is counted for all reasons of one source together, and the last reason is named", async () => {
    const far = await watching(there);
    const own = await here.app.account();
    await changeSource(here.app.database.orm, own.id, { pausedAt: Date.now() });
    await eventually(async () => expect(await send(here.app, own)).toBe("503 source_paused"));
    await eventually(() => expect(far.of(own)).toEqual({ count: 1, reason: "paused" }));
    await send(here.app, own, WRONG);
    await eventually(() => expect(far.of(own)).toEqual({ count: 2, reason: "signature_mismatch" }));
    await changeSource(here.app.database.orm, own.id, { pausedAt: null });
    await eventually(async () => expect(await send(here.app, own)).toBe("recorded"));
    await eventually(() => expect(far.of(own)).toBeNull());
  });

  test("fills no table, however many unsigned webhooks come, and notifies only so often", async () => {
    const far = await watching(there);
    const own = await here.app.account();
    let rung = 0;
    const unlisten = await listen(
      here.app.database.sql,
      ({ refusals }) => {
        rung += refusals ? 1 : 0;
      },
      () => undefined,
    );
    const begun = performance.now();
    const door = here.app.door;
    const sendUnsigned = (source: string) =>
      receive(door, new Request("http://localhost/", { method: "POST", body: "{}" }), {
        provider: "daily",
        source,
      });
    here.app.now = Date.now();
    for (let n = 0; n < 40; n += 1) {
      await Promise.all([own.id, own.id, uuid(), "nonsense"].map(sendUnsigned));
    }
    await eventually(() => expect(far.of(own)).toEqual({ count: 80, reason: "signature_missing" }));
    const turns = (performance.now() - begun) / BRISK.storeEveryMs;
    expect(rung).toBeLessThanOrEqual(turns + 2);
    const rows = (await openRefusals(here.app.database.orm)).filter(
      ({ sourceId }) => sourceId === own.id,
    );
    expect(rows).toMatchObject([{ reason: "signature_missing", count: 80 }]);
    expect(await openRefusals(here.app.database.orm)).toHaveLength(1);
    await unlisten();
    await send(here.app, own);
    await eventually(() => expect(far.of(own)).toBeNull());
  });

  test("is deleted with its source", async () => {
    const own = await here.app.account();
    await send(here.app, own, WRONG);
    await eventually(async () => expect(await openRefusals(here.app.database.orm)).toHaveLength(1));
    await execute(here.app.url, `delete from sources where id = '${own.id}'`);
    here.app.door.refusals.refused(
      { id: own.id, provider: "daily", name: "Clinic" },
      "paused",
      Date.now(),
    );
    const far = await watching(there);
    const other = await here.app.account();
    await send(here.app, other, WRONG);
    await eventually(() => expect(far.of(other)).toMatchObject({ count: 1 }));
    expect(await openRefusals(here.app.database.orm)).toHaveLength(1);
    await send(here.app, other);
    await eventually(() => expect(far.now()?.refused).toEqual([]));
  });
});

describe("a database that is away", () => {
  test("is reported by every process to its own sockets, although no webhook came", async () => {
    const [near, far] = [await watching(here), await watching(there)];
    const own = await here.app.account();
    expect(await send(here.app, own)).toBe("recorded");
    here.app.door.refusals.learn([{ id: own.id, provider: "daily", name: "Clinic" }]);
    const away = { halted: { reason: "unavailable", since: expect.any(String) } };
    await whileAway(here.app.url, async () => {
      await eventually(() => expect(near.now()).toMatchObject(away));
      await eventually(() => expect(far.now()).toMatchObject(away));
      expect(await send(here.app, own)).toBe("503 not_stored");
      await eventually(() => expect(near.of(own)).toEqual({ count: 1, reason: "not_stored" }));

      const client = here.connect({ auth: { token: here.key } });
      const refused = await new Promise<unknown>((resolve) =>
        client.once("connect_error", resolve),
      );
      expect(refused, "a client that is refused for this reason").toMatchObject({
        message: "unavailable",
        data: { reason: "unavailable", since: near.now()?.halted?.since },
      });
    });
    await eventually(() => expect(near.now()?.halted).toBeNull());
    await eventually(() => expect(far.now()?.halted).toBeNull());
    await eventually(() =>
      expect(far.of(own), "and all browsers see what was refused meanwhile").toMatchObject({
        reason: "not_stored",
      }),
    );
    expect(await send(here.app, own)).toBe("recorded");
    await eventually(() => expect(far.of(own)).toBeNull());
  });
});
