import fc from "fast-check";
import { expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { clock, rules } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { KnownStay } from "./known.ts";
import { type FoundStay, missingEvents } from "./missing.ts";

const NOW = clock("12:00");

/** Stays from ten to noon, some of which go on. */
const stays = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 5_000 }),
      lengthS: fc.option(fc.integer({ min: 1, max: 2_000 })),
      person: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) =>
    all.map(({ from, lengthS, person }, index): FoundStay => {
      const joinedAt = clock("10:00") + from * 1_000;
      return {
        ...{ participantId: `c${index}`, userId: `u${person}`, name: `Person ${person}`, joinedAt },
        leftAt: lengthS === null ? null : joinedAt + lengthS * 1_000,
      };
    }),
  );

/** A stay in the words of a webhook. */
function told({ joinedAt, leftAt, ...who }: FoundStay): MeetingEvent[] {
  const about = { ...who, isHost: null };
  return [
    { type: "joined", at: joinedAt, ...about },
    ...(leftAt === null ? [] : [{ type: "left" as const, at: leftAt, joinedAt, ...about }]),
  ];
}

function project(events: readonly MeetingEvent[], now: Ms) {
  return projectMeeting(events, rules, now).people;
}

/** What people see of everybody; when a connection was last heard of matters only where its end is not known. */
function shown(events: readonly MeetingEvent[]) {
  return project(events, NOW).map(({ participants, ...person }) => person);
}

function knownFrom(events: readonly MeetingEvent[]): KnownStay[] {
  return project(events, NOW).flatMap(({ visits }) =>
    visits.map(({ participantId, joinedAt, leftAt, end }) => {
      return { participantId, joinedAt, leftAt, isEndTold: end === "reported", isHost: null };
    }),
  );
}

/** What really happened, and what was told of it. */
const lossy = stays.chain((all) => {
  const events = all.flatMap(told);
  return fc.record({
    all: fc.constant(all),
    events: fc.constant(events),
    heard: fc.subarray(events),
  });
});

test("whatever was lost, what is told and what was missing come to what nothing lost would have", () => {
  fc.assert(
    fc.property(lossy, ({ all, events, heard }) => {
      const missing = missingEvents(all, knownFrom(heard));
      expect(shown([...heard, ...missing])).toEqual(shown(events));
    }),
  );
});

test("what was told is not told again, and after it was added nothing is missing", () => {
  fc.assert(
    fc.property(lossy, ({ all, events, heard }) => {
      expect(missingEvents(all, knownFrom(events))).toEqual([]);
      const missing = missingEvents(all, knownFrom(heard));
      expect(missingEvents(all, knownFrom([...heard, ...missing]))).toEqual([]);
      for (const event of missing) expect(heard).not.toContainEqual(event);
    }),
  );
});

test("an end that was told stands, whatever the API says of it", () => {
  fc.assert(
    fc.property(stays, fc.integer({ min: -40, max: 40 }), (all, offS) => {
      const off = all.map((stay) => {
        const leftAt = stay.leftAt === null ? null : stay.leftAt + offS * 1_000;
        return { ...stay, joinedAt: stay.joinedAt + offS * 1_000, leftAt };
      });
      expect(missingEvents(off, knownFrom(all.flatMap(told)))).toEqual([]);
    }),
  );
});
