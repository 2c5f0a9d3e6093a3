import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lockRooms } from "#db/recording/rooms.ts";
import { unprojectedCount } from "#db/recording/unprojected.ts";
import { whileAway } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { arrivalData, attendeeBody, joinData } from "#server/providers/attendee/testing/sample.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  answerOf,
  deliverBodies,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { CROWD } from "./projecting.ts";

const MINUTE_MS = 60_000;

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
  app.now = clock("13:00");
});
beforeEach(async () => {
  account = await app.account();
});
afterEach(() => {
  app.log.length = 0;
});
afterAll(() => app.close());

const visit = minutes(
  ["10:00", knocks("Ada")],
  ["10:01", joins("Ada")],
  ["10:20", joins("Bo")],
  ["10:30", leaves("Ada")],
);

/** A process that keeps deliveries, and ends before it projects any. */
async function shortLived(): Promise<{ door: TestApp["door"] }> {
  const { door } = app.neighbour();
  await door.intake.projector.stop();
  return { door };
}

async function waits(): Promise<number> {
  return (await unprojectedCount(app.database.orm)).count;
}

async function statuses(of = account): Promise<Record<string, unknown>[]> {
  return app.database.orm.execute(sql`
    select status, reason, length(body) > 0 as "hasBody" from deliveries
    where source_id = ${of.id} order by id`);
}

describe("a stored delivery that is not projected", () => {
  test("is projected by the next process, once, as if nothing had happened", async () => {
    const undisturbed = await app.account();
    await deliverBodies(app, undisturbed, "ward", visit);
    await deliverBodies(await shortLived(), account, "ward", visit);
    expect(await waits()).toBe(visit.length);
    expect(await readModels(app.database, account.id)).toEqual([]);

    const [one, other] = [app.neighbour(), app.neighbour()];
    one.door.intake.projector.watch();
    other.door.intake.projector.watch();
    await eventually(async () => expect(await waits()).toBe(0));
    await Promise.all([one, other].map(({ door }) => door.intake.projector.stop()));
    expect(await readModels(app.database, account.id)).toEqual(
      await readModels(app.database, undisturbed.id),
    );
  });

  test("counts a repeat when it comes again, and is still projected", async () => {
    const gone = await shortLived();
    const [event] = visit;
    const body = event ? bodyOf("daily", event, "ward", "1") : "";
    expect(await answerOf(await post(gone, account, body))).toBe("recorded");
    expect(await answerOf(await post(app, account, body))).toBe("repeated");
    expect(await waits()).toBe(1);
    await app.neighbour().door.intake.projector.projectAll();
    expect(await waits()).toBe(0);
    expect(await readModels(app.database, account.id)).toContainEqual(
      expect.stringContaining("Ada"),
    );
  });

  test("is numbered in the order in which it came, however many come at once", async () => {
    const names = Array.from({ length: 40 }, (_, n) => `Guest ${n}`);
    const bodies = names.map((name) => named(joins(name)(clock("10:00")), "hall"));
    const gone = await shortLived();
    await Promise.all(bodies.map((body) => post(gone, account, body)));
    const stored = await app.database.orm.execute<{ body: string }>(sql`
      select convert_from(body, 'UTF8') as body from deliveries
      where source_id = ${account.id} order by id`);
    expect(stored.map(({ body }) => body)).toEqual(bodies);
    await app.neighbour().door.intake.projector.projectAll();
  });

  test("leaves no body where its room was erased meanwhile", async () => {
    account = await app.account("attendee");
    const data = { ...joinData, participant_name: "Ada", timestamp_ms: clock("10:00") };
    const trigger = "participant_events.join_leave";
    await post(await shortLived(), account, attendeeBody({ trigger, idempotency_key: "1", data }));
    const gone = {
      ...arrivalData,
      event_type: "data_deleted",
      new_state: "data_deleted",
      created_at: new Date(clock("12:00")).toISOString(),
    };
    await post(
      app,
      account,
      attendeeBody({ trigger: "bot.state_change", idempotency_key: "2", data: gone }),
    );
    await app.neighbour().door.intake.projector.projectAll();
    expect((await statuses()).map(({ status, hasBody }) => [status, hasBody])).toEqual([
      ["ignored", false],
      ["recorded", true],
    ]);
    expect((await readModels(app.database, account.id)).join("\n")).not.toContain("Ada");
  });

  test("is not projected by a process that did not take it out first", async () => {
    await deliverBodies(await shortLived(), account, "ward", visit);
    const projector = app.neighbour().door.intake.projector;
    await app.database.orm.execute(sql`delete from unprojected`);
    projector.add(
      (await statuses()).map((_, index) => {
        return { deliveryId: index, sourceId: account.id, room: "ward", about: null };
      }),
    );
    await projector.idle();
    expect((await readModels(app.database, account.id)).join("\n")).not.toContain("Ada");
  });
});

test("a reader waits for deliveries kept before, and for none that come meanwhile", async () => {
  const { door } = app.neighbour();
  const { projector } = door.intake;
  const go = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holding = app.database.transaction(async (tx) => {
    await lockRooms(tx, [{ sourceId: account.id, key: "held" }]);
    locked.resolve();
    await go.promise;
  });
  await locked.promise;
  const [event] = visit;
  const body = (room: string) => (event ? named(event, room) : "");
  await post({ door: unwaiting(door) }, account, body("ward"));
  const caughtUp = projector.caughtUp(MINUTE_MS);
  await post({ door: unwaiting(door) }, account, body("held"));
  await caughtUp;
  expect((await readModels(app.database, account.id)).join("\n")).toContain("ward");
  expect(await waits()).toBe(1);
  go.resolve();
  await holding;
  await projector.caughtUp(MINUTE_MS);
  expect(await waits()).toBe(0);
});

describe("a delivery that waits for a locked room", () => {
  test("delays no other, and is projected when the lock is released", async () => {
    await deliverBodies(app, account, "held", visit.slice(0, 1));
    const { door } = app.neighbour();
    const go = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = app.database.transaction(async (tx) => {
      await lockRooms(tx, [{ sourceId: account.id, key: "held" }]);
      locked.resolve();
      await go.promise;
    });
    await locked.promise;
    const held = deliverBodies({ door }, account, "held", visit.slice(1));
    const free = visit.map((event) =>
      post({ door: unwaiting(door) }, account, named(event, "free")),
    );
    expect(await Promise.all((await Promise.all(free)).map(answerOf))).not.toContain("503");
    await eventually(async () =>
      expect((await readModels(app.database, account.id)).join("\n")).toContain("free"),
    );
    go.resolve();
    await holding;
    expect(await held).toEqual(["recorded", "recorded", "recorded"]);
    expect(await waits()).toBe(0);
  });
});

/** Deliveries about one room; `FLOOD` sets more, and then prints how long a quiet room waited meanwhile. */
const FLOOD = Number(process.env["FLOOD"] ?? 800);

test("a flood into one room does not delay a quiet room", { timeout: 10 * MINUTE_MS }, async () => {
  const gone = await shortLived();
  const crowd = Array.from({ length: FLOOD }, (_, n) => joins(`Guest ${n}`)(clock("10:00") + n));
  for (let from = 0; from < crowd.length; from += 400) {
    const part = crowd
      .slice(from, from + 400)
      .map((event) => post(gone, account, named(event, "hall")));
    await Promise.all(part);
  }
  const { door } = app.neighbour();
  door.intake.projector.watch();
  const waited: number[] = [];
  for (let n = 0; n === 0 || (process.env["FLOOD"] && (await waits()) > 0); n += 1) {
    const beganAt = performance.now();
    const body = named(joins("Quiet")(clock("11:00") + n), "quiet");
    await post({ door: unwaiting(door) }, account, body);
    await eventually(async () => expect(await eventsIn("quiet")).toHaveLength(n + 1));
    waited.push(performance.now() - beganAt);
  }
  await eventually(async () => expect(await waits()).toBe(0));
  await door.intake.projector.stop();
  const [quiet = 0] = await eventsIn("quiet");
  expect(quiet).toBeLessThan(Math.max(...(await eventsIn("hall"))));
  if (process.env["FLOOD"]) expect(Math.max(...waited)).toBeLessThan(1_000);
});

test("while callers press, a room with few deliveries does not wait for the crowd of another", async () => {
  const { door } = app.neighbour();
  const crowd = async (round: number) => {
    const bodies = Array.from({ length: 2 * CROWD }, (_, n) =>
      named(joins(`Guest ${round} ${n}`)(clock("10:00") + n), "hall"),
    );
    await Promise.all(bodies.map((body) => post({ door: unwaiting(door) }, account, body)));
  };
  await crowd(0);
  await post({ door: unwaiting(door) }, account, named(joins("Quiet")(clock("11:00")), "quiet"));
  let round = 0;
  while ((await eventsIn("quiet")).length === 0) await crowd(++round);
  await door.intake.projector.idle();
  expect(await eventsIn("hall")).toHaveLength(2 * CROWD * (round + 1));
  expect(await waits()).toBe(0);
});

/** The transactions in which the events of a room were written. */
async function eventsIn(room: string): Promise<number[]> {
  const rows = await app.database.orm.execute<{ by: number }>(sql`
    select e.xmin::text::float8 as by from events e join meetings m on m.id = e.meeting_id
    join rooms r on r.id = m.room_id where r.source_id = ${account.id} and r.key = ${room}`);
  return rows.map(({ by }) => by);
}

describe("a delivery that cannot be projected", () => {
  test("because its translation throws is stored as unreadable, and acknowledged", async () => {
    const source = await app.door.findSource("daily", account.id, app.now);
    if (source === null) throw new Error("no source");
    const read = (raw: Uint8Array) => {
      if (Buffer.from(raw).includes("Mallory")) throw new Error("a translation that is wrong");
      return source.provider.read(raw);
    };
    const door = {
      ...app.door,
      findSource: async () => ({ ...source, provider: { ...source.provider, read } }),
    };
    const names = ["Ada", "Mallory", "Bo"];
    const answers = await Promise.all(
      names.map(async (name) =>
        answerOf(await post({ door }, account, named(joins(name)(clock("10:00")), "ward"))),
      ),
    );
    expect(answers).toEqual(["recorded", "unreadable", "recorded"]);
    expect(await statuses()).toContainEqual({
      status: "unreadable",
      reason: expect.stringContaining("could not be read"),
      hasBody: true,
    });
  });

  test("because the database is away is projected when it is back", async () => {
    const { door } = await shortLived();
    await deliverBodies({ door }, account, "ward", visit);
    const projector = app.neighbour().door.intake.projector;
    const done = await whileAway(app.url, async () => {
      const all = projector.projectAll().catch(() => "away");
      return all;
    });
    expect(done).toBe("away");
    await projector.projectAll();
    expect(await waits()).toBe(0);
  });
});

function named(event: (typeof visit)[number], room: string): string {
  return bodyOf("daily", event, room, `${room} ${event.type} ${event.at} ${JSON.stringify(event)}`);
}

/** A door whose projections the test does not wait for. */
function unwaiting(door: TestApp["door"]): TestApp["door"] {
  const projector = Object.create(door.intake.projector, {
    idle: { value: async () => undefined },
  });
  return { ...door, intake: { ...door.intake, projector } };
}
