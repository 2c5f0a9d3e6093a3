import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { meetingsByIds } from "#db/meetings/meeting.ts";
import { figuresOf } from "#db/people/people-figures.ts";
import { countLeft } from "#db/recording/left.ts";
import { listWaits } from "#db/waits/list-waits.ts";
import { countLost, countWaitsByMeeting, countWaitsIn } from "#db/waits/waiting.ts";
import { OUTCOMES } from "#domain/meeting/wait.ts";
import { leftCountsOf } from "#domain/meetings/left-counts.ts";
import { lastLostOf, type WaitSomewhere } from "#domain/people/people-left.ts";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { countWaits, isLeftBeforeAdmitted, isReallyLost } from "#domain/waits/wait-count.ts";
import { leftBeforeAdmitted } from "#domain/waits/waiting.ts";
import { DEFAULT_TARGET_MS, isWaitingTab, WAITING_TABS } from "#domain/waits/waiting-page.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";

/*
 * The database counts and selects waits exactly as the functions of the domain do, on the same random waits.
 */

interface StoredWait extends WaitSomewhere {
  meetingId: string;
}

const ROOMS = ["east", "west"];
const PEOPLE = ["ona", "pim", "quy"];
const START = clock("8:00");

const drawn = fc.record({
  room: fc.constantFrom(...ROOMS),
  person: fc.constantFrom(...PEOPLE),
  day: fc.integer({ min: 0, max: 3 }),
  second: fc.integer({ min: 0, max: 7_200 }),
  lasted: fc.oneof(
    fc.integer({ min: 0, max: 20_000 }),
    fc.integer({ min: 0, max: 600_000 }),
    fc.constantFrom(DEFAULT_TARGET_MS, DEFAULT_TARGET_MS + 1, 10_000),
  ),
  outcome: fc.constantFrom(...OUTCOMES),
  returned: fc.boolean(),
});

let app: TestApp;
let stored: StoredWait[];
let ids: string[];
let identities: Map<string, string>;
beforeAll(async () => {
  app = await openTestApp();
  const { sql: run } = app.database;
  const { id: source } = await app.account();
  const rooms = await run<{ id: number; key: string }[]>`
    insert into rooms (source_id, key) select ${source}, k from unnest(${ROOMS}::text[]) k
    returning id, key`;
  const meetings = await run<{ id: string; room: number; day: number }[]>`
    insert into meetings (id, room_id, source_id, status, started_at, ended_at, first_at)
    select gen_random_uuid(), r.id, r.source_id, 'ended', t, t + 10800000, t
    from rooms r, generate_series(0, 3) d, lateral (select ${START}::bigint + d * 86400000 as t) x
    returning id, room_id as room, ((first_at - ${START}) / 86400000)::int as day`;
  ids = meetings.map(({ id }) => id);
  const people = await run<{ id: string; key: string }[]>`
    insert into people (id, source_id, known_by, name, name_key, sort_key, first_at, last_at, meetings,
      namesakes, attended_ms, open_count, open_sum, wait_count, admitted_count, admitted_ms)
    select gen_random_uuid(), ${source}, 'name', k, k, k, 0, 0, 1, 0, 0, 0, 0, 9, 0, 0
    from unnest(${PEOPLE}::text[]) k returning id, name_key as key`;
  identities = new Map(people.map(({ id, key }) => [key, id]));
  const roomOf = new Map(rooms.map(({ id, key }) => [key, id]));
  const waits = fc.sample(drawn, { numRuns: 600, seed: 7 }).map((wait, index) => {
    const startedAt: Ms = START + wait.day * 86_400_000 + wait.second * 1000;
    const roomId = roomOf.get(wait.room) ?? 0;
    return {
      meeting_id: meetings.find(({ room, day }) => room === roomId && day === wait.day)?.id ?? "",
      room_id: roomId,
      participant_id: `p${index}`,
      person_id: `n:${wait.person}`,
      identity: identities.get(wait.person) ?? "",
      name: wait.person,
      started_at: startedAt,
      ended_at: wait.outcome === "waiting" ? null : startedAt + wait.lasted,
      outcome: wait.outcome,
      inferred: wait.outcome === "unknown",
      returned: wait.returned && (wait.outcome === "left" || wait.outcome === "short"),
      room: wait.room,
    };
  });
  await run`insert into waits ${run(waits.map(({ room: _, ...row }) => row))}`;
  stored = waits.map((row) => ({
    meetingId: row.meeting_id,
    room: row.room,
    person: row.person_id,
    participantId: row.participant_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.returned ? "came_back" : row.outcome,
  }));
  await app.database.transaction((tx) => countLeft(tx, ids));
});
afterAll(() => app.close());

const orm = () => app.database.orm;
const everywhere = { source: null, room: null, from: null, to: null };
const day = (n: number) => START + n * 86_400_000;

describe("for the same waits, database and domain agree", () => {
  test.each([60_000, DEFAULT_TARGET_MS, 14_400_000])("on the sums for %i ms", async (ms) => {
    expect(await countWaitsIn(orm(), everywhere, ms)).toEqual(countWaits(stored, ms));
    const scope = { source: null, room: "east", from: day(1), to: day(2) };
    const inScope = stored.filter(
      ({ room, startedAt }) => room === "east" && startedAt >= day(1) && startedAt < day(2),
    );
    expect(inScope.length).toBeGreaterThan(20);
    expect(await countWaitsIn(orm(), scope, ms)).toEqual(countWaits(inScope, ms));
  });

  test("on every meeting", async () => {
    const counts = await countWaitsByMeeting(orm(), ids);
    const byMeeting = Map.groupBy(stored, ({ meetingId }) => meetingId);
    expect(new Map(counts.map(({ meetingId, count }) => [meetingId, count]))).toEqual(
      new Map([...byMeeting].map(([id, own]) => [id, countWaits(own, DEFAULT_TARGET_MS)])),
    );
    for (const row of await meetingsByIds(orm(), ids)) {
      const own = byMeeting.get(row.id) ?? [];
      const people = [...Map.groupBy(own, ({ person }) => person).values()];
      expect(row.left).toEqual(leftCountsOf(people.map((waits) => ({ waits }))));
      expect(row.left.waitsLeftCount).toBe(
        leftBeforeAdmitted(countWaits(own, DEFAULT_TARGET_MS), "apart"),
      );
    }
  });

  test("on every person", async () => {
    const figures = await figuresOf(orm(), [...identities.values()], null);
    expect(figures).toHaveLength(PEOPLE.length);
    for (const { name, leftCount, lostMeetings } of figures) {
      const own = stored.filter(({ person }) => person === `n:${name}`);
      expect(leftCount).toBe(own.filter(isLeftBeforeAdmitted).length);
      expect(lostMeetings).toBe(
        new Set(own.filter(isReallyLost).map(({ meetingId }) => meetingId)).size,
      );
    }
  });

  test.each(WAITING_TABS)("on the waits shown as %s", async (shown) => {
    const targetMs = DEFAULT_TARGET_MS;
    const selection = {
      ...everywhere,
      shown,
      outcome: null,
      followUp: null,
      targetMs,
      weekHour: null,
    };
    const rows = await listWaits(orm(), selection, null, 1_000);
    const wanted = shown === "lost" ? lastLostOf(stored) : stored;
    expect(rows.map(({ participantId }) => participantId).toSorted()).toEqual(
      wanted
        .filter((wait) => isWaitingTab(wait, shown, targetMs))
        .map(({ participantId }) => participantId)
        .toSorted(),
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test("on the number of lost people", async () => {
    expect(await countLost(orm(), everywhere)).toBe(lastLostOf(stored).length);
    const scope = { ...everywhere, from: day(1), to: day(2) };
    const lost = lastLostOf(stored).filter(
      ({ startedAt }) => startedAt >= day(1) && startedAt < day(2),
    );
    expect(await countLost(orm(), scope)).toBe(lost.length);
    expect(lost.length).toBeGreaterThan(0);
  });
});
