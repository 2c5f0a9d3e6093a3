import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import {
  changeEndpoint,
  listEndpoints,
  removeEndpoint,
} from "#db/integrations/outgoing/endpoints.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  headerOf,
  openReceiver,
  type Receiver,
} from "#server/integrations/outgoing/testing/receiver.ts";
import { endpointAt, openSender, pass } from "#server/integrations/outgoing/testing/telling.ts";
import {
  deliverBodies,
  openTestApp,
  SECRET,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";

const MINUTE: Ms = 60_000;
/** `KILLS` asks for more. */
const KILLS = Number(process.env["KILLS"] ?? 2);
const TRIGGERS = ["participant.joined", "participant.left"] as const;
const ROOMS = ["algebra", "botany", "chess", "drama"];

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  app.now = clock("10:00");
  account = await app.account();
});
afterAll(() => app.close());

const told = z.looseObject({
  type: z.string(),
  payload: z.looseObject({ room: z.string(), user_name: z.string() }),
});

/** What a receiver saw: which message of which room, in the order in which they came. */
function seen({ arrived }: Receiver) {
  return arrived.map((one) => {
    const { type, payload } = told.parse(JSON.parse(one.body));
    const id = headerOf(one, "rollcall-message");
    return { id, room: payload.room, what: `${payload.user_name} ${type}`, body: one.body };
  });
}

/** In each room a message only comes once the one before it was taken, so none comes back after a later one. */
function expectInOrder(receiver: Receiver, expected: ReadonlyMap<string, readonly string[]>): void {
  for (const [room, whats] of expected) {
    const own = seen(receiver).filter((one) => one.room === room);
    const turns = own.filter(({ id }, index) => id !== own[index - 1]?.id);
    expect(turns.map(({ what }) => what)).toEqual(whats);
    expect(new Set(turns.map(({ id }) => id)).size).toBe(turns.length);
    for (const { id } of turns) {
      expect(new Set(own.filter((one) => one.id === id).map(({ body }) => body)).size).toBe(1);
    }
  }
}

/** Somebody comes to each room, or leaves it; one always stays, so that each holds one meeting. */
async function happens(step: number, expected: Map<string, string[]>): Promise<void> {
  const isLeave = step > 0 && step % 2 === 0;
  for (const room of ROOMS) {
    const who = `${room} ${isLeave ? step / 2 - 1 : Math.ceil(step / 2)}`;
    const event = isLeave ? leaves(who)(app.now) : joins(who)(app.now);
    await deliverBodies(app, account, room, [event]);
    const what = `${who} participant.${isLeave ? "left" : "joined"}`;
    expected.set(room, [...(expected.get(room) ?? []), what]);
  }
}

/** How many messages wait, and how many of them are to be sent by now, being the first of their meeting. */
async function waiting(endpointId: string): Promise<{ pending: number; due: number }> {
  const [row] = await app.database.orm.execute<{ pending: number; due: number }>(sql`
    with first as (
      select distinct on (m.meeting_id) m.next_at, e.rests_until
      from outgoing_messages m join webhook_endpoints e on e.id = m.endpoint_id
      where m.state = 'pending' and m.endpoint_id = ${endpointId}
      order by m.meeting_id, m.number)
    select
      (select count(*)::int from outgoing_messages
        where state = 'pending' and endpoint_id = ${endpointId}) as pending,
      (select count(*)::int from first
        where greatest(next_at, coalesce(rests_until, 0)) <= ${app.now}) as due`);
  return row ?? { pending: 0, due: 0 };
}

test("a receiver that fails in every way for an hour loses nothing: all comes, in order, under one name each", async () => {
  const withinMs = 120;
  const sending = openSender(app, withinMs);
  const receiver = await openReceiver();
  const elsewhere = await openReceiver();
  const faults: Receiver["answer"][] = [
    (_, response) => response.writeHead(500).end("out of order"),
    // Never answered, or too slowly.
    () => undefined,
    (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("."), 30);
      response.on("close", () => clearInterval(drip));
    },
    (_, response) => response.destroy(),
    (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("begun and cut", () => response.destroy());
    },
    (_, response) => response.writeHead(429, { "retry-after": "90" }).end("slowly"),
    (_, response) =>
      response.writeHead(503, { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }).end(),
    (_, response) => response.writeHead(429, { "retry-after": "soon" }).end(),
    (_, response) => response.writeHead(308, { location: elsewhere.url }).end(),
    (_, response) => response.writeHead(404, { "content-encoding": "gzip" }).end("no gzip"),
    // No HTTP at all.
    (_, response) => void response.socket?.end("SSH-2.0-OpenSSH_9.9\r\n"),
    (_, response) => response.writeHead(401).end("x".repeat(100_000)),
  ];
  let faulty = 0;
  receiver.answer = (arrived, response) => faults[faulty++ % faults.length]?.(arrived, response);
  const { id } = await endpointAt(app, receiver.url, [...TRIGGERS]);
  // A name that leads to a server without TLS, and one where nobody listens.
  const plain = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("no TLS here\r\n");
  });
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  const address = plain.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const second = await openReceiver();
  const untrusted = await endpointAt(app, `https://127.0.0.1:${port}/hooks`, [...TRIGGERS]);

  const expected = new Map<string, string[]>();
  for (let step = 0; step < 12; step += 1) {
    if (step < 6) await happens(step, expected);
    await pass(app, 5 * MINUTE);
    await eventually(async () => {
      expect((await waiting(id)).due).toBe(0);
      expect((await waiting(untrusted.id)).due).toBe(0);
    });
  }
  expect(faulty).toBeGreaterThan(faults.length);
  expect((await waiting(id)).pending).toBe(6 * ROOMS.length);

  const before = receiver.arrived.length;
  receiver.answer = (_, response) => response.end();
  await changeEndpoint(app.database.orm, untrusted.id, { url: second.url });
  await eventually(async () => {
    await pass(app, 30 * MINUTE);
    expect(await waiting(id)).toEqual({ pending: 0, due: 0 });
    expect(await waiting(untrusted.id)).toEqual({ pending: 0, due: 0 });
  });
  expectInOrder(receiver, expected);
  expectInOrder(second, expected);
  // Once it is well each comes once.
  expect(receiver.arrived.length - before).toBe(6 * ROOMS.length);
  expect(second.arrived).toHaveLength(6 * ROOMS.length);
  expect(elsewhere.arrived).toEqual([]);
  await sending.sender.stop();
  expect(sending.errors).toEqual([]);
  plain.close();
  await Promise.all([receiver, elsewhere, second].map((one) => one.close()));
  await removeAll();
});

async function removeAll(): Promise<void> {
  for (const { id } of await listEndpoints(app.database.orm, app.now)) {
    await removeEndpoint(app.database.orm, id);
  }
}

async function sendingProcess(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("../testing/sending-process.ts", import.meta.url));
  const child = fork(script, [app.url, SECRET, String(app.now)], { execArgv: [] });
  await once(child, "message");
  return child;
}

test("however often the process that sends is killed, all comes, in order, under one name each", {
  timeout: Math.max(2, KILLS) * MINUTE,
}, async () => {
  const receiver = await openReceiver();
  const { id } = await endpointAt(app, receiver.url, [...TRIGGERS]);
  const expected = new Map<string, string[]>();
  for (let life = 0; life < KILLS; life += 1) {
    // So many are answered; of the rest the process never hears whether they were taken.
    let answered = 1 + (life % 5);
    receiver.answer = (_, response) => {
      answered -= 1;
      if (answered >= 0) response.end();
    };
    const child = await sendingProcess();
    const already = receiver.arrived.length;
    await happens(2 * life, expected);
    app.now += MINUTE;
    await happens(2 * life + 1, expected);
    await eventually(() =>
      expect(receiver.arrived.length).toBeGreaterThan(already + 1 + (life % 5)),
    );
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
  receiver.answer = (_, response) => response.end();
  const sending = openSender(app);
  await eventually(async () => {
    await pass(app, 30 * MINUTE);
    expect(await waiting(id)).toEqual({ pending: 0, due: 0 });
  });
  await sending.sender.stop();
  expect(sending.errors).toEqual([]);
  expectInOrder(receiver, expected);
  await receiver.close();
  await removeAll();
});
