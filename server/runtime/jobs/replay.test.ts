import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  clock,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { record, unreadableArrival } from "#server/ingest/testing/recorder.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import {
  deliverBodies,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { replay, UnknownMeeting } from "./replay.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  account = await app.account();
});

const quiet = () => undefined;
/** Replays on the same day. */
const then = { now: () => clock("15:00") };

function deliver(room: string, ...lines: Parameters<typeof minutes>): Promise<string[]> {
  return deliverBodies(app, account, room, minutes(...lines));
}

const TABLES = ["events", "meetings", "attendances", "waits", "rooms", "deliveries"] as const;

/** All stored rows, but without `stale_at`, which may be sooner than necessary. */
async function everything(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await app.database.orm.execute<{ line: string }>(
      sql`select (to_jsonb(t) - 'stale_at')::text as line from ${sql.identifier(table)} t order by 1`,
    );
    all[table] = rows.map(({ line }) => line);
  }
  return all;
}

/** Changes recorded events to what an older translation would have recorded. */
async function mistranslate(change: ReturnType<typeof sql>): Promise<void> {
  await app.database.orm.transaction(async (tx) => {
    await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
    await tx.execute(change);
  });
}

interface Line extends Record<string, unknown> {
  id: string;
  seq: number;
  line: string;
}

/** The events of a room in the order of its meetings. */
async function eventsOf(room: string): Promise<Line[]> {
  const rows = await app.database.orm.execute<Line>(sql`
    select m.id, e.seq, e.type || ' ' || coalesce(e.data ->> 'name', '') as line
    from rooms r join meetings m on m.room_id = r.id join events e on e.meeting_id = m.id
    where r.source_id = ${account.id} and r.key = ${room} order by m.first_at, e.seq`);
  return [...rows];
}

async function meetingIn(room: string): Promise<Record<string, unknown>> {
  const [row] = await app.database.orm.execute(sql`
    select m.id, m.seq, m.present_count, m.waiting_count, m.people_count, m.status
    from meetings m join rooms r on r.id = m.room_id
    where r.source_id = ${account.id} and r.key = ${room} and m.merged_into is null`);
  return row ?? {};
}

describe("a replay of correct events", () => {
  test("changes nothing: neither ids nor seqs nor anything else", async () => {
    await deliver("ward", ["10:00", joins("Ada", { host: true })], ["10:01", knocks("Bo")]);
    await deliver(
      "ward",
      ["10:02", stopsWaiting("Bo", { since: "10:01" })],
      ["10:02", joins("Bo")],
    );
    await deliver("ward", ["10:04", leaves("Ada", { joinedAt: "10:00" })]);
    await deliver("ward", ["11:00", joins("Cy")], ["11:30", leaves("Cy", { joinedAt: "11:00" })]);
    // A late event, which made one meeting of two.
    await deliver("hall", ["10:00", joins("Ada")], ["10:05", leaves("Ada", { joinedAt: "10:00" })]);
    await deliver("hall", ["10:20", joins("Bo")]);
    await deliver("hall", ["10:21", leaves("Cy", { joinedAt: "10:04" })]);
    const before = await everything();
    const done = await replay(app.database, null, quiet, then);
    expect(done).toEqual({ rooms: 2, deliveries: 11, changed: 0, read: 0 });
    expect(await everything()).toEqual(before);
  });
});

describe("a replay of wrong events", () => {
  test("corrects them, and running it again changes nothing more", async () => {
    await deliver("ward", ["10:00", joins("Ada")], ["10:01", joins("Bo")]);
    await mistranslate(sql`
      update events set type = 'knocked', data = data || '{"name":"Wrong"}'
      where participant_id = 'Bo' and meeting_id in
        (select id from meetings where source_id = ${account.id})`);
    const { changed } = await replay(app.database, null, quiet, then);
    expect(changed).toBe(1);
    expect((await eventsOf("ward")).map(({ line }) => line).toSorted()).toEqual([
      "joined Ada",
      "joined Bo",
    ]);
    expect(await meetingIn("ward")).toMatchObject({ seq: 2, present_count: 2, waiting_count: 0 });
    const before = await everything();
    expect(await replay(app.database, null, quiet, then)).toMatchObject({ changed: 0 });
    expect(await everything()).toEqual(before);
  });

  test("leads the address of a meeting that is replaced to the new one", async () => {
    await deliver("ward", ["10:00", joins("Ada")], ["10:01", joins("Bo")]);
    const before = (await meetingIn("ward"))["id"];
    await mistranslate(sql`
      update events set at = at - 3600000 where participant_id = 'Bo' and meeting_id = ${before}`);
    await replay(app.database, null, quiet, then);
    const after = await meetingIn("ward");
    expect((await eventsOf("ward")).map(({ seq }) => seq)).toEqual([1, 2]);
    const [row] = await app.database.orm.execute(
      sql`select coalesce(merged_into, id) as leads from meetings where id = ${before}`,
    );
    expect(row).toEqual({ leads: after["id"] });
  });

  test("of one meeting only leaves the other rooms as they are", async () => {
    await deliver("ward", ["10:00", joins("Ada")]);
    await deliver("hall", ["10:00", joins("Bo")]);
    await mistranslate(sql`
      update events set data = data || '{"name":"Wrong"}'
      where meeting_id in (select id from meetings where source_id = ${account.id})`);
    const { id } = await meetingIn("ward");
    const done = await replay(app.database, String(id), quiet, then);
    expect(done).toEqual({ rooms: 1, deliveries: 1, changed: 1, read: 0 });
    expect((await eventsOf("ward")).map(({ line }) => line)).toEqual(["joined Ada"]);
    expect((await eventsOf("hall")).map(({ line }) => line)).toEqual(["joined Wrong"]);
    await replay(app.database, null, quiet, then);
  });

  test.each(["nonsense", "", "00000000-0000-4000-8000-000000000000"])(
    "of the unknown meeting %j reports that there is none",
    async (id) => {
      await expect(replay(app.database, id, quiet, then)).rejects.toBeInstanceOf(UnknownMeeting);
    },
  );
});

/** A delivery without events, as if its translation had been missing when it came. */
async function unheard(room: string, status: "unreadable" | "ignored", at: string, name: string) {
  const event = joins(name)(clock(at));
  const projected = unreadableArrival(
    {
      sourceId: account.id,
      receivedAt: clock(at),
      status,
      type: "participant.joined",
      reason: status === "unreadable" ? "not yet known" : null,
      body: Buffer.from(bodyOf("daily", event, room, uuid())),
    },
    rules,
  );
  await record(app.database, [projected], clock(at));
}

describe("a delivery that could not be read when it came", () => {
  test("is recorded by a replay once it can be read, in its position", async () => {
    await deliver("ward", ["10:00", joins("Ada")], ["10:20", joins("Cy")]);
    await unheard("ward", "unreadable", "10:10", "Bo");
    await unheard("cellar", "ignored", "10:10", "Dee");
    const done = await replay(app.database, null, quiet, then);
    expect(done).toMatchObject({ changed: 0, read: 2 });
    expect(await meetingIn("ward")).toMatchObject({ seq: 3, present_count: 3 });
    expect(await meetingIn("cellar")).toMatchObject({ seq: 1, present_count: 1 });
    const rows = await app.database.orm.execute(sql`
      select status, reason from deliveries where source_id = ${account.id}`);
    expect(rows.every(({ status, reason }) => status === "recorded" && reason === null)).toBe(true);
    expect(await replay(app.database, null, quiet, then)).toMatchObject({ changed: 0, read: 0 });
  });

  test("and still cannot be stays as it is, with its reason", async () => {
    await post(app, account, "no JSON");
    await app.database.orm.execute(sql`
      update deliveries set reason = 'why' where source_id = ${account.id}`);
    await app.database.orm.execute(sql`
      update delivery_keys set key = ${uuid()} where source_id = ${account.id}`);
    expect(await replay(app.database, null, quiet, then)).toMatchObject({ read: 0 });
    const rows = await app.database.orm.execute(sql`
      select status, reason from deliveries where source_id = ${account.id}`);
    expect([...rows]).toEqual([{ status: "unreadable", reason: "why" }]);
  });

  test("is recorded with many others in one replay", async () => {
    for (let minute = 0; minute < 12; minute += 1) {
      await unheard(`room ${minute % 3}`, "unreadable", `10:${10 + minute}`, `Guest ${minute}`);
    }
    expect(await replay(app.database, null, quiet, then)).toMatchObject({ read: 12 });
    for (const room of ["room 0", "room 1", "room 2"]) {
      expect((await eventsOf(room)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    }
  });
});

test("a replay and the recording of two processes do not disturb each other", async () => {
  await unheard("ward", "unreadable", "10:00", "Early");
  const doors = [app, app.neighbour()];
  const guests = Array.from({ length: 60 }, (_, index) => index);
  let recorded = 0;
  const recording = Promise.all(
    doors.map(async (door, turn) => {
      for (const guest of guests.filter((number) => number % 2 === turn)) {
        const event = joins(`Guest ${guest}`)(clock("10:00") + guest * 1000);
        await deliverBodies(door, account, "ward", [event]);
        recorded += 1;
      }
    }),
  );
  let replays = 0;
  while (recorded < guests.length) {
    await replay(app.database, null, quiet, then);
    replays += 1;
  }
  await recording;
  await replay(app.database, null, quiet, then);
  expect(replays).toBeGreaterThan(1);
  expect((await eventsOf("ward")).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 61 }, (_, index) => index + 1),
  );
  expect(await meetingIn("ward")).toMatchObject({ seq: 61, present_count: 61, people_count: 61 });
});
