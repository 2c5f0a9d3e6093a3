import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catchUps, sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { catchUpOf, lostWebhooks } from "#db/sources/catching-up/catch-ups.ts";
import { firstHeard } from "#db/sources/hearing.ts";
import { changeSource } from "#db/sources/sources.ts";
import { eventually } from "#db/testing/eventually.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { joins, knocks, leaves } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { writeScript } from "#server/demo/simulate/writing/script.ts";
import { readingOf } from "#server/ingest/reading.ts";
import { arrivalOf } from "#server/ingest/receive.ts";
import { settleBots } from "#server/ingest/settle-bots.ts";
import { provider } from "#server/providers/providers.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { Networks } from "#server/runtime/networks.ts";
import { webhookPath } from "#server/sources/settings.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import { openTestApp, SECRET, type TestApp, type TestSource } from "#server/testing/test-app.ts";
import { catchUpSource } from "./catch-up-source.ts";
import { CatchingUp } from "./catching-up.ts";
import { AttendeeStandIn } from "./testing/attendee-stand-in.ts";
import { DailyStandIn } from "./testing/daily-stand-in.ts";
import { FAULTLESS, FAULTY, type StandIn, type ToldDelivery } from "./testing/stand-in.ts";

const KEY = "a-key-of-an-account";
const MINUTE: Ms = 60_000;
const START = Date.UTC(2026, 10, 20, 9);
const DOWN = START + 40 * MINUTE;
const UP = START + 100 * MINUTE;
const END = START + 150 * MINUTE;
const script = writeScript({ seed: 3, meetings: 30, people: 160, minutes: 140, start: START });
const isDown = (at: Ms) => at >= DOWN && at < UP;

let app: TestApp;
const standIns: StandIn[] = [];
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(async () => {
  for (const one of standIns) one.close();
  await app.close();
});

const tellsOf = (named: string): ToldDelivery[] =>
  script.deliveries.filter(({ provider: own }) => own === named);

/** An account as old as the script, with a key where its provider is asked. */
async function account(named: "daily" | "attendee"): Promise<TestSource> {
  const { orm } = app.database;
  const own = await app.account(named);
  await orm
    .update(sources)
    .set({ createdAt: new Date(START - MINUTE) })
    .where(eq(sources.id, own.id));
  await changeSource(orm, own.id, { sealedApiKey: encrypt(KEY, SECRET), apiKeyAt: START });
  return own;
}

async function open(standIn: StandIn): Promise<string> {
  standIns.push(standIn);
  return standIn.open();
}

/** What webhooks bring, each when it is sent. */
async function deliver(
  { id, provider: named }: TestSource,
  all: readonly ToldDelivery[],
): Promise<void> {
  const own = provider(named);
  if (own === null) throw new Error("there is no such provider");
  await Promise.all(
    all.map(({ body, sendAt }) => {
      const raw = Buffer.from(body);
      return app.door.intake.keep(
        arrivalOf({ id, provider: own }, raw, readingOf(own, raw), sendAt),
      );
    }),
  );
  await app.door.intake.projector.idle();
}

let slept: Ms = 0;

function contextAt(now: Ms, providerApi: string) {
  return {
    ...{ database: app.database, projector: app.door.intake.projector, secret: SECRET },
    ...{ providerApi, now: () => now, chance: () => 0 },
    sleep: async (ms: Ms) => {
      slept += ms;
      await app.door.intake.projector.idle();
    },
    allowed: Networks.none,
    log: { error: (about: object, message: string) => void app.log.push({ about, message }) },
  };
}

/** Asks a provider at that moment what was missed. */
async function catchUp({ id }: TestSource, providerApi: string, now: Ms): Promise<void> {
  app.now = now;
  await catchUpSource(contextAt(now, providerApi), id, new AbortController().signal);
  await app.door.intake.projector.idle();
}

const reconciledOf = async (id: string) => {
  const [row] = await app.database.orm
    .select({
      // Where a bot's meeting is held is told by nobody else.
      reconciled: sql<number>`
        count(*) filter (where ${deliveries.isReconciled} and ${deliveries.type} <> 'bot.meeting')::int`,
      repeats: sql<number>`coalesce(sum(${deliveries.repeats}), 0)::int`,
    })
    .from(deliveries)
    .where(eq(deliveries.sourceId, id));
  return row;
};

describe("an hour in which nothing was taken ends in the same as none", () => {
  test.each([
    ["daily", FAULTLESS],
    ["daily", FAULTY],
    ["attendee", FAULTLESS],
    ["attendee", FAULTY],
  ] as const)("of %s, round %#", async (named, fault) => {
    const [whole, gap] = [await account(named), await account(named)];
    const all = tellsOf(named);
    let now = START;
    const daily = new DailyStandIn(KEY, tellsOf("daily"), {
      now: () => now,
      isTaken: (at) => !isDown(at),
    });
    daily.webhook = {
      url: `https://rollcall.example.com${webhookPath(named, gap.id)}`,
      state: "ACTIVE",
    };
    const attendee = new AttendeeStandIn(KEY, tellsOf("attendee"), () => now);
    const { http } = named === "daily" ? daily : attendee;
    http.fault = fault;
    const api = await open(http);
    await deliver(whole, all);
    const between = (from: Ms, to: Ms) => all.filter(({ sendAt }) => sendAt >= from && sendAt < to);
    await deliver(gap, between(0, DOWN));
    now = DOWN - 1;
    await catchUp(gap, api, now);
    // Nothing runs in between: at the end of it there is as much as before.
    now = UP;
    await catchUp(gap, api, now);
    await deliver(gap, between(UP, Infinity));
    now = END;
    await catchUp(gap, api, now);
    expect(app.log).toEqual([]);
    expect(await catchUpOf(app.database.orm, gap.id)).toMatchObject({
      ...{ problem: null, caughtUpTo: END, begunAt: null, failures: 0 },
      found: (await reconciledOf(gap.id))?.reconciled,
    });
    expect(await readModels(app.database, gap.id)).toEqual(
      await readModels(app.database, whole.id),
    );
    const reconciled = await reconciledOf(gap.id);
    expect(reconciled?.reconciled).toBeGreaterThan(20);
    // Asked for once more, nothing is new, and nothing counts as sent again.
    await catchUp(gap, api, END);
    expect(await reconciledOf(gap.id)).toEqual(reconciled);
    if (fault === FAULTY) expect(slept).toBeGreaterThan(2_000);
  });
});

/** Who was in which room, from when to when. */
async function staysOf({ id }: TestSource) {
  const rows = await app.database.orm
    .select({ room: rooms.key, visits: attendances.visits, status: meetings.status })
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(attendances, eq(attendances.meetingId, meetings.id))
    .where(and(eq(meetings.sourceId, id), isNull(meetings.mergedInto)));
  return rows
    .flatMap(({ room, visits, status }) =>
      visits.map(({ participantId, joinedAt, leftAt }) => ({
        ...{ room, status, participantId, joinedAt, leftAt },
      })),
    )
    .toSorted((a, b) => (a.room + a.participantId < b.room + b.participantId ? -1 : 1));
}

test("while the webhook was switched off nothing was sent: who was there is known to the second", async () => {
  const [whole, gap] = [await account("daily"), await account("daily")];
  const all = tellsOf("daily");
  let now = UP;
  const standIn = new DailyStandIn(KEY, all, {
    now: () => now,
    isTaken: () => true,
    isSent: (at) => !isDown(at),
  });
  const api = await open(standIn.http);
  standIn.webhook = {
    url: `https://rollcall.example.com${webhookPath("daily", gap.id)}`,
    state: "FAILED",
  };
  await deliver(whole, all);
  await deliver(
    gap,
    all.filter(({ sendAt }) => !isDown(sendAt) && sendAt < UP),
  );
  await catchUp(gap, api, now);
  const lost = async () =>
    (await lostWebhooks(app.database.orm)).filter(({ source }) => source.id === gap.id);
  expect(await lost()).toMatchObject([{ state: "off", since: UP }]);
  await deliver(
    gap,
    all.filter(({ sendAt }) => sendAt >= UP),
  );
  now = END;
  standIn.webhook.state = "ACTIVE";
  await catchUp(gap, api, now);
  expect(await lost()).toEqual([]);
  const [expected, found] = [await staysOf(whole), await staysOf(gap)];
  const names = (stays: typeof found) =>
    stays.map(({ room, participantId, status }) => [room, participantId, status]);
  expect(names(found)).toEqual(names(expected));
  for (const [index, stay] of expected.entries()) {
    const other = found[index];
    expect(Math.abs(stay.joinedAt - (other?.joinedAt ?? 0))).toBeLessThan(1_500);
    expect(other?.leftAt === null).toBe(stay.leftAt === null);
    expect(Math.abs((stay.leftAt ?? 0) - (other?.leftAt ?? 0))).toBeLessThan(2_500);
  }
  // Its webhook is made anew elsewhere: the one there was is missing.
  standIn.webhook = null;
  await catchUp(gap, api, END + MINUTE);
  expect(await lost()).toMatchObject([{ state: "missing", since: END + MINUTE }]);
});

/** Events as a provider would send them. */
function toldOf(
  named: "daily" | "attendee",
  room: string,
  events: readonly MeetingEvent[],
): ToldDelivery[] {
  return events.map((event, index) => ({
    ...{ at: event.at, sendAt: event.at, room },
    body: bodyOf(named, event, room, `${room}-${index}`),
  }));
}

test("a ghost whose leave and whose meeting's end were lost ends when Daily says that they left", async () => {
  const source = await account("daily");
  const started = { type: "meeting_started", at: START, providerMeetingId: "m-1" } as const;
  const end = START + 10 * MINUTE;
  const all = toldOf("daily", "ward-3", [
    started,
    joins("Ada", { session: "s-1" })(START),
    { ...leaves("Ada", { session: "s-1" })(end), joinedAt: START } as MeetingEvent,
    { type: "meeting_ended", at: end + 20_000, startedAt: START, providerMeetingId: "m-1" },
  ]);
  let now = START + 5 * MINUTE;
  // The log has nothing: it was sent, and taken by something that lost it.
  const standIn = new DailyStandIn(KEY, all, {
    now: () => now,
    isTaken: () => true,
    isSent: () => false,
  });
  const api = await open(standIn.http);
  await deliver(source, all.slice(0, 2));
  await catchUp(source, api, now);
  expect(await staysOf(source)).toMatchObject([{ leftAt: null, status: "live" }]);
  expect(standIn.http.calls.filter((call) => call.startsWith("/meetings"))).toEqual([]);
  now = end + 5 * MINUTE;
  await catchUp(source, api, now);
  expect(await staysOf(source)).toMatchObject([{ leftAt: end, status: "ended" }]);
  expect((await reconciledOf(source.id))?.reconciled).toBe(2);
});

test("two bots that were sent to one address are one meeting, found by asking Attendee where they are", async () => {
  const source = await account("attendee");
  const seenBy = (bot: string, session: string) =>
    toldOf("attendee", bot, [
      { type: "observer_joined", at: START },
      joins("Ada", { session: "c-1" })(START + MINUTE),
      joins("Bo", { session })(START + MINUTE),
      leaves("Bo", { session })(START + 2 * MINUTE),
    ]);
  const all = [...seenBy("bot_one", "c-2"), ...seenBy("bot_two", "other-2")];
  const standIn = new AttendeeStandIn(KEY, all, () => START + 5 * MINUTE);
  for (const bot of ["bot_one", "bot_two"]) {
    standIn.addresses.set(bot, "https://meet.google.com/abc-defg-hij");
  }
  const api = await open(standIn.http);
  await deliver(source, all);
  await catchUp(source, api, START + 5 * MINUTE);
  await settleBots(app.database, START + 5 * MINUTE);
  const found = await app.database.orm
    .select({ people: meetings.peopleCount, present: meetings.presentCount, seq: meetings.seq })
    .from(meetings)
    .where(and(eq(meetings.sourceId, source.id), isNull(meetings.mergedInto)));
  expect(found).toEqual([{ people: 2, present: 1, seq: 8 }]);
  // Asked again, nothing is found that was told in either of them.
  await catchUp(source, api, START + 6 * MINUTE);
  expect(await reconciledOf(source.id)).toEqual({ reconciled: 0, repeats: 0 });
});

test("who became host at Attendee is seen, once, and what a webhook said at its time stands", async () => {
  const source = await account("attendee");
  const all = toldOf("attendee", "bot_one", [
    { type: "observer_joined", at: START },
    joins("Ada", { session: "c-1", host: false })(START + MINUTE),
    joins("Bo", { session: "c-2", host: true })(START + MINUTE),
  ]);
  let now = START + 5 * MINUTE;
  const standIn = new AttendeeStandIn(KEY, all, () => now);
  const api = await open(standIn.http);
  await deliver(source, all);
  await catchUp(source, api, now);
  expect((await reconciledOf(source.id))?.reconciled).toBe(0);
  // The host hands over: Attendee says of every event of theirs that they are, or were.
  standIn.hosts.set("c-1", true).set("c-2", false);
  now += MINUTE;
  await catchUp(source, api, now);
  await catchUp(source, api, now + MINUTE);
  expect((await reconciledOf(source.id))?.reconciled).toBe(2);
  const people = await app.database.orm
    .select({ name: attendances.name, isHost: attendances.isHost, tenures: attendances.tenures })
    .from(attendances)
    .innerJoin(meetings, eq(meetings.id, attendances.meetingId))
    .where(eq(meetings.sourceId, source.id))
    .orderBy(attendances.name);
  expect(people).toMatchObject([
    { name: "Ada", isHost: true, tenures: [{ from: now, to: null }] },
    { name: "Bo", isHost: false, tenures: [{ from: START + MINUTE, to: now }] },
  ]);
});

test("what cannot be asked is asked again later, says why, and is not asked sooner than is wanted", async () => {
  const source = await account("daily");
  const all = toldOf("daily", "ward-4", [knocks("Ada", { session: "s-9" })(START)]);
  const standIn = new DailyStandIn(KEY, all, { now: () => UP, isTaken: () => false });
  const api = await open(standIn.http);
  const stored = () => catchUpOf(app.database.orm, source.id);
  // The log is read, and then everything is cut off: what was found is kept.
  standIn.http.fault = (call) => (call > 2 ? "cut" : null);
  await catchUp(source, api, UP);
  expect(await stored()).toMatchObject({
    problem: "away",
    failures: 1,
    found: 1,
    caughtUpTo: null,
  });
  expect(standIn.http.calls).toHaveLength(2 + 5);
  standIn.http.fault = FAULTLESS;
  const { orm } = app.database;
  await changeSource(orm, source.id, { sealedApiKey: encrypt("another-key", SECRET) });
  await catchUp(source, api, UP);
  const refused = { problem: "key_refused", said: "no such key", failures: 2 };
  expect(await stored()).toMatchObject({ ...refused, nextAt: UP + 10 * MINUTE });
  await changeSource(orm, source.id, { sealedApiKey: Buffer.from("not to be opened") });
  await catchUp(source, api, UP);
  expect(await stored()).toMatchObject({ problem: "key_unreadable", said: null, failures: 3 });
  await changeSource(orm, source.id, { sealedApiKey: encrypt(KEY, SECRET) });
  await catchUp(source, api, UP);
  expect(await stored()).toMatchObject({ problem: null, failures: 0, found: 1, caughtUpTo: UP });
  // Nothing that is held back is in what is stored or logged.
  expect(JSON.stringify([await stored(), app.log])).not.toContain(KEY);
});

test("of a source that is paused meanwhile nothing is taken, and it is asked when it goes on", async () => {
  const source = await account("daily");
  const { orm } = app.database;
  const joined = toldOf("daily", "ward-7", [joins("Ada", { session: "s-7" })(START)]);
  const standIn = new DailyStandIn(KEY, joined, { now: () => UP, isTaken: () => false });
  const api = await open(standIn.http);
  await changeSource(orm, source.id, { pausedAt: UP });
  await catchUp(source, api, UP);
  expect(await reconciledOf(source.id)).toMatchObject({ reconciled: 0 });
  expect(await catchUpOf(orm, source.id)).toMatchObject({ begunAt: null, caughtUpTo: null });
  await changeSource(orm, source.id, { pausedAt: null });
  await catchUp(source, api, UP);
  expect(await reconciledOf(source.id)).toMatchObject({ reconciled: 1 });
});

test("of all processes one asks, and another goes on where it ends", async () => {
  await app.database.orm.update(sources).set({ sealedApiKey: null });
  const source = await account("daily");
  const standIn = new DailyStandIn(KEY, [], { now: () => UP, isTaken: () => true });
  const context = {
    ...contextAt(UP, await open(standIn.http)),
    // Each look at the database is a pause in itself.
    sleep: async (_: Ms, signal: AbortSignal) => signal.throwIfAborted(),
  };
  const other = app.neighbour();
  const one = new CatchingUp({ ...context, database: app.database });
  const two = new CatchingUp({ ...context, database: other.database });
  one.start();
  two.start();
  const isAsked = async () => {
    expect((await catchUpOf(app.database.orm, source.id))?.caughtUpTo).toBe(UP);
  };
  await eventually(isAsked);
  const presence = () => standIn.http.calls.filter((call) => call === "/presence").length;
  expect(presence()).toBe(1);
  await one.stop();
  await app.database.orm.delete(catchUps).where(eq(catchUps.sourceId, source.id));
  await eventually(isAsked);
  expect(presence()).toBe(2);
  await two.stop();
});

test("what was found says nothing of whether webhooks come", async () => {
  const source = await account("daily");
  const joined = toldOf("daily", "ward-5", [joins("Ada", { session: "s-5" })(START)]);
  const standIn = new DailyStandIn(KEY, joined, { now: () => UP, isTaken: () => false });
  await catchUp(source, await open(standIn.http), UP);
  const { orm } = app.database;
  expect(await reconciledOf(source.id)).toMatchObject({ reconciled: 1 });
  expect(await firstHeard(orm, source.id)).toEqual({
    deliveryAt: null,
    joinAt: null,
    leaveAt: null,
  });
  const left = toldOf("daily", "ward-6", [
    leaves("Ada", { session: "s-6", joinedAt: "09:00" })(END),
  ]);
  await deliver(source, left);
  expect(await firstHeard(orm, source.id)).toEqual({ deliveryAt: END, joinAt: null, leaveAt: END });
});
