import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joins, minutes } from "#domain/testing/history.ts";
import { arrivalData, attendeeBody, joinData } from "#server/providers/attendee/testing/sample.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import {
  answerOf,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const [adaJoins] = minutes(["10:00", joins("Ada")]);

function ada(id: string): string {
  if (!adaJoins) throw new Error("no event");
  return bodyOf("daily", adaJoins, "ward", id);
}

async function hand(...bodies: string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const body of bodies) answers.push(await answerOf(await post(app, account, body)));
  return answers;
}

/** What is stored of the account: deliveries with their repeats, and events. */
async function storedCounts(): Promise<{ deliveries: number; repeats: number; events: number }> {
  const [row] = await app.database.orm.execute<{
    deliveries: number;
    repeats: number;
    events: number;
  }>(sql`
    select count(*)::int as deliveries, coalesce(sum(repeats), 0)::int as repeats,
      (select count(*)::int from events e join meetings m on m.id = e.meeting_id
        where m.source_id = ${account.id}) as events
    from deliveries where source_id = ${account.id}`);
  if (!row) throw new Error("no row");
  return row;
}

describe("Daily", () => {
  beforeAll(async () => {
    account = await app.account("daily");
  });

  test("the same id again is repeated, one after the other", async () => {
    expect(await hand(ada("1"), ada("1"), ada("1"))).toEqual(["recorded", "repeated", "repeated"]);
    expect(await storedCounts()).toEqual({ deliveries: 1, repeats: 2, events: 1 });
  });

  test("the same occurrence by another configuration has another id, and is repeated too", async () => {
    expect(await hand(ada("another configuration"))).toEqual(["repeated"]);
    expect(await storedCounts()).toEqual({ deliveries: 1, repeats: 3, events: 1 });
  });

  test("in one batch, a hundred times by two configurations, it is recorded once", async () => {
    account = await app.account("daily");
    const bodies = Array.from({ length: 100 }, (_, index) => ada(`${index % 2}`));
    const answers = await Promise.all(
      bodies.map(async (body) => answerOf(await post(app, account, body))),
    );
    expect(answers.toSorted()).toEqual([
      "recorded",
      ...Array.from({ length: 99 }, () => "repeated"),
    ]);
    expect(await storedCounts()).toEqual({ deliveries: 1, repeats: 99, events: 1 });
  });

  test("by two processes at once, it is recorded once", async () => {
    account = await app.account("daily");
    const other = app.neighbour();
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) =>
        answerOf(await post(index % 2 ? other : app, account, ada(`${index % 4}`))),
      ),
    );
    expect(answers.filter((answer) => answer === "recorded")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "repeated")).toHaveLength(39);
    expect(await storedCounts()).toEqual({ deliveries: 1, repeats: 39, events: 1 });
  });

  test("for another source the same id is new", async () => {
    account = await app.account("daily");
    expect(await hand(ada("1"))).toEqual(["recorded"]);
  });

  test("an unreadable delivery is stored once", async () => {
    expect(await hand("no JSON", "no JSON", "still no JSON")).toEqual([
      "unreadable",
      "repeated",
      "unreadable",
    ]);
  });
});

describe("Attendee", () => {
  const join = (idempotency_key: string, data = {}) =>
    attendeeBody({
      trigger: "participant_events.join_leave",
      idempotency_key,
      data: { ...joinData, ...data },
    });
  const arrival = (idempotency_key: string) =>
    attendeeBody({ trigger: "bot.state_change", idempotency_key, data: arrivalData });

  beforeAll(async () => {
    account = await app.account("attendee");
  });

  test("two subscriptions with two idempotency keys report one event with one data.id", async () => {
    expect(await hand(join("first"), join("second"), join("first"))).toEqual([
      "recorded",
      "repeated",
      "repeated",
    ]);
    expect(await storedCounts()).toEqual({ deliveries: 1, repeats: 2, events: 1 });
  });

  test("another data.id is another event", async () => {
    expect(await hand(join("third", { id: "pe_2", participant_uuid: "other" }))).toEqual([
      "recorded",
    ]);
    expect((await storedCounts()).events).toBe(2);
  });

  test("a state change is identified by bot, time and type", async () => {
    expect(await hand(arrival("fourth"), arrival("fifth"))).toEqual(["recorded", "repeated"]);
    expect((await storedCounts()).events).toBe(3);
  });

  test("a retry whose metadata was changed meanwhile is a repeat", async () => {
    const changed = attendeeBody({
      trigger: "participant_events.join_leave",
      idempotency_key: "first",
      bot_metadata: { title: "Renamed" },
      data: joinData,
    });
    expect(await hand(changed)).toEqual(["repeated"]);
  });
});
