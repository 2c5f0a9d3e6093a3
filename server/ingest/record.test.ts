import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { meetingsAround } from "#db/recording/meetings.ts";
import { attendanceOf, attendancesOf, waitsOf } from "#db/recording/people.ts";
import type { MeetingEvent } from "#domain/event.ts";
import { partMeetings } from "#domain/room.ts";
import type { Rules } from "#domain/rules.ts";
import { tallyOf } from "#domain/tally.ts";
import {
  botRules,
  clock,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
} from "#domain/testing/history.ts";
import { record } from "./record.ts";
import { arrival, openRecorder, type Recorder } from "./testing/recorder.ts";

const now = clock("13:00");
/** The same histories every run, so that a red run is about the change; change it to look at others. */
const SEED = 20_261_121;
let recorder: Recorder;
beforeAll(async () => {
  recorder = await openRecorder();
});
afterAll(() => recorder.close());

/** What is kept of a room, without ids and places: meetings in time order with their people and waits. */
async function kept(sourceId: string) {
  return recorder.database.transaction(async (tx) => {
    const rooms = await tx.execute<{ id: number }>(
      sql`select id from rooms where source_id = ${sourceId}`,
    );
    const around = rooms.map(({ id }) => ({ roomId: id, from: 0, to: null }));
    const meetings = await meetingsAround(tx, around);
    const ids = meetings.map(({ id }) => id);
    const events = await eventsOfMeetings(tx, ids);
    const people = await attendancesOf(tx, ids);
    const waits = await tx.execute<Record<string, unknown>>(sql`
      select meeting_id as "meetingId", participant_id as "participantId", started_at as "startedAt",
        person_id as "personId", name, ended_at as "endedAt", outcome, inferred from waits`);
    return meetings.map(({ id, seq, tally }) => {
      const own = events.filter(({ meetingId }) => meetingId === id);
      expect(own.map((event) => event.seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
      const { staleAt: _s, lastOutAt: _l, whole: _w, ...told } = tally;
      return {
        tally: told,
        people: sorted(people.filter(({ meetingId }) => meetingId === id).map(bare)),
        waits: sorted(waits.filter(({ meetingId }) => meetingId === id).map(bare)),
        who: sorted([...new Set(own.map(({ event, personId }) => `${who(event)} ${personId}`))]),
      };
    });
  });
}

/** The same, told at once from the set of events by the domain alone. */
function told(events: MeetingEvent[], rules: Rules) {
  return partMeetings(events, rules, now).map((part) => {
    const { story, tally } = tallyOf(part, rules, now);
    const rows = story.people.map((person) => attendanceOf("", person));
    const people = new Map(
      story.people.flatMap(({ id, participantIds }) => participantIds.map((p) => [p, id])),
    );
    const { staleAt: _s, lastOutAt: _l, whole: _w, ...rest } = tally;
    return {
      tally: rest,
      people: sorted(rows.map(bare)),
      waits: sorted(rows.flatMap(waitsOf).map(bare)),
      who: sorted([
        ...new Set(part.map((event) => `${who(event)} ${people.get(who(event)) ?? null}`)),
      ]),
    };
  });
}

function who(event: MeetingEvent): string {
  return "participantId" in event ? event.participantId : "";
}

function bare(row: object): Record<string, unknown> {
  const { meetingId: _, ...rest } = { meetingId: "", ...row };
  return rest;
}

function sorted<T>(rows: T[]): T[] {
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

function text(row: unknown): string {
  if (typeof row !== "object" || row === null) return String(row);
  return JSON.stringify(Object.entries(row).toSorted(([x], [y]) => (x < y ? -1 : 1)));
}

describe.each([
  { name: "a room parted by gaps", rules, bot: false },
  { name: "a bot's meeting", rules: botRules, bot: true },
])("recording $name", ({ rules, bot }) => {
  it("keeps what the domain tells of the set, whatever the order, batches and repeats", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ bot, maxLength: 16 }).chain((events) =>
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
          expect(await kept(source)).toEqual(told(events, rules));
        },
      ),
      { seed: SEED, numRuns: 250 },
    );
  }, 120_000);
});

describe("recording", () => {
  it("answers what became of each delivery", async () => {
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
    const statements = async (rooms: number) => {
      const source = await recorder.source();
      const batch = Array.from({ length: rooms }, (_, room) =>
        minutes(["10:00", joins("Ada")], ["10:01", knocks("Bo")], ["10:02", leaves("Ada")]).map(
          (event) => arrival(source, `room ${room}`, event, rules),
        ),
      ).flat();
      const { database, count } = counting(recorder.database);
      await record(database, batch, now);
      return count();
    };
    const one = await statements(1);
    expect(one).toBeGreaterThan(5);
    expect(await statements(100)).toBe(one);
  });
});

/** The same database, and how many statements went to it. */
function counting(database: Database): { database: Database; count: () => number } {
  let statements = 0;
  return {
    count: () => statements,
    database: {
      ...database,
      transaction: (work) =>
        database.transaction((tx) =>
          work({
            execute: (query) => {
              statements += 1;
              return tx.execute(query);
            },
          }),
        ),
    },
  };
}
