import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, rules } from "#domain/testing/history.ts";
import { type MeetingView, projectMeeting } from "./meeting.ts";
import { attendedMs } from "./person-view.ts";
import { partMeetings } from "./room.ts";

/*
 * The same facts computed in another, slower way: who was where in every single second, on a board with a
 * row per person. Nothing here uses an interval.
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
  /** Only the leave arrives, and it repeats when the stay began. */
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

/**
 * Whether a user is known to have been in, second by second: one who came in again was out before, since an
 * unknown time.
 */
function board(all: readonly Stay[], user: string): boolean[] {
  const row = Array.from({ length: LENGTH }, () => false);
  for (const stay of all) {
    if (stay.user === user) row.fill(true, stay.from, stay.to ?? forgottenAt(stay, all) ?? LENGTH);
  }
  return row;
}

/** The second an open stay is not known beyond: its first, where the user came in again later. */
function forgottenAt({ user, from }: Stay, all: readonly Stay[]): number | null {
  return all.some((other) => other.user === user && other.from > from) ? from : null;
}

/** When a user came in whose stay is unknown beyond that second. */
function momentsOf(all: readonly Stay[], user: string): number[] {
  return all.flatMap((stay) =>
    stay.user === user && stay.to === null ? (forgottenAt(stay, all) ?? []) : [],
  );
}

/** Whether the room may count as in use by a user without a reported leave, until they came in again. */
function possiblyIn(all: readonly Stay[], user: string): boolean[] {
  const row = Array.from({ length: LENGTH }, () => false);
  for (const stay of all) {
    if (stay.user !== user) continue;
    const anew = all.flatMap((other) =>
      other.user === user && other.from > stay.from ? other.from : [],
    );
    row.fill(true, stay.from, stay.to ?? Math.min(LENGTH, ...anew));
  }
  return row;
}

/**
 * Fills empty runs of at most so many seconds between others. At `moments` a person was known to be in, and
 * not for how long.
 */
function bridged(
  row: readonly boolean[],
  most: number,
  moments: readonly number[] = [],
): boolean[] {
  const filled = [...row];
  let last: number | null = null;
  for (const [second, isIn] of row.entries()) {
    if (!isIn && !moments.includes(second)) continue;
    if (last !== null && second - last <= most) filled.fill(true, last, second);
    last = isIn ? second + 1 : second;
  }
  return filled;
}

/** The runs of a row, as [first second, second after the last]. */
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

const views = (events: readonly MeetingEvent[]): MeetingView[] =>
  partMeetings(events, rules, now).map((part) => projectMeeting(part, rules, now));

const cases = fc.tuple(stays, fc.infiniteStream(fc.nat({ max: 1000 }))).map(([all, order]) => {
  const events = all
    .flatMap(eventsOf)
    .map((event) => ({ event, key: order.next().value ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ event }) => event);
  return { all, events };
});

const law = (check: (all: Stay[], meetings: MeetingView[]) => void) =>
  fc.assert(
    fc.property(cases, ({ all, events }) => check(all, views(events))),
    { seed: 20_261_121, numRuns: 300 },
  );

describe("second by second", () => {
  it("a room’s meetings are where it was never empty for longer than the gap", () => {
    law((all, meetings) => {
      const rows = USERS.map((user) => possiblyIn(all, user));
      const anybody = Array.from({ length: LENGTH }, (_, second) =>
        rows.some((row) => row[second]),
      );
      const expected = runs(bridged(anybody, GAP));
      expect(meetings.map(({ startedAt }) => ((startedAt ?? 0) - START) / 1000)).toEqual(
        expected.map(([from]) => from),
      );
    });
  });

  it("attended time is the seconds in, each once, with gaps up to the grace", () => {
    law((all, meetings) => {
      for (const user of USERS) {
        const row = board(all, user);
        for (const [index, { people, startedAt }] of meetings.entries()) {
          const person = people.find(({ userId }) => userId === user);
          const from = ((startedAt ?? 0) - START) / 1000;
          const to = ((meetings[index + 1]?.startedAt ?? now) - START) / 1000;
          const own = bridged(
            row.map((isIn, second) => isIn && second >= from && second < to),
            GRACE,
            momentsOf(all, user).filter((second) => second >= from && second < to),
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
      for (const [position, { steps, peak, startedAt }] of meetings.entries()) {
        const end = meetings[position + 1]?.startedAt ?? now;
        for (const [index, { at, count }] of steps.entries()) {
          const next = steps[index + 1]?.at ?? end;
          drawn.fill(count, (at - START) / 1000, (next - START) / 1000);
        }
        const own = counts.slice(((startedAt ?? 0) - START) / 1000, (end - START) / 1000);
        // A person who came in was there for a moment, also where it is not known for how long.
        expect(peak?.count).toBe(Math.max(1, ...own));
        const atPeak = counts[((peak?.at ?? 0) - START) / 1000] ?? 0;
        expect(Math.max(1, atPeak)).toBe(peak?.count);
      }
      expect(drawn).toEqual(counts);
    });
  });
});
