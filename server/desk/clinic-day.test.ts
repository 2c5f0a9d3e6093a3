import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { notifyAlerts } from "#db/connection/bus.ts";
import { addDevice } from "#db/desk/alerts/devices.ts";
import { addRule } from "#db/desk/alerts/rules.ts";
import { alerts } from "#db/schema/alerts.ts";
import { eventually } from "#db/testing/eventually.ts";
import { runs } from "#db/testing/runs.ts";
import { AlreadyClaimed, handleWait, waitById } from "#db/waits/handle-wait.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { changed } from "#domain/live/desk-change.ts";
import type { DeskChange, DeskSnapshot } from "#domain/live/desk-wire.ts";
import type { WatchDeskAck } from "#domain/live/wire.ts";
import { clock, joins, knocks, leaves, stopsWaiting } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { handlingAt } from "#domain/waits/handling.ts";
import { PushService } from "#server/desk/alerts/devices/testing/browser.ts";
import { AlertWatch } from "#server/desk/alerts/watch.ts";
import { LOOPBACK } from "#server/integrations/outgoing/testing/telling.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
} from "#server/live/testing/live-server.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { deliverBodies, SECRET, type TestSource } from "#server/testing/test-app.ts";

/*
 * A day at the desk, of some minutes in `npm test` and of eight hours with `LAWS=16`: patients knock in twelve rooms,
 * are admitted or give up; five people look after them over connections that are cut; who evaluates alerts is away for
 * a while; one has a phone.
 */

const MINUTE: Ms = 60_000;
const STEP: Ms = MINUTE;
const ALARM_AFTER: Ms = 5 * MINUTE;
const DAY_STARTS = clock("08:00");
const DAY: Ms = runs(30) * MINUTE;
const ROOMS = 12;
const WORKERS = ["Ada", "Bo", "Cy", "Dee", "Eve"];

/** Numbers from 0 to 1, the same in every run. */
function* chances(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
const numbers = chances(7);
const chance = () => numbers.next().value;

/** What really happened to somebody: the day and the model know nothing else. */
interface Patient {
  name: string;
  room: string;
  knocksAt: Ms;
  /** When they are admitted, or give up. */
  endsAt: Ms;
  isAdmitted: boolean;
}

/** Somebody every two minutes or so, for two to nine minutes, so that no claim lapses, and twenty seconds so that no minute is shared. */
function patientsOf(): Patient[] {
  const patients: Patient[] = [];
  for (
    let at = DAY_STARTS;
    at < DAY_STARTS + DAY - 12 * MINUTE;
    at += (1 + chance() * 2) * MINUTE
  ) {
    const minutes = 2 + Math.floor(chance() * 8);
    patients.push({
      name: `Patient ${patients.length}`,
      room: `room-${Math.floor(chance() * ROOMS)}`,
      knocksAt: Math.floor(at / MINUTE) * MINUTE,
      endsAt: Math.floor(at / MINUTE) * MINUTE + minutes * MINUTE + 20_000,
      isAdmitted: chance() < 0.7,
    });
  }
  return patients;
}

interface Sent {
  sendAt: Ms;
  room: string;
  event: MeetingEvent;
}

/** What is told of them: some of it twice, and some knocks late. */
function deliveriesOf({ name, room, knocksAt, endsAt, isAdmitted }: Patient): Sent[] {
  const since = new Date(knocksAt).toISOString().slice(11, 19);
  const told = [
    { at: knocksAt, event: knocks(name) },
    ...(isAdmitted
      ? [
          { at: endsAt, event: joins(name) },
          { at: endsAt + 3 * MINUTE, event: leaves(name) },
        ]
      : [{ at: endsAt, event: stopsWaiting(name, { since }) }]),
  ];
  return told.flatMap(({ at, event }) => {
    const isLate = at === knocksAt && chance() < 0.1;
    const sent = { sendAt: at + (isLate ? MINUTE : 0), room, event: event(at) };
    return chance() < 0.1 ? [sent, { ...sent, sendAt: sent.sendAt + MINUTE }] : [sent];
  });
}

/** Whom an alert is due about, by counting: who has waited for longer than is allowed, as far as they waited. */
function isAlarmed({ knocksAt, endsAt }: Patient, now: Ms): boolean {
  let waited = 0;
  for (let at = knocksAt; at < Math.min(now, endsAt); at += 1_000) waited += 1_000;
  return waited >= ALARM_AFTER;
}

/** Somebody at the desk, who sees what their connection tells them, and nothing while it is cut. */
class Worker {
  readonly name: string;
  readonly seen = new Set<string>();
  #desk: DeskSnapshot | null = null;
  #socket: ReturnType<LiveTestServer["connect"]> | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get desk(): DeskSnapshot | null {
    return this.#desk;
  }

  async comes(): Promise<void> {
    const { key } = await createKey(server.app.database.orm, this.name);
    const socket = server.connect({ auth: { token: key } });
    this.#socket = socket;
    await greeted(socket);
    const missed: DeskChange[] = [];
    socket.on("desk:changed", (change: DeskChange) => {
      if (this.#desk === null) missed.push(change);
      else this.#sees(changed(this.#desk, change));
    });
    const ack: WatchDeskAck = await socket.emitWithAck("watch:desk", {});
    if (!ack.ok) throw new Error(ack.error.code);
    this.#sees(missed.reduce(changed, ack.desk));
  }

  isCutOff(): void {
    this.#socket?.disconnect();
    this.#socket = null;
    this.#desk = null;
  }

  get waiting() {
    return this.#desk?.lines.flatMap(({ waiting }) => waiting) ?? [];
  }

  #sees(desk: DeskSnapshot): void {
    this.#desk = desk;
    for (const { id } of this.waiting) this.seen.add(id);
    for (const { id } of desk.lost) this.seen.add(id);
  }

  /** Takes everybody whom nobody has, and works off who left. `true` for each that was taken. */
  async works(): Promise<{ id: string; isTaken: boolean }[]> {
    const { database } = server.app;
    const by = { id: `member ${this.name}`, name: this.name };
    for (const lost of this.#desk?.lost ?? []) {
      const wait = lost.follow_up === null ? await waitById(database.orm, lost.id) : null;
      if (wait === null) continue;
      await handleWait(database, wait, { kind: "follow_up", outcome: "called" }, by, Date.now());
    }
    return Promise.all(
      this.waiting
        .filter(({ claimed_by }) => claimed_by === null)
        .map(async ({ id }) => {
          const wait = await waitById(database.orm, id);
          if (wait === null) throw new Error("somebody waits who is not there");
          try {
            await handleWait(database, wait, { kind: "claim" }, by, Date.now());
            return { id, isTaken: true };
          } catch (error) {
            if (!(error instanceof AlreadyClaimed)) throw error;
            return { id, isTaken: false };
          }
        }),
    );
  }
}

const pushedShape = z.object({ alert: z.string(), calls: z.boolean() });
const namesOf = (all: readonly { name: string | null }[]) => all.map(({ name }) => name).toSorted();

let server: LiveTestServer;
let source: TestSource;
const push = new PushService();
const errors: unknown[] = [];
let watch: AlertWatch | null = null;
/** The clock of whoever evaluates alerts. */
let alarmsUntil = DAY_STARTS;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: DAY_STARTS });
  server = await openLiveTestServer();
  source = await server.app.account();
  await push.open();
});
afterAll(async () => {
  await watch?.stop();
  vi.useRealTimers();
  push.close();
  await server.close();
});

function evaluates(): AlertWatch {
  const one = new AlertWatch({
    ...{ database: server.app.neighbour().database, now: () => alarmsUntil },
    log: { error: (about) => errors.push(about) },
    sending: { secret: SECRET, allowed: LOOPBACK, mail: null, publicUrl: null },
  });
  one.start();
  return one;
}

/** About whom alerts were raised, and how often each called. */
async function raised(): Promise<{ name: string; rings: number }[]> {
  const { orm } = server.app.database;
  const rows = await orm.select().from(alerts).where(eq(alerts.sourceId, source.id));
  return rows.map(({ subject, rings }) => ({
    name: /Patient \d+/.exec(subject)?.[0] ?? subject,
    rings,
  }));
}

test("whoever waits is seen, taken by one, and followed up; nothing alarms twice, and nothing is missed", async () => {
  const { app } = server;
  const { orm } = app.database;
  const patients = patientsOf();
  const told = patients.flatMap(deliveriesOf).toSorted((a, b) => a.sendAt - b.sendAt);
  await addRule(
    orm,
    {
      ...{ name: "Waits", kind: "waiting", isOn: true, afterMs: ALARM_AFTER, capacity: null },
      ...{ person: null, deed: null, sources: null, rooms: null, groups: null, repeatMs: null },
      ...{ urgentMs: null, quiet: null, by: "Ada" },
    },
    DAY_STARTS,
  );
  const phone = push.subscribe("phone");
  await addDevice(
    orm,
    {
      ...{ memberId: null, mark: "phone", name: "Phone", shown: "127.0.0.1", by: "Ada" },
      sealed: encrypt(JSON.stringify(phone.subscription), SECRET),
    },
    DAY_STARTS,
  );
  const workers = WORKERS.map((name) => new Worker(name));
  for (const worker of workers) await worker.comes();
  watch = evaluates();
  const taken = new Map<string, string[]>();

  for (let now = DAY_STARTS; now <= DAY_STARTS + DAY; now += STEP) {
    vi.setSystemTime(now);
    app.now = now;
    const due = told.filter(({ sendAt }) => sendAt <= now && sendAt > now - STEP);
    for (const { room, event } of due) await deliverBodies(app, source, room, [event]);
    const step = (now - DAY_STARTS) / STEP;
    // Four are cut off and come back, each in their time; now and then a process that evaluates ends.
    for (const [index, worker] of workers.entries()) {
      if (index === 0) continue;
      if (worker.desk !== null && chance() < 0.08) worker.isCutOff();
      else if (worker.desk === null && chance() < 0.4) await worker.comes();
    }
    const isAway = step % 40 >= 14 && step % 40 < 18;
    if (isAway) {
      await watch?.stop();
      watch = null;
    } else watch ??= evaluates();

    const isTold = (name: string, type: MeetingEvent["type"]) =>
      told.some(
        ({ sendAt, event }) =>
          sendAt <= now && event.type === type && "name" in event && event.name === name,
      );
    const waiting = patients
      .filter(({ name }) => isTold(name, "knocked"))
      .filter(({ name }) => !isTold(name, "joined") && !isTold(name, "stopped_waiting"))
      .map(({ name }) => name)
      .toSorted();
    const there = workers.filter(({ desk }) => desk !== null);
    await eventually(() => {
      for (const worker of there) {
        const names = worker.waiting.map(({ name }) => name).toSorted();
        expect([worker.name, names]).toEqual([worker.name, waiting]);
      }
    });
    // Only when everybody has heard of it, so that nobody is alarmed of a wait that ended long before.
    alarmsUntil = now;
    await notifyAlerts(orm);
    const done = await Promise.all(
      there.map(async (worker) => ({ worker, all: await worker.works() })),
    );
    for (const { worker, all } of done) {
      for (const { id, isTaken } of all) {
        if (isTaken) taken.set(id, [...(taken.get(id) ?? []), worker.name]);
      }
    }
    if (watch !== null) {
      const expected = patients.filter((one) => isAlarmed(one, now));
      expect(errors).toEqual([]);
      await eventually(async () => expect(namesOf(await raised())).toEqual(namesOf(expected)));
    }
  }

  const ids = new Set(workers.flatMap(({ seen }) => [...seen]));
  const ends = await Promise.all(
    [...ids].map(async (id) => {
      const wait = await waitById(orm, id);
      if (wait === null) throw new Error("a wait that was seen is not there");
      const { followUp } = handlingAt(wait.handlings, wait, Date.now());
      return { name: wait.name, outcome: wait.outcome, followUp, id };
    }),
  );
  expect(ends.map(({ name }) => name).toSorted()).toEqual(
    patients.map(({ name }) => name).toSorted(),
  );
  for (const { name, outcome, followUp, id } of ends) {
    const { isAdmitted } = patients.find((one) => one.name === name) ?? { isAdmitted: null };
    expect([name, outcome === "admitted", followUp]).toEqual([
      ...[name, isAdmitted],
      isAdmitted ? null : "called",
    ]);
    // Whoever has somebody may say so again; nobody else has them too.
    expect([name, new Set(taken.get(id)).size]).toEqual([name, 1]);
  }
  const alarmed = patients.filter((one) => isAlarmed(one, Infinity));
  const rung = await raised();
  expect(rung.filter(({ rings }) => rings !== 1)).toEqual([]);
  expect(namesOf(rung)).toEqual(namesOf(alarmed));
  // What was over already when somebody evaluated again is kept, and calls nobody any more.
  const rows = await orm.select().from(alerts).where(eq(alerts.sourceId, source.id));
  const called = rows.filter(({ overAt, raisedAt }) => overAt === null || overAt > raisedAt);
  await eventually(() => {
    const calls = phone.pushed.map((one) => pushedShape.parse(one)).filter((one) => one.calls);
    expect(calls.map(({ alert }) => alert).toSorted()).toEqual(
      called.map(({ id }) => id).toSorted(),
    );
  });
  expect(errors).toEqual([]);
});
