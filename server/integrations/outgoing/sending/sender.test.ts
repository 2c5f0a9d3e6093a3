import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import {
  changeEndpoint,
  listEndpoints,
  removeEndpoint,
} from "#db/integrations/outgoing/endpoints.ts";
import { wakeSender } from "#db/integrations/outgoing/waking.ts";
import { outgoingMessages } from "#db/schema/outgoing.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import {
  headerOf,
  openReceiver,
  type Receiver,
} from "#server/integrations/outgoing/testing/receiver.ts";
import {
  endpointAt,
  openSender,
  pass,
  type TestSender,
  WITHIN_MS,
} from "#server/integrations/outgoing/testing/telling.ts";
import { provider } from "#server/providers/providers.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";

const HOUR = 3_600_000;
let app: TestApp;
let account: TestSource;
let receiver: Receiver;
let first: TestSender;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.now = clock("10:00");
  account = await app.account();
  receiver = await openReceiver();
  first = openSender(app);
});
afterEach(async () => {
  await first.sender.stop();
  expect(first.errors).toEqual([]);
  await receiver.close();
  for (const { id } of await listEndpoints(app.database.orm, app.now)) {
    await removeEndpoint(app.database.orm, id);
  }
});

const told = z.looseObject({ type: z.string().optional(), trigger: z.string().optional() });
const triggers = () => receiver.arrived.map(({ body }) => told.parse(JSON.parse(body)).type);
const ids = () => receiver.arrived.map((one) => headerOf(one, "rollcall-message"));
const happens = (...lines: Parameters<typeof minutes>) =>
  deliverBodies(app, account, "algebra", minutes(...lines));

test("what happens is told once, in its order, and signed by Standard Webhooks", async () => {
  const { secret } = await endpointAt(app, receiver.url, [
    "participant.joined",
    "participant.left",
    "waiting-participant.joined",
    "wait.admitted",
  ]);
  await happens(["10:00", knocks("Ada")], ["10:01", joins("Ada")]);
  await happens(["10:02", leaves("Ada", { joinedAt: "10:01" })]);
  await eventually(() => expect(receiver.arrived).toHaveLength(4));
  expect(triggers().toSorted()).toEqual([
    "participant.joined",
    "participant.left",
    "wait.admitted",
    "waiting-participant.joined",
  ]);
  expect(triggers().indexOf("participant.left")).toBeGreaterThan(
    triggers().indexOf("participant.joined"),
  );
  const verifier = new Webhook(secret);
  for (const { body, headers } of receiver.arrived) {
    const given = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value]] : [],
      ),
    );
    // The library refuses what is signed at another time than its own clock's.
    const at = Number(given["webhook-timestamp"]);
    expect(at).toBe(Math.floor(app.now / 1000));
    expect(() => verifier.verify(`${body} `, given)).toThrow();
    expect(verifier.sign(given["webhook-id"] ?? "", new Date(at * 1000), body)).toBe(
      given["webhook-signature"],
    );
  }
});

test("a receiver that fails in every way is told all the same, under one name and in order", async () => {
  await endpointAt(app, receiver.url, ["participant.joined", "participant.left"]);
  const elsewhere = await openReceiver();
  const answers: Receiver["answer"][] = [
    (_arrived, response) => response.writeHead(500).end("out of order"),
    (_arrived, response) => response.destroy(),
    // Never answered.
    () => undefined,
    (_arrived, response) => response.writeHead(307, { location: elsewhere.url }).end(),
    (_arrived, response) => response.writeHead(429, { "retry-after": "3600" }).end("slowly"),
    (_arrived, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("begun and cut", () => response.destroy());
    },
  ];
  receiver.answer = (arrived, response) => {
    const next = answers.shift();
    if (next === undefined) response.end();
    else next(arrived, response);
  };
  await happens(["10:00", joins("Ada")]);
  await happens(["10:10", leaves("Ada", { joinedAt: "10:00" })]);
  for (let tries = 1; tries <= 4; tries += 1) {
    await eventually(() => expect(receiver.arrived).toHaveLength(tries));
    await attempted(tries);
    await pass(app, HOUR / 2);
  }
  // It asked for an hour: half of it is not enough.
  await attempted(5);
  await pass(app, HOUR / 2);
  await attempted(5);
  await pass(app, HOUR);
  await attempted(6);
  await pass(app, HOUR);
  await eventually(() => expect(receiver.arrived).toHaveLength(8));
  expect(new Set(ids().slice(0, 7)).size).toBe(1);
  expect(new Set(receiver.arrived.slice(0, 7).map(({ body }) => body)).size).toBe(1);
  expect(triggers().at(-1)).toBe("participant.left");
  expect(elsewhere.arrived).toEqual([]);
  await elsewhere.close();
});

/** Waits until so many attempts are noted of the first message, and nothing is on its way. */
async function attempted(count: number): Promise<void> {
  await eventually(async () => {
    const [row] = await app.database.orm
      .select()
      .from(outgoingMessages)
      .where(eq(outgoingMessages.trigger, "participant.joined"));
    expect(row?.attempts).toBe(count);
  });
}

test("410 ends it, and others are told", async () => {
  const other = await openReceiver();
  const { id } = await endpointAt(app, receiver.url, ["participant.joined"]);
  await endpointAt(app, other.url, ["endpoint.paused"]);
  receiver.answer = (_arrived, response) => response.writeHead(410).end();
  await happens(["10:00", joins("Ada")]);
  await eventually(() => expect(other.arrived).toHaveLength(1));
  expect(JSON.parse(other.arrived[0]?.body ?? "")).toMatchObject({
    type: "endpoint.paused",
    data: { endpoint: { id }, reason: "gone" },
  });
  await happens(["10:05", joins("Bo")]);
  await pass(app, HOUR);
  await other.close();
  expect(receiver.arrived).toHaveLength(1);
});

test("one that took nothing for two days is paused, says so, and goes on with what waited", async () => {
  const { id } = await endpointAt(app, receiver.url, ["participant.joined"]);
  receiver.answer = (_arrived, response) => response.writeHead(500).end("no");
  await happens(["10:00", joins("Ada")]);
  await attempted(1);
  // Tried for more than a day it is given up.
  await pass(app, 30 * HOUR);
  await attempted(2);
  await pass(app, 19 * HOUR);
  await deliverBodies(app, account, "algebra", [joins("Bo")(app.now)]);
  const stored = async () => (await listEndpoints(app.database.orm, app.now, id))[0];
  await eventually(async () =>
    expect(await stored()).toMatchObject({ pausedFor: "failing", failingSince: clock("10:00") }),
  );
  await deliverBodies(app, account, "algebra", [joins("Cy")(app.now)]);
  await pass(app, HOUR);
  receiver.answer = (_arrived, response) => response.end();
  const goesOn = { pausedAt: null, pausedFor: null, failingSince: null };
  await changeEndpoint(app.database.orm, id, goesOn);
  await wakeSender(app.database.orm);
  await eventually(() => expect(receiver.arrived).toHaveLength(5));
  const names = receiver.arrived.map(({ body }) => /"user_name":"(\w+)"/.exec(body)?.[1]);
  expect(names).toEqual(["Ada", "Ada", "Bo", "Bo", "Cy"]);
});

test("nine that take ten times as long keep nobody else waiting", async () => {
  const slow = await Promise.all(Array.from({ length: 9 }, () => openReceiver()));
  const held: (() => void)[] = [];
  for (const one of slow) {
    one.answer = (_arrived, response) => void held.push(() => response.end());
    await endpointAt(app, one.url, ["participant.joined"]);
  }
  await endpointAt(app, receiver.url, ["participant.joined"]);
  const patient = openSender(app, 60_000);
  await first.sender.stop();
  for (let each = 0; each < 20; each += 1) {
    await deliverBodies(app, account, `room-${each}`, [joins("Ada")(app.now)]);
  }
  await eventually(() => expect(receiver.arrived).toHaveLength(20));
  // All of them are still thinking, each about as many as are sent at once.
  expect(slow.map(({ arrived }) => arrived.length)).toEqual(slow.map(() => 8));
  for (const answer of held) answer();
  await patient.sender.stop();
  expect(patient.errors).toEqual([]);
  await Promise.all(slow.map((one) => one.close()));
});

test("what was cut off with its process is sent by another, under the same name", async () => {
  const { sender: second } = openSender(app, 60_000);
  await endpointAt(app, receiver.url, ["participant.joined"]);
  receiver.answer = () => undefined;
  await happens(["10:00", joins("Ada")]);
  await eventually(() => expect(receiver.arrived).toHaveLength(1));
  receiver.answer = (_arrived, response) => response.end();
  const third = openSender(app);
  await Promise.all([first.sender.stop(), second.stop()]);
  await eventually(async () => {
    const [row] = await app.database.orm.select().from(outgoingMessages);
    expect(row?.state).toBe("taken");
  });
  await third.sender.stop();
  expect(new Set(ids()).size).toBe(1);
});

test.each(["daily", "attendee"] as const)(
  "receivers of %s believe what is signed its way",
  async (signing) => {
    const { secret } = await endpointAt(
      app,
      receiver.url,
      ["participant_events.join_leave", "participant.joined", "meeting.started", "wait.admitted"],
      { signing },
    );
    await happens(["10:00", knocks("José 🚀")], ["10:01", joins("José 🚀", { user: "u1" })]);
    await eventually(() => expect(receiver.arrived).toHaveLength(4));
    for (const one of receiver.arrived) {
      const request = {
        raw: Buffer.from(one.body),
        header: (name: string) => headerOf(one, name) || null,
        query: () => null,
        ...{ path: "", secrets: [secret], now: app.now, toleranceMs: WITHIN_MS },
      };
      expect(provider(signing)?.verify(request)).toEqual({ ok: true });
      expect(provider(signing)?.verify({ ...request, secrets: ["AAAA"] }).ok).toBe(false);
    }
  },
);
