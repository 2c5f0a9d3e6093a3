import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { runs } from "#db/testing/runs.ts";
import { lateHistories } from "#domain/testing/heard-again.ts";
import {
  botRules,
  clock,
  ends,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  starts,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { ordersOf } from "#domain/testing/orders.ts";
import { miscounted } from "./testing/everybody.ts";
import { projectedRows, storedRows } from "./testing/projected-rows.ts";
import {
  arrival,
  openRecorder,
  type RuledArrival,
  record,
  type TestRecorder,
} from "./testing/recorder.ts";

const now = clock("13:00");
/** The same histories every run, so that a red run is about the change; change it to look at others. */
const SEED = 20_261_121;
let recorder: TestRecorder;
beforeAll(async () => {
  recorder = await openRecorder();
});
afterAll(async () => {
  expect(await miscounted(recorder.database)).toEqual([]);
  await recorder.close();
});

describe.each([
  { name: "a room parted by gaps", rules, bot: false },
  { name: "a bot's meeting", rules: botRules, bot: true },
  { name: "a room in which some are put away by hand", rules, bot: false, byHand: true },
  { name: "a bot's meeting in which some are", rules: botRules, bot: true, byHand: true },
])("recording $name", ({ rules, bot, byHand = false }) => {
  it("stores what the domain projects from the set, in any order, batches and repeats", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ bot, noteTakers: true, byHand, maxLength: 16 }).chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events.keys(), ...events.keys()], {
              minLength: events.length * 2,
            }),
            fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
          ),
        ),
        async ([events, order, sizes]) => {
          const source = await recorder.source();
          const all = order.flatMap((index) => {
            const event = events[index];
            return event ? arrival(source, "room", event, rules, `${source} ${index}`) : [];
          });
          for (let from = 0, turn = 0; from < all.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            await record(recorder.database, all.slice(from, from + size), now);
            from += size;
          }
          const storedNow = await storedRows(recorder.database, source);
          const projectedNow = projectedRows(events, rules, now);
          // How far back `recent` reaches depends on the event that came first.
          if (byHand) expect(withoutRecent(storedNow)).toEqual(withoutRecent(projectedNow));
          else expect(storedNow).toEqual(projectedNow);
          expect(await miscounted(recorder.database, source)).toEqual([]);
        },
      ),
      { seed: SEED, numRuns: runs(byHand ? 20 : 50) },
    );
  });
});

describe("recording by two processes at once", () => {
  it("stores what the domain projects from the set, whichever process takes a delivery, also when both do", async () => {
    const neighbour = openDatabase(recorder.url, { max: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(histories({ noteTakers: true, maxLength: 10 }), {
          minLength: 2,
          maxLength: 2,
        }),
        fc.infiniteStream(fc.nat({ max: 5 })),
        async (rooms, choice) => {
          const source = await recorder.source();
          const choose = () => choice.next().value ?? 0;
          const all = rooms.flatMap((events, room) =>
            events.map((event, index) =>
              arrival(source, `room ${room}`, event, rules, `${source} ${room} ${index}`),
            ),
          );
          const [mine, theirs]: [RuledArrival[], RuledArrival[]] = [[], []];
          for (const one of all.toSorted(() => choose() - 2.5)) {
            const who = choose();
            if (who < 4) mine.push(one);
            if (who > 1) theirs.push(one);
          }
          await Promise.all([
            inBatches(recorder.database, mine, 1 + choose()),
            inBatches(neighbour, theirs, 1 + choose()),
          ]);
          const expected = rooms.map((events) => projectedRows(events, rules, now));
          expect(sortedByTime(await storedRows(recorder.database, source))).toEqual(
            sortedByTime(expected.flat()),
          );
          expect(await miscounted(recorder.database, source)).toEqual([]);
        },
      ),
      { seed: SEED, numRuns: runs(20) },
    );
    await neighbour.close();
  });
});

function withoutRecent(meetings: Awaited<ReturnType<typeof storedRows>>) {
  return meetings.map(({ tally: { recent: _, ...tally }, ...meeting }) => ({ ...meeting, tally }));
}

async function inBatches(database: Database, all: RuledArrival[], size: number): Promise<void> {
  for (let from = 0; from < all.length; from += size) {
    await record(database, all.slice(from, from + size), now);
  }
}

function sortedByTime<T>(meetings: readonly T[]): T[] {
  const key = (meeting: T) => JSON.stringify(meeting);
  return meetings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

describe("small histories in every order", () => {
  const views: [string, Parameters<typeof minutes>][] = [
    [
      "a reconnect whose old leave comes late",
      [
        ["10:00", joins("Ada", { session: "1" })],
        ["10:10", leaves("Ada", { session: "1", joinedAt: "10:00" })],
        ["10:09:50", joins("Ada", { session: "2" })],
        ["10:30", leaves("Ada", { session: "2", joinedAt: "10:09:50" })],
      ],
    ],
    [
      "a knock, giving up, another knock and the admission",
      [
        ["10:00", knocks("Ada", { session: "1" })],
        ["10:05", stopsWaiting("Ada", { session: "1", since: "10:00" })],
        ["10:05:03", knocks("Ada", { session: "2" })],
        ["10:05:08", stopsWaiting("Ada", { session: "2", since: "10:05:03" })],
        ["10:05:09", joins("Ada", { session: "2" })],
      ],
    ],
    [
      "two meetings that a late leave makes one",
      [
        ["10:00", joins("Ada")],
        ["10:05", leaves("Ada", { joinedAt: "10:00" })],
        ["10:20", joins("Bo")],
        ["10:25", leaves("Bo", { joinedAt: "10:20" })],
        ["10:21", leaves("Cy", { joinedAt: "10:04" })],
      ],
    ],
    [
      "the provider's start and end around a person of whom only the leave came",
      [
        ["10:00", starts("m1")],
        ["10:30", ends("m1", "10:00")],
        ["10:29", leaves("Ada", { joinedAt: "10:00:00.400" })],
        ["11:00", knocks("Ada", { session: "again" })],
      ],
    ],
  ];

  it.each(views)(
    "%s",
    async (_, lines) => {
      const events = minutes(...lines);
      const expected = projectedRows(events, rules, now);
      const orders: [source: string, order: typeof events][] = [];
      for (const order of ordersOf(events)) orders.push([await recorder.source(), order]);
      // The first event of every order, then the second of each, and so on.
      for (const at of events.keys()) {
        const batch = orders.flatMap(([source, order]) =>
          order.slice(at, at + 1).map((event) => arrival(source, "room", event, rules)),
        );
        await record(recorder.database, batch, now);
      }
      for (const [source] of orders) {
        expect(await storedRows(recorder.database, source)).toEqual(expected);
      }
    },
    120_000,
  );
});

test.each(lateHistories)(
  "an event that shows what an earlier meeting was: %s",
  async (_, events) => {
    const source = await recorder.source();
    for (const event of events) {
      await record(recorder.database, [arrival(source, "room", event, rules)], now);
    }
    expect(await storedRows(recorder.database, source)).toEqual(projectedRows(events, rules, now));
  },
);

describe("recording", () => {
  it("returns the status of each delivery", async () => {
    const source = await recorder.source();
    const [joined] = minutes(["10:00", joins("Ada")]);
    if (!joined) throw new Error("no event");
    const one = arrival(source, "room", joined, rules, `${source} 1`);
    const ignored = arrival(source, "room", joined, rules, `${source} 2`);
    const batch = [
      one,
      { ...ignored, about: null, delivery: { ...ignored.delivery, status: "ignored" as const } },
      one,
    ];
    expect(await record(recorder.database, batch, now)).toEqual([
      "recorded",
      "ignored",
      "repeated",
    ]);
    const [row] = await recorder.database.orm.execute(
      sql`select sum(repeats)::int as repeats, count(*)::int as kept from deliveries where source_id = ${source}`,
    );
    expect(row).toEqual({ repeats: 1, kept: 2 });
  });

  it("takes as many statements for a hundred rooms as for one", async () => {
    const asked: string[] = [];
    const logger = { logQuery: (text: string) => void asked.push(text) };
    const counted = openDatabase(recorder.url, { max: 1, logger });
    const statements = async (rooms: number) => {
      const source = await recorder.source();
      const batch = Array.from({ length: rooms }, (_, room) =>
        minutes(["10:00", joins("Ada")], ["10:01", knocks("Bo")], ["10:02", leaves("Ada")]).map(
          (event) => arrival(source, `room ${room}`, event, rules),
        ),
      ).flat();
      const before = asked.length;
      await record(counted, batch, now);
      return asked.length - before;
    };
    // The first call also makes the month of its deliveries.
    await statements(1);
    const one = await statements(1);
    expect(one).toBeGreaterThan(5);
    expect(await statements(100)).toBe(one);
    await counted.close();
  });
});
