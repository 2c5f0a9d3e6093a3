import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertEntry } from "#db/access/audit.ts";
import { issueStatement } from "#db/people/statements/statements.ts";
import { addClassList, rememberAlias } from "#db/scheduled/class-lists.ts";
import { addScheduled, changeScheduled, RoomErased } from "#db/scheduled/scheduled.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import { clock } from "#domain/testing/history.ts";
import { readMeeting } from "#server/live/meeting.ts";
import { checkStatement } from "#server/people/statements/check.ts";
import { stateAttendance } from "#server/people/statements/issue.ts";
import {
  arrivalData,
  attendeeBody,
  BOT,
  joinData,
} from "#server/providers/attendee/testing/sample.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { ADA } from "#server/testing/actor.ts";
import {
  answerOf,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { rebuildStale } from "./stale.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  account = await app.account("attendee");
});

const PRESENCE = "participant_events.join_leave";

function presence(kind: "join" | "leave", name: string, at: string): string {
  const data = {
    ...joinData,
    id: uuid(),
    event_type: kind,
    participant_name: name,
    participant_uuid: name,
    timestamp_ms: clock(at),
  };
  return attendeeBody({ trigger: PRESENCE, idempotency_key: uuid(), data });
}

function state(event_type: string, new_state: string, at: string): string {
  const created_at = new Date(clock(at)).toISOString();
  const data = { ...arrivalData, event_type, new_state, created_at };
  return attendeeBody({ trigger: "bot.state_change", idempotency_key: uuid(), data });
}

function speech(name: string): string {
  const data = { ...joinData, event_type: "speech_start", participant_name: name };
  const trigger = "participant_events.speech_start_stop";
  return attendeeBody({ trigger, idempotency_key: uuid(), data });
}

async function hand(...bodies: string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const body of bodies) answers.push(await answerOf(await post(app, account, body)));
  return answers;
}

const deleted = () => state("data_deleted", "data_deleted", "12:00");
const view = () => [
  state("joined_meeting", "joined_not_recording", "10:00"),
  presence("join", "Ada Lovelace", "10:01"),
  presence("join", "Grace Hopper", "10:02"),
  speech("Ada Lovelace"),
  presence("leave", "Ada Lovelace", "10:30"),
  state("meeting_ended", "post_processing", "10:40"),
];

/** Every stored text of the account, to look for names in. */
async function storedTexts(): Promise<string> {
  const rows = await app.database.orm.execute<{ line: string }>(sql`
    select row_to_json(e)::text as line from events e join meetings m on m.id = e.meeting_id
      where m.source_id = ${account.id}
    union all select row_to_json(a)::text from attendances a join meetings m on m.id = a.meeting_id
      where m.source_id = ${account.id}
    union all select row_to_json(s)::text from statements s
    union all select row_to_json(l)::text from audit_entries l
    union all select row_to_json(s)::text || row_to_json(e)::text from scheduled_meetings s
      join expected_people e on e.scheduled_id = s.id where s.source_id = ${account.id}
    union all select row_to_json(p)::text from people p where p.source_id = ${account.id}
    union all select row_to_json(l)::text from aliases l
    union all select row_to_json(k)::text from people_links k
    union all select row_to_json(m)::text from meetings m where m.source_id = ${account.id}
    union all select row_to_json(r)::text from rooms r where r.source_id = ${account.id}
    union all select convert_from(body, 'UTF8') || coalesce(reason, '') || coalesce(type, '')
      from deliveries where source_id = ${account.id}`);
  return rows.map(({ line }) => line).join("\n");
}

/** Notes that somebody took out what there is of Ada. */
async function noteEverything(meeting: string, hash: string): Promise<void> {
  const { orm, sql: ask } = app.database;
  const [person] = await ask<{ id: string }[]>`
    select id from people where name = 'Ada Lovelace' and source_id = ${account.id}`;
  const label = "Ada Lovelace";
  const abouts: Audited[] = [
    { kind: "person", id: person?.id ?? null, label },
    { kind: "meeting", id: meeting, label: "Call with Ada Lovelace" },
    { kind: "statement", id: hash, label },
  ];
  for (const about of abouts) {
    const details = { file: "record.csv", rows: 1, narrowed: [] };
    await insertEntry(orm, ADA, { action: "file.taken", about, details }, 0);
  }
}

interface Row extends Record<string, unknown> {
  id: string;
  status: string;
  people: number;
  peak: number | null;
  erased: boolean;
}

async function meetings(): Promise<Row[]> {
  const rows = await app.database.orm.execute<Row>(sql`
    select id, status, people_count as people, peak_count as peak, erased_at is not null as erased
    from meetings where source_id = ${account.id} and merged_into is null`);
  return [...rows];
}

describe("when Attendee says that a bot's data were deleted", () => {
  test("nothing of its people is left anywhere, the numbers stay, and the old address leads to them", async () => {
    await hand(...view());
    const [before] = await meetings();
    const named = { meetingId: before?.id ?? "", participantId: "Ada Lovelace" };
    const { orm } = app.database;
    const issuer: Parameters<typeof stateAttendance>[0] = {
      orm,
      store: (facts, made) => issueStatement(app.database, facts, made),
    };
    const issued = await stateAttendance(issuer, named, "the office", clock("11:00"));
    const statement = issued.kind === "issued" ? issued.statement : null;
    await noteEverything(before?.id ?? "", statement?.hash ?? "");
    expect(await storedTexts()).toContain("Grace Hopper");
    expect(await hand(deleted())).toEqual(["recorded"]);

    // The holder of the statement can still have it checked; only they have its names now.
    expect(statement?.facts?.person.name).toBe("Ada Lovelace");
    const held = { hash: statement?.hash ?? null, facts: statement?.facts ?? null };
    expect(await checkStatement(app.database, statement?.id ?? "", held)).toMatchObject({
      verdict: "erased",
      statement: { facts: null, erasedAt: clock("12:00") },
    });

    const kept = await storedTexts();
    for (const name of ["ada lovelace", "Ada", "Grace", "Lovelace", "Hopper"])
      expect(kept).not.toContain(name);
    const [after, ...others] = await meetings();
    expect(others).toEqual([]);
    expect(after).toMatchObject({ status: "ended", people: 2, peak: 2, erased: true });
    const answer = await readMeeting(before?.id ?? "", app.database.orm, clock("12:01"));
    expect(answer).toEqual({ kind: "merged", into: after?.id });
    expect(await readMeeting(after?.id ?? "", app.database.orm, clock("12:01"))).toMatchObject({
      kind: "found",
      facts: {
        seq: 1,
        events: [{ seq: 1, type: "data_deleted", data: { reason: "data_deleted" } }],
        erased: {
          at: new Date(clock("12:00")).toISOString(),
          reason: "data_deleted",
          started_at: new Date(clock("10:01")).toISOString(),
          ended_at: new Date(clock("10:40")).toISOString(),
          people_count: 2,
          peak: { count: 2 },
        },
      },
    });
  });

  test("the delivery that asked for it stays as the proof", async () => {
    await hand(...view(), deleted());
    const rows = await app.database.orm.execute<{ body: string }>(sql`
      select convert_from(body, 'UTF8') as body from deliveries
      where source_id = ${account.id} and body <> ''`);
    expect(rows.map(({ body }) => JSON.parse(body).data.event_type)).toEqual(["data_deleted"]);
  });

  test("later deliveries are ignored and wiped, also those that report no attendance", async () => {
    await hand(...view(), deleted());
    const late = presence("join", "Alan Turing", "10:10");
    expect(await hand(late, speech("Alan Turing"), late)).toEqual([
      "ignored",
      "ignored",
      "repeated",
    ]);
    expect(await hand(deleted())).toEqual(["repeated"]);
    expect(await hand(state("post_processing_completed", "ended", "12:05"))).toEqual(["ignored"]);
    expect(await storedTexts()).not.toContain("Turing");
    expect(await meetings()).toMatchObject([{ people: 2, peak: 2, erased: true }]);
  });

  test("in one batch with everything else, all is projected first and then erased", async () => {
    await Promise.all(
      [...view(), deleted()].map(async (body) => answerOf(await post(app, account, body))),
    );
    expect(await meetings()).toMatchObject([{ people: 2, peak: 2, erased: true }]);
    expect(await storedTexts()).not.toContain("Hopper");
  });

  test("the rosters of its room lose their names, not their number, and expect no person again", async () => {
    const scheduled = {
      sourceId: account.id,
      room: BOT,
      title: "With Ada",
      startsAt: clock("10:00"),
      endsAt: clock("11:00"),
      timeZone: "UTC",
      lateAfterMs: 0,
      verdictAfterMs: 0,
    };
    const person = { userId: "ada1815", email: "ada@example.org", role: "guest" } as const;
    const roster = [{ ...person, name: "Ada Lovelace" }];
    const expectThem = (room: string) =>
      addScheduled(app.database, { ...scheduled, room }, roster, "Mia", clock("09:00"));
    const id = await expectThem(BOT);
    await expectThem("bot_of_another_day");
    await hand(...view(), deleted());
    const rows = await app.database.orm.execute<{ text: string }>(sql`
      select row_to_json(s)::text || row_to_json(e)::text as text from scheduled_meetings s
      join expected_people e on e.scheduled_id = s.id
      where s.source_id = ${account.id} order by s.room <> ${BOT}`);
    expect(rows).toHaveLength(2);
    // As a whole word: an id may contain its letters.
    expect(rows[0]?.text).not.toMatch(/\bada\b|lovelace/i);
    expect(rows[1]?.text).toMatch(/ada lovelace/);
    await expect(expectThem(BOT)).rejects.toThrow(RoomErased);
    const again = { schedule: null, roster };
    await expect(changeScheduled(app.database, id, again, "Mia", 0)).rejects.toThrow(RoomErased);
  });

  test("a class list that nothing else uses loses them too, with the remembered matches", async () => {
    const { database } = app;
    const person = { userId: "ada1815", email: "ada@example.org", role: "guest" } as const;
    const roster = [{ ...person, name: "Ada Lovelace" }];
    const [own, shared] = await Promise.all(
      ["Lovelace class", "Shared class"].map((name) =>
        addClassList(database, name, roster, "Mia", clock("09:00")),
      ),
    );
    const lesson = {
      sourceId: account.id,
      title: null,
      startsAt: clock("10:00"),
      endsAt: clock("11:00"),
      timeZone: "UTC",
      lateAfterMs: 0,
      verdictAfterMs: 0,
    };
    const schedule = (room: string, classListId: string | undefined) =>
      addScheduled(database, { ...lesson, room, classListId: classListId ?? null }, [], "Mia", 0);
    await schedule(BOT, own);
    await schedule(BOT, shared);
    await schedule("bot_of_another_day", shared);
    const alias = { rosterId: own ?? "", entry: "u:ada1815", value: "lovelace phone" };
    const where = { seenAs: "Lovelace phone", sourceId: account.id, room: BOT };
    await rememberAlias(database, { ...alias, ...where, knownBy: "name" }, "Mia", 0);
    await hand(...view(), deleted());
    const kept = async (id: string | undefined) => {
      const rows = await database.orm.execute<{ text: string }>(sql`
        select coalesce(c.name, '') || row_to_json(e)::text as text
        from class_lists c join class_list_entries e on e.list_id = c.id where c.id = ${id}`);
      return rows.map(({ text }) => text).join();
    };
    expect(await kept(own)).not.toMatch(/\bada\b|lovelace/i);
    expect(await kept(own)).toContain("guest");
    expect(await kept(shared)).toContain("Ada Lovelace");
    const left = await database.orm.execute<{ text: string }>(sql`
      select row_to_json(a)::text as text from roster_aliases a
      union all select row_to_json(e)::text from expected_people e
      join scheduled_meetings s on s.id = e.scheduled_id
      where s.source_id = ${account.id} and s.room = ${BOT}`);
    expect(left).toHaveLength(2);
    expect(left.map(({ text }) => text).join()).not.toMatch(/\bada\b|lovelace/i);
  });

  test("another bot's people stay", async () => {
    const other = view().map((body) => body.replaceAll(BOT, "bot_other"));
    // `post` signs it, as another bot of the same account.
    await hand(...other, ...view(), deleted());
    expect((await meetings()).map(({ erased }) => erased).toSorted()).toEqual([false, true]);
    expect(await storedTexts()).toContain("Grace Hopper");
  });

  test("a replay and the clock leave it as it is", async () => {
    await hand(...view(), deleted());
    const before = await meetings();
    await replay(app.database, null, () => undefined);
    await rebuildStale(app.database, clock("12:00") + 100 * 3_600_000);
    expect(await meetings()).toEqual(before);
  });

  test("for a bot that is new, there is nothing to erase, and only the erasure to show", async () => {
    expect(await hand(deleted())).toEqual(["recorded"]);
    expect(await meetings()).toMatchObject([{ status: "ended", people: 0, erased: true }]);
    expect(await hand(presence("join", "Alan Turing", "10:10"))).toEqual(["ignored"]);
  });
});
