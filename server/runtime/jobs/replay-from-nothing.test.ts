import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replayAlone } from "#db/recording/replaying.ts";
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
  answerOf,
  deliverBodies,
  openTestApp,
  post,
  type TestApp,
} from "#server/testing/test-app.ts";
import { AnotherReplay, replay } from "./replay.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const quiet = () => undefined;
/** Replays on the same day. */
const then = { now: () => clock("15:00") };

/** Every read model, without ids and positions, which a projection gives out anew. */
async function readModels(): Promise<string[]> {
  const rows = await app.database.orm.execute<{ line: string }>(sql`
    select line from (
      select (to_jsonb(m) - 'id' - 'room_id' - 'seq' - 'stale_at' || jsonb_build_object('room', r.key))::text
        as line
      from meetings m join rooms r on r.id = m.room_id where merged_into is null
      union all
      select (to_jsonb(a) - 'meeting_id' || jsonb_build_object('room', r.key, 'at', m.first_at))::text
      from attendances a join meetings m on m.id = a.meeting_id join rooms r on r.id = m.room_id
      union all
      select (to_jsonb(w) - 'id' - 'meeting_id' - 'room_id' || jsonb_build_object('room', r.key, 'at', m.first_at))::text
      from waits w join meetings m on m.id = w.meeting_id join rooms r on r.id = m.room_id
      union all
      select (to_jsonb(e) - 'meeting_id' - 'seq' || jsonb_build_object('room', r.key, 'at', m.first_at))::text
      from events e join meetings m on m.id = e.meeting_id join rooms r on r.id = m.room_id
      union all
      select (to_jsonb(d) - 'id')::text from deliveries d
    ) t order by line`);
  return rows.map(({ line }) => line);
}

/** Leaves the database as after a restore of the sources and the deliveries alone. */
async function loseEverythingProjected(): Promise<void> {
  await app.database.orm.transaction(async (tx) => {
    await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
    for (const table of ["events", "attendances", "waits", "meetings", "rooms"]) {
      await tx.execute(sql`delete from ${sql.identifier(table)}`);
    }
  });
}

/** A delivery that could not be read when it came. */
async function unread(sourceId: string, body: string): Promise<void> {
  const receivedAt = clock("10:00");
  const delivery = unreadableArrival({ sourceId, receivedAt, body: Buffer.from(body) }, rules);
  await record(app.database, [delivery], receivedAt);
}

describe("a replay from nothing but the deliveries", () => {
  test("projects everything as it was", async () => {
    const account = await app.account();
    const deliver = (room: string, ...lines: Parameters<typeof minutes>) =>
      deliverBodies(app, account, room, minutes(...lines));
    await deliver(
      "ward",
      ["10:00", knocks("Ada")],
      ["10:03", stopsWaiting("Ada", { since: "10:00" })],
    );
    await deliver("ward", ["14:00", joins("ADA", { session: "2" })]);
    await deliver("hall", ["10:20", joins("Bo")], ["10:00", joins("Ada", { user: "u" })]);
    await deliver("hall", ["10:05", leaves("Ada", { user: "u", joinedAt: "10:00" })]);
    await deliver("hall", ["10:21", leaves("Cy", { joinedAt: "10:04" })]);
    const before = await readModels();
    await loseEverythingProjected();
    const { read } = await replay(app.database, null, quiet, then);
    expect(read).toBe(7);
    expect(await readModels()).toEqual(before);
    expect(await replay(app.database, null, quiet, then)).toMatchObject({ changed: 0, read: 0 });
    expect(await readModels()).toEqual(before);
  });

  test("is one at a time", async () => {
    await replayAlone(app.neighbour().database, async () => {
      const second = replay(app.database, null, quiet, then);
      await expect(second).rejects.toThrow(AnotherReplay);
    });
    await replay(app.database, null, quiet, then);
  });
});

describe("a delivery that could not be read when it came", () => {
  const ada = joins("Ada")(clock("10:00"));
  const eventTypesOf = async (sourceId: string) => {
    const rows = await app.database.orm.execute<{ type: string }>(sql`
      select e.type from events e join meetings m on m.id = e.meeting_id
      where m.source_id = ${sourceId}`);
    return rows.map(({ type }) => type);
  };

  test("gives one event where two configurations sent it, and the other counts as its repeat", async () => {
    const account = await app.account();
    await unread(account.id, bodyOf("daily", ada, "ward", "first configuration"));
    await unread(account.id, bodyOf("daily", ada, "ward", "second configuration"));
    await replay(app.database, null, quiet, then);
    expect(await eventTypesOf(account.id)).toEqual(["joined"]);
    const stored = await app.database.orm.execute(sql`
      select status, repeats, room from deliveries where source_id = ${account.id}`);
    expect([...stored]).toEqual([{ status: "recorded", repeats: 1, room: "ward" }]);
  });

  test("is recognised when it comes again, and when it had come again meanwhile", async () => {
    const account = await app.account();
    const body = bodyOf("daily", ada, "ward", "one");
    await unread(account.id, body);
    await replay(app.database, null, quiet, then);
    expect(await answerOf(await post(app, account, body))).toBe("repeated");

    const other = await app.account();
    await unread(other.id, body);
    expect(await answerOf(await post(app, other, body))).toBe("recorded");
    await replay(app.database, null, quiet, then);
    expect(await eventTypesOf(other.id)).toEqual(["joined"]);
    expect(await answerOf(await post(app, other, body))).toBe("repeated");
  });
});
