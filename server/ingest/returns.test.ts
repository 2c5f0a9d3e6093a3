import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { readToday } from "#server/live/snapshot.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("23:00") });
  app = await openTestApp();
});
beforeEach(async () => {
  account = await app.account();
});
afterAll(async () => {
  vi.useRealTimers();
  await app.close();
});

/** The waits of the account: `10:00 left`, `10:00 left, returned`. */
async function waits(): Promise<string[]> {
  const rows = await app.database.orm.execute<{ at: string; outcome: string; returned: boolean }>(
    sql`
      select to_char(to_timestamp(w.started_at / 1000) at time zone 'UTC', 'HH24:MI') as at,
        w.outcome, w.returned
      from waits w join meetings m on m.id = w.meeting_id
      where m.source_id = ${account.id} order by w.started_at`,
  );
  return rows.map(({ at, outcome, returned }) => `${at} ${outcome}${returned ? ", returned" : ""}`);
}

const gaveUp = minutes(
  ["10:00", knocks("Ada", { session: "1" })],
  ["10:05", stopsWaiting("Ada", { session: "1", since: "10:00" })],
);

const later = minutes(
  ["14:00", knocks("ADA", { session: "2" })],
  ["14:01", joins("ADA", { session: "2" })],
);

/** Posts events one delivery after the other. */
async function postInTurn(events: readonly MeetingEvent[], room = "ward-7"): Promise<void> {
  for (const event of events) await deliverBodies(app, account, room, [event]);
}

describe("a person who gave up waiting and joined a later meeting of the room that day", () => {
  test.each([
    ["in the order it happened", [...gaveUp, ...later]],
    ["backwards", [...gaveUp, ...later].toReversed()],
    ["the later meeting first", [...later, ...gaveUp]],
  ])("came back, delivered %s", async (_, events) => {
    await postInTurn(events);
    expect(await waits()).toEqual(["10:00 left, returned", "14:00 admitted"]);
  });

  test("came back, delivered all at once", async () => {
    await deliverBodies(app, account, "ward-7", [...later, ...gaveUp]);
    expect(await waits()).toEqual(["10:00 left, returned", "14:00 admitted"]);
  });

  test("is not marked where both turn out to be one meeting, which shows it itself", async () => {
    await postInTurn([...gaveUp, ...later]);
    const bridge = minutes(["16:00", leaves("Bo", { session: "3", joinedAt: "10:01" })]);
    await postInTurn(bridge);
    expect(await waits()).toEqual(["10:00 came_back", "14:00 admitted"]);
  });

  test("is not another person, nor one in another room or on the day after", async () => {
    await postInTurn(gaveUp);
    await postInTurn(minutes(["14:00", joins("Bo", { session: "2" })]));
    await postInTurn(minutes(["14:00", joins("Ada", { session: "2" })]), "ward-8");
    await postInTurn(minutes(["24:30", joins("Ada", { session: "3" })]));
    expect(await waits()).toEqual(["10:00 left"]);
  });

  test("is recognised by the user id where there is one, and then not by the name", async () => {
    await postInTurn(
      minutes(
        ["10:00", knocks("Ada", { session: "1", user: "ada" })],
        ["10:05", stopsWaiting("Ada", { session: "1", user: "ada", since: "10:00" })],
        ["14:00", joins("Ada", { session: "2" })],
      ),
    );
    expect(await waits()).toEqual(["10:00 left"]);
    await postInTurn(minutes(["18:00", joins("A. L.", { session: "3", user: "ada" })]));
    expect(await waits()).toEqual(["10:00 left, returned"]);
  });

  test("counts among those of today who came back", async () => {
    const before = await readToday(app.database.orm, clock("23:00"));
    await postInTurn([...gaveUp, ...later]);
    const today = await readToday(app.database.orm, clock("23:00"));
    expect(today.came_back - before.came_back).toBe(1);
    expect(today.really_lost - before.really_lost).toBe(0);
    expect(today.left_before_admitted - before.left_before_admitted).toBe(1);
  });
});
