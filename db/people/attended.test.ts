import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { sources } from "#db/schema/accounts.ts";
import { people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { insertAll } from "#db/sql/batch.ts";
import { testDatabase } from "#db/testing/database.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import { withAttended, withJoinedParts } from "./attended.ts";

/*
 * What a joined person attended is computed twice: by `union` for one meeting, and in SQL for the sums over
 * all meetings. Both must give the same.
 */

let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  database = openDatabase((await testDatabase()).url, { max: 2 });
});
afterAll(async () => database.close());

/**
 * Visits of several people in one meeting, in small numbers, so that they touch, overlap and end before they
 * begin.
 */
const visits = fc.array(
  fc.record({
    joinedAt: fc.nat({ max: 30 }),
    leftAt: fc.option(fc.nat({ max: 30 }), { freq: 5 }),
  }),
  { maxLength: 4 },
);
const metArbitrary = fc.record({
  visits: fc.array(visits, { minLength: 1, maxLength: 3 }),
  graceMs: fc.constantFrom(0, 1, 5),
  /** Several rows of `people` that an operator joined, or several people of one name in the meeting. */
  isJoined: fc.boolean(),
});

test("the attended time of a joined person or of namesakes in a meeting is the union of their visits", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(metArbitrary, { minLength: 20, maxLength: 40 }), async (meetings) => {
      const rows = meetings.map((meeting) => ({ ...meeting, ...namesFor(meeting.visits) }));
      await store(rows);
      const [joinedParts, attended] = [
        withJoinedParts(rows.map(({ id }) => id)),
        withAttended(undefined),
      ];
      const rowsOfAttended = await database.orm.with(joinedParts, attended).select().from(attended);
      const byId = new Map(rowsOfAttended.map((row) => [row.id, row]));
      for (const { id, visits, graceMs, ...meeting } of rows) {
        expect(byId.get(id), JSON.stringify({ visits, graceMs })).toMatchObject({
          meetingId: meeting.meetingId,
          ...figuresOf(visits.flat(), graceMs),
        });
      }
    }),
    { numRuns: 6 },
  );
});

type Stay = Pick<Visit, "joinedAt" | "leftAt">;

function figuresOf(stays: readonly Stay[], graceMs: number) {
  const spans = union(
    stays.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })),
    graceMs,
  );
  const open = spans.filter(({ to }) => to === null);
  return {
    attendedMs: lengthMs(
      spans.filter(({ to }) => to !== null),
      0,
    ),
    openCount: open.length,
    openSum: open.reduce((sum, { from }) => sum + from, 0),
  };
}

function namesFor(visits: readonly unknown[]) {
  return { id: uuid(), meetingId: uuid(), sourceId: uuid(), parts: visits.map(() => uuid()) };
}

interface MetRow extends ReturnType<typeof namesFor> {
  visits: readonly (readonly Stay[])[];
  graceMs: number;
  isJoined: boolean;
}

const NOTHING = {
  ...{ sortKey: "", firstAt: 0, lastAt: 0, meetings: 1, namesakes: 0, attendedMs: 0, openCount: 0 },
  ...{ openSum: 0, waitCount: 0, admittedCount: 0, admittedMs: 0 },
};

async function store(rows: readonly MetRow[]): Promise<void> {
  const { orm } = database;
  await insertAll(
    orm,
    sources,
    rows.map(({ sourceId: id, graceMs }) => {
      return { id, provider: "daily", name: "Clinic", emptyGapMs: 0, graceMs };
    }),
  );
  await insertAll(
    orm,
    people,
    rows.flatMap(({ id, sourceId, parts, isJoined }) => {
      const one = (own: string, knownBy: "name" | "joined", partOf: string | null) => {
        return { ...NOTHING, id: own, sourceId, knownBy, partOf };
      };
      return isJoined
        ? [one(id, "joined", null), ...parts.map((part) => one(part, "name", id))]
        : [one(id, "name", null)];
    }),
  );
  await insertAll(
    orm,
    attendances,
    rows.flatMap(({ id, meetingId, parts, isJoined, visits, graceMs }) =>
      parts.map((part, index) => {
        const { attendedMs, openCount, openSum } = figuresOf(visits[index] ?? [], graceMs);
        return {
          ...{ meetingId, personId: part, identity: isJoined ? part : id, firstAt: 0, attendedMs },
          ...{ openSince: openCount > 0 ? openSum : null, status: "left" as const, isHost: false },
          ...{ identifiedBy: "name" as const, participantIds: [part], waits: [], tenures: [] },
          ...{ waitCount: 0, admittedCount: 0, admittedMs: 0 },
          visits: (visits[index] ?? []).map((stay): Visit => {
            const end = stay.leftAt === null ? null : "reported";
            return { ...stay, participantId: part, start: "reported", end };
          }),
        };
      }),
    ),
  );
}
