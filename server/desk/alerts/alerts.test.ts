import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { notifyAlerts } from "#db/connection/bus.ts";
import { acknowledgeAlert, listAlerts, openAlerts } from "#db/desk/alerts/alerts.ts";
import { addChannel, listChannels, removeChannel } from "#db/desk/alerts/channels.ts";
import {
  addRule,
  changeRule,
  listRules,
  type RuleInput,
  removeRule,
} from "#db/desk/alerts/rules.ts";
import { addEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { addScheduled } from "#db/scheduled/scheduled.ts";
import { alertRules, alerts } from "#db/schema/alerts.ts";
import { outgoingMessages } from "#db/schema/outgoing.ts";
import { people } from "#db/schema/people.ts";
import { eventually } from "#db/testing/eventually.ts";
import { loggingReader, planOf } from "#db/testing/plans.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { PAYLOADS } from "#server/integrations/outgoing/testing/payloads.ts";
import { openReceiver } from "#server/integrations/outgoing/testing/receiver.ts";
import { LOOPBACK } from "#server/integrations/outgoing/testing/telling.ts";
import { erasePerson } from "#server/privacy/erasure/erase-person.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import {
  deliverBodies,
  openTestApp,
  SECRET,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { AlertWatch } from "./watch.ts";

const MINUTE = 60_000;
let app: TestApp;
let account: TestSource;
let watches: AlertWatch[] = [];
const errors: unknown[] = [];
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.now = clock("10:00");
  account = await app.account();
});
afterEach(async () => {
  await Promise.all(watches.map((watch) => watch.stop()));
  watches = [];
  expect(errors.splice(0)).toEqual([]);
  await app.database.orm.delete(alerts);
  await app.database.orm.delete(alertRules);
});

function open(): AlertWatch {
  const watch = new AlertWatch({
    database: app.neighbour().database,
    now: () => app.now,
    log: { error: (about) => errors.push(about) },
    sending: { secret: SECRET, allowed: LOOPBACK, mail: null, publicUrl: null },
  });
  watch.start();
  watches.push(watch);
  return watch;
}

function rule(changes: Partial<RuleInput> = {}): Promise<string> {
  const input: RuleInput = {
    ...{ name: "Waits", kind: "waiting", isOn: true, afterMs: 5 * MINUTE, capacity: null },
    ...{
      person: null,
      deed: null,
      sources: [account.id],
      rooms: null,
      groups: null,
      repeatMs: null,
    },
    ...{ urgentMs: null, quiet: null, by: "ada", ...changes },
  };
  return addRule(app.database.orm, input, app.now);
}

const happens = (...lines: Parameters<typeof minutes>) =>
  deliverBodies(app, account, "algebra", minutes(...lines));
const kept = () =>
  app.database.orm
    .select()
    .from(alerts)
    .where(eq(alerts.sourceId, account.id))
    .orderBy(asc(alerts.id));
async function pass(ms: number): Promise<void> {
  app.now += ms;
  await notifyAlerts(app.database.orm);
}

test("somebody waits for too long: it is raised once by one of two processes, repeated, acknowledged, and over", async () => {
  const id = await rule({ repeatMs: 2 * MINUTE });
  open();
  const second = open();
  await happens(["10:00", knocks("Ada")]);
  await pass(4 * MINUTE);
  await pass(2 * MINUTE);
  await eventually(async () => expect(await kept()).toMatchObject([{ ruleId: id, rings: 1 }]));
  await pass(2 * MINUTE);
  await eventually(async () => expect(await kept()).toMatchObject([{ rings: 2 }]));
  const [shown] = await openAlerts(app.database.orm, 10);
  expect(shown).toMatchObject({ name: "Ada", room: "algebra", acknowledgedAt: null });
  const [first, again] = await Promise.all(
    ["Grace", "Bo"].map((by) =>
      app.database.orm.transaction((tx) => acknowledgeAlert(tx, shown?.id ?? "", by, app.now)),
    ),
  );
  expect([first, again].toSorted()).toEqual([false, true]);
  // Whoever holds the lock ends: the other goes on.
  await watches.find((watch) => watch !== second)?.stop();
  await pass(10 * MINUTE);
  await happens(["10:18", stopsWaiting("Ada", { since: "10:00" })]);
  await eventually(async () =>
    expect(await kept()).toMatchObject([{ overAt: clock("10:18"), overFor: "over", rings: 2 }]),
  );
});

test("what turns out not to have been so is taken back, and other systems are told of both, once", async () => {
  const given = { url: "https://example.com/", signing: "standard" as const, rooms: null };
  const triggers = ["alert.raised" as const, "alert.cleared" as const];
  const row = { ...given, triggers, sources: [account.id], by: "ada", sealed: Buffer.of(1) };
  const endpoint = await addEndpoint(app.database.orm, row, app.now);
  await rule();
  open();
  await happens(["10:00", knocks("Ada")]);
  await pass(6 * MINUTE);
  await eventually(async () => expect(await kept()).toHaveLength(1));
  await happens(["10:02", joins("Ada")]);
  await eventually(async () => expect(await kept()).toMatchObject([{ overFor: "corrected" }]));
  const told = await app.database.orm
    .select()
    .from(outgoingMessages)
    .where(eq(outgoingMessages.endpointId, endpoint))
    .orderBy(outgoingMessages.number);
  expect(told.map(({ trigger }) => trigger)).toEqual(triggers);
  for (const [index, { body }] of told.entries()) {
    const trigger = triggers[index] ?? "alert.raised";
    expect(PAYLOADS[trigger].schema.parse(JSON.parse(body ?? ""))).toMatchObject({
      data: { alert: { person: { name: "Ada" }, state: index === 0 ? "raised" : "over" } },
    });
  }
});

test("a room without a host, a full one, a named person, and a meeting that has not begun", async () => {
  await rule({ kind: "without_host", afterMs: 3 * MINUTE, name: "hostless" });
  await rule({ kind: "capacity", afterMs: 0, capacity: 2, name: "full" });
  await rule({
    kind: "person",
    afterMs: 0,
    person: "ADA  Lovelace",
    deed: "joined",
    name: "named",
  });
  await rule({ kind: "not_begun", afterMs: 5 * MINUTE, name: "late" });
  const times = { startsAt: clock("10:00"), endsAt: clock("10:30"), timeZone: "UTC" };
  const limits = { lateAfterMs: 5 * MINUTE, verdictAfterMs: 5 * MINUTE };
  const lesson = { sourceId: account.id, room: "elsewhere", title: "Lesson", ...times, ...limits };
  await addScheduled(app.database, lesson, [], "mia", app.now);
  open();
  app.now = clock("10:06");
  await happens(["10:01", joins("Ada Lovelace")], ["10:02", joins("Bo")]);
  const names = async () => (await kept()).map(({ ruleName }) => ruleName).toSorted();
  await eventually(async () =>
    expect(await names()).toEqual(["full", "hostless", "late", "named"]),
  );
  await happens(["10:03", joins("Dr Cy", { host: true })]);
  await eventually(async () => {
    const rows = await kept();
    expect(rows.find(({ ruleName }) => ruleName === "hostless")).toMatchObject({
      overFor: "corrected",
    });
  });
  await happens(
    ["10:05", leaves("Bo", { joinedAt: "10:02" })],
    ["10:06", leaves("Dr Cy", { joinedAt: "10:03" })],
  );
  await eventually(async () => {
    const rows = await kept();
    expect(rows.find(({ ruleName }) => ruleName === "full")).toMatchObject({
      overAt: clock("10:06"),
    });
  });
});

test("rules follow each other: changed, switched off, removed, and of an erased person", async () => {
  const id = await rule();
  const about = await rule({
    kind: "person",
    person: "Ada Erased",
    deed: "waits",
    afterMs: 0,
    name: "Ada Erased waits",
  });
  open();
  await happens(["10:00", knocks("Ada Erased")]);
  await pass(6 * MINUTE);
  await eventually(async () => expect(await kept()).toHaveLength(2));
  const stored = (await listRules(app.database.orm)).find((one) => one.id === id);
  if (stored === undefined) throw new Error("there is no such rule");
  await changeRule(app.database.orm, id, { ...stored, afterMs: 10 * MINUTE }, app.now);
  await pass(0);
  await eventually(async () => expect(await kept()).toMatchObject([{ overAt: app.now }, {}]));
  await removeRule(app.database.orm, id);
  const [person] = await app.database.orm
    .select()
    .from(people)
    .where(eq(people.name, "Ada Erased"));
  const by = { kind: "command", id: null, label: "ada", address: null, userAgent: null } as const;
  await erasePerson(app.database, person?.id ?? "", {
    ...{ by, secret: SECRET, now: () => app.now, onErased: () => undefined },
  });
  expect(JSON.stringify(await kept())).not.toMatch(/ada erased/i);
  expect((await listRules(app.database.orm)).map((one) => one.id)).not.toContain(about);
});

test("channels are told in their own shapes, each for itself, without names where they are not to be", async () => {
  const receiver = await openReceiver();
  const { orm } = app.database;
  const channel = (
    kind: "slack" | "teams" | "discord",
    initials: boolean,
    address = receiver.url,
  ) =>
    addChannel(
      orm,
      {
        ...{ kind, name: kind, sealed: encrypt(address, SECRET), shown: "127.0.0.1" },
        ...{ initials, isOn: true, by: "ada" },
      },
      app.now,
    );
  await channel("slack", false);
  await channel("teams", true);
  await channel("discord", false);
  // It is not there, and keeps nobody waiting.
  await channel("slack", false, "http://127.0.0.1:9/");
  await rule();
  open();
  await happens(["10:00", knocks("<!here> *Ada*")]);
  await pass(6 * MINUTE);
  await eventually(() => expect(receiver.arrived).toHaveLength(3));
  const bodies = receiver.arrived.map(({ body }) => body);
  const bodyOf = (field: string) => bodies.find((body) => field in JSON.parse(body)) ?? "";
  expect(bodyOf("blocks")).toContain("&lt;!here&gt; *Ada* waits in algebra");
  expect(bodyOf("attachments")).toContain("H. A. waits in algebra");
  expect(bodyOf("attachments")).not.toContain("*Ada");
  expect(JSON.parse(bodyOf("content"))).toMatchObject({
    content: expect.stringContaining(String.raw`\<!here\> \*Ada\* waits in algebra`),
    allowed_mentions: { parse: [] },
  });
  await eventually(async () => {
    const states = (await listChannels(orm)).map(({ failure }) => failure === null);
    expect(states).toEqual([true, true, true, false]);
  });
  for (const { id } of await listChannels(orm)) await removeChannel(orm, id);
  await receiver.close();
});

async function watcher(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./testing/watcher.ts", import.meta.url));
  const child = fork(script, [app.url, String(app.now)], { execArgv: [] });
  await once(child, "message");
  return child;
}

test("nothing rings twice and nothing is missed, wherever the process that evaluates is killed", async () => {
  await rule({ afterMs: MINUTE });
  const rooms = Array.from({ length: 12 }, (_, index) => `room ${index}`);
  for (const room of rooms)
    await deliverBodies(app, account, room, minutes(["10:00", knocks("Ada")]));
  app.now = clock("10:02");
  let child = await watcher();
  // Killed as soon as some are there, perhaps in the middle of the others.
  await eventually(async () => expect((await kept()).length).toBeGreaterThan(0));
  child.kill("SIGKILL");
  await once(child, "exit");
  for (const room of rooms.slice(0, 6)) {
    await deliverBodies(app, account, `${room} too`, minutes(["10:00", knocks("Bo")]));
  }
  // Came and went while nobody looked.
  await deliverBodies(
    ...[app, account, "brief"],
    minutes(["10:00:10", knocks("Cy")], ["10:01:30", stopsWaiting("Cy", { since: "10:00:10" })]),
  );
  child = await watcher();
  await eventually(async () => expect(await kept()).toHaveLength(19));
  const all = await kept();
  expect(new Set(all.map(({ subject }) => subject)).size).toBe(19);
  expect(all.filter(({ rings }) => rings !== 1)).toEqual([]);
  expect(all.filter(({ overAt }) => overAt !== null)).toMatchObject([
    { overAt: clock("10:01:30") },
  ]);
  child.kill("SIGKILL");
  await once(child, "exit");
});

test("the lists of alerts are read by their indexes", async () => {
  const { reader, asked } = loggingReader(app.database);
  await openAlerts(reader, 50);
  await listAlerts(reader, "over", null, 25);
  const plans = await Promise.all(asked.map((one) => planOf(app.database.orm, one)));
  expect(plans).toEqual([
    expect.stringContaining("alerts_open"),
    expect.stringContaining("alerts_newest_first"),
  ]);
});
