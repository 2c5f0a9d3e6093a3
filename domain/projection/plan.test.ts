import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { overtakings, partMeetings } from "#domain/meeting/room.ts";
import { meetingTallyOf } from "#domain/meeting/tally.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { lateHistories } from "#domain/testing/heard-again.ts";
import { botRules, bySeveral, clock, histories, rules } from "#domain/testing/history.ts";
import { RoomInMemory } from "#domain/testing/memory.ts";
import { ordersOf } from "#domain/testing/orders.ts";
import { attendanceOf, waitStatesOf } from "./attendance.ts";

const now = clock("13:00");
/** The same histories every run; `HISTORIES` asks for more of them, `SEED` for others. */
const RUNS = Number(process.env["HISTORIES"] ?? 600);
const SEED = Number(process.env["SEED"] ?? 20_261_121);

/** The stored rows without ids, in a fixed order. */
function storedRows(memory: RoomInMemory) {
  return [...memory.meetings.values()].map(({ id, seq, tally }) => {
    const events = [...memory.events.values()].filter(({ meetingId }) => meetingId === id);
    const seqs = events.map((one) => one.seq).toSorted((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
    return comparable({
      tally,
      events: events.map(({ event }) => event),
      people: [...memory.attendances.values()].filter(({ meetingId }) => meetingId === id),
      waits: [...memory.waits.values()].filter(({ meetingId }) => meetingId === id),
    });
  });
}

/** The same, projected at once from the set of events. */
function projected(events: readonly MeetingEvent[], rules: Rules) {
  const parts = partMeetings(events, rules, now);
  const overtaken = overtakings(parts);
  return parts.map((part, index) => {
    const { view, tally } = meetingTallyOf(part, rules, now, overtaken[index]);
    const people = [...view.people, ...view.noteTakers].map((person) =>
      attendanceOf({ id: "", sourceId: "source", rules }, person, {
        person: (source, { knownBy, of }) => `${source} ${knownBy} ${of}`,
      }),
    );
    return comparable({
      tally,
      events: part,
      people,
      waits: people.flatMap((row) => waitStatesOf(row, 1)),
    });
  });
}

/**
 * How far back the recent headcount reaches, and which meetings need a rebuild, depends on the order of
 * arrival.
 */
function comparable({
  tally,
  events,
  people,
  waits,
}: {
  tally: object;
  events: readonly MeetingEvent[];
  people: readonly { meetingId: string }[];
  waits: readonly { meetingId: string }[];
}): string[] {
  const left = { ...tally, recent: null, staleAt: null, whole: null };
  const bare = people.map(({ meetingId: _, ...row }) => row);
  const stays = waits.map(({ meetingId: _, ...row }) => row);
  return [left, ...events, ...bare, ...stays].map((one) => JSON.stringify(one)).toSorted();
}

function sorted(meetings: readonly string[][]): string[] {
  return meetings.map((meeting) => meeting.join("\n")).toSorted();
}

describe.each([
  { name: "a room parted by gaps", rules, bot: false },
  { name: "a bot's meeting", rules: botRules, bot: true },
  { name: "a meeting of several bots", rules: botRules, bot: true, by: bySeveral },
])("the plan for $name", ({ rules, bot, by = (all) => all }) => {
  test("gives the projection of the whole set, in any order and batches", () => {
    const ways = { touched: 0, around: 0 };
    fc.assert(
      fc.property(
        by(histories({ bot, noteTakers: true, maxLength: 16 })).chain((events) =>
          fc.tuple(
            fc.shuffledSubarray(events, { minLength: events.length }),
            fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
          ),
        ),
        ([events, sizes]) => {
          const memory = new RoomInMemory(rules);
          for (let from = 0, turn = 0; from < events.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            const batch = events.slice(from, from + size);
            memory.project(
              batch.map((event) => ({ event, deliveryId: null })),
              now,
            );
            from += size;
          }
          expect(sorted(storedRows(memory))).toEqual(sorted(projected(events, rules)));
          ways.touched += memory.ways.touched;
          ways.around += memory.ways.around;
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
    // Both ways must be taken, or the test shows nothing about one of them.
    expect(ways.around).toBeGreaterThan(0);
    if (!bot) expect(ways.touched).toBeGreaterThan(0);
  });
});

test.each(lateHistories)("in every order: %s", (_, events) => {
  for (const order of ordersOf(events)) {
    const memory = new RoomInMemory(rules);
    for (const event of order) memory.project([{ event, deliveryId: null }], now);
    expect(sorted(storedRows(memory))).toEqual(sorted(projected(events, rules)));
  }
});
