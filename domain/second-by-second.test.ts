import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "./event.ts";
import { type MeetingStory, tellMeeting } from "./meeting.ts";
import { partMeetings } from "./room.ts";
import { attendedMs } from "./story.ts";
import { clock, rules } from "./testing/history.ts";

/*
 * The same facts told by another, slower way: who was where in every single second, on a board with a row
 * per person. Nothing here uses an interval.
 */

const LENGTH = 3600;
const START = clock("10:00");
const now = START + LENGTH * 1000;
const GRACE = rules.graceMs / 1000;
const GAP = rules.emptyGapMs / 1000;
const USERS = ["ada", "bo", "cy"];

interface Stay {
  user: string;
  session: string;
  from: number;
  /** `null` while it lasts. */
  to: number | null;
  /** The leave says when it began, and is all that is heard. */
  isLeaveOnly: boolean;
}

const stays: fc.Arbitrary<Stay[]> = fc
  .array(
    fc.record({
      user: fc.constantFrom(...USERS),
      from: fc.oneof(
        fc.integer({ min: 0, max: LENGTH - 1 }),
        fc.integer({ min: 0, max: 30 }).map((n) => n * 60),
      ),
      length: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 1500 })),
      isOpen: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      isLeaveOnly: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) =>
    all.map(({ user, from, length, isOpen, isLeaveOnly }, index) => ({
      user,
      session: `s${index}`,
      from,
      to: isOpen || from + length > LENGTH ? null : from + length,
      isLeaveOnly: isLeaveOnly && !isOpen && from + length <= LENGTH,
    })),
  );

function eventsOf({ user, session, from, to, isLeaveOnly }: Stay): MeetingEvent[] {
  const who = { participantId: session, userId: user, name: user, isHost: null };
  const joinedAt = START + from * 1000;
  const joined: MeetingEvent = { type: "joined", at: joinedAt, ...who };
  if (to === null) return [joined];
  const left: MeetingEvent = { type: "left", at: START + to * 1000, joinedAt, ...who };
  return isLeaveOnly ? [left] : [joined, left];
}

/** Whether a user was in, second by second. */
function board(all: readonly Stay[], user: string): boolean[] {
  const row = Array.from({ length: LENGTH }, () => false);
  for (const stay of all) {
    if (stay.user === user) row.fill(true, stay.from, stay.to ?? LENGTH);
  }
  return row;
}

/** Fills what is empty for at most so many seconds between what is not. */
function bridged(row: readonly boolean[], most: number): boolean[] {
  const filled = [...row];
  let last: number | null = null;
  for (const [second, isIn] of row.entries()) {
    if (!isIn) continue;
    if (last !== null && second - last - 1 <= most) filled.fill(true, last, second);
    last = second;
  }
  return filled;
}

/** The stretches of a row, as [first second, second after the last]. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [second, isIn] of row.entries()) {
    const last = found.at(-1);
    if (!isIn) continue;
    if (last && last[1] === second) last[1] = second + 1;
    else found.push([second, second + 1]);
  }
  return found;
}

const told = (events: readonly MeetingEvent[]): MeetingStory[] =>
  partMeetings(events, rules, now).map((part) => tellMeeting(part, rules, now));

const cases = fc.tuple(stays, fc.infiniteStream(fc.nat({ max: 1000 }))).map(([all, order]) => {
  const events = all
    .flatMap(eventsOf)
    .map((event) => ({ event, key: order.next().value ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ event }) => event);
  return { all, events };
});

const law = (check: (all: Stay[], meetings: MeetingStory[]) => void) =>
  fc.assert(
    fc.property(cases, ({ all, events }) => check(all, told(events))),
    { seed: 20_261_121, numRuns: 300 },
  );

describe("second by second", () => {
  it("a room’s meetings are where it was never empty for longer than the gap", () => {
    law((all, meetings) => {
      const rows = USERS.map((user) => board(all, user));
      const anybody = Array.from({ length: LENGTH }, (_, second) =>
        rows.some((row) => row[second]),
      );
      const expected = runs(bridged(anybody, GAP));
      expect(
        meetings.map(({ startedAt, endedAt }) => [
          ((startedAt ?? 0) - START) / 1000,
          endedAt === null ? LENGTH : (endedAt - START) / 1000,
        ]),
      ).toEqual(expected);
    });
  });

  it("attended time is the seconds in, each once, with gaps up to the grace", () => {
    law((all, meetings) => {
      for (const user of USERS) {
        const row = board(all, user);
        for (const { people, startedAt, endedAt } of meetings) {
          const person = people.find(({ userId }) => userId === user);
          const from = ((startedAt ?? 0) - START) / 1000;
          const to = endedAt === null ? LENGTH : (endedAt - START) / 1000;
          const own = bridged(
            row.map((isIn, second) => isIn && second >= from && second < to),
            GRACE,
          );
          const seconds = own.filter(Boolean).length;
          expect(person ? attendedMs(person, now) / 1000 : 0).toBe(seconds);
        }
      }
    });
  });

  it("the people over time are how many were in at once, and the peak the most", () => {
    law((all, meetings) => {
      const rows = USERS.map((user) => board(all, user));
      const counts = Array.from(
        { length: LENGTH },
        (_, second) => rows.filter((row) => row[second]).length,
      );
      const drawn = Array.from({ length: LENGTH }, () => 0);
      for (const { steps, peak, startedAt, endedAt } of meetings) {
        for (const [index, { at, count }] of steps.entries()) {
          const next = steps[index + 1]?.at ?? endedAt ?? now;
          drawn.fill(count, (at - START) / 1000, (next - START) / 1000);
        }
        const own = counts.slice(
          ((startedAt ?? 0) - START) / 1000,
          ((endedAt ?? now) - START) / 1000,
        );
        expect(peak?.count).toBe(Math.max(...own));
        expect(counts[((peak?.at ?? 0) - START) / 1000]).toBe(peak?.count);
      }
      expect(drawn).toEqual(counts);
    });
  });
});
