import fc from "fast-check";
import { expect, test } from "vitest";
import { TIMES } from "#domain/testing/expected.ts";
import { expectedAttendanceOf } from "./attendance.ts";
import { matchRoster } from "./roster-match.ts";
import type { ExpectedPerson } from "./scheduled.ts";
import { type SeenInMeeting, seenAt } from "./seen.ts";

const NAMES = [null, "Ada", "ADA ", "Bo", "iPhone", "ada@example.org"];
const USERS = [null, null, "u1", "u2", "ada@example.org"];
const minute = fc.integer({ min: -60, max: 120 }).map((n) => TIMES.startsAt + n * 60_000);
const interval = fc
  .tuple(minute, fc.option(fc.integer({ min: 0, max: 90 })))
  .map(([from, long]) => ({ from, to: long === null ? null : from + long * 60_000 }));

const anyone = fc
  .record({
    meetingId: fc.constantFrom("m1", "m2", "m3"),
    name: fc.constantFrom(...NAMES),
    userId: fc.constantFrom(...USERS),
    visits: fc.array(interval, { maxLength: 3 }),
    waits: fc.array(interval, { maxLength: 2 }),
    tenures: fc.array(interval, { maxLength: 1 }),
  })
  .map(
    (one): Omit<SeenInMeeting, "personId"> => ({
      ...one,
      visits: one.visits.map(({ from, to }) => ({
        joinedAt: from,
        leftAt: to,
        start: "reported" as const,
        end: to === null ? null : ("reported" as const),
      })),
      waits: one.waits.map(({ from, to }) => ({ startedAt: from, endedAt: to })),
      tenures: one.tenures.map((tenure) => ({ ...tenure, inferred: false })),
      joined: null,
    }),
  );
const people = fc
  .array(anyone, { maxLength: 8 })
  .map((all): SeenInMeeting[] => all.map((one, index) => ({ ...one, personId: `p${index}` })));
/** The same, where an operator joined some of them. */
const joined = fc
  .tuple(people, fc.array(fc.constantFrom(null, "x", "y"), { minLength: 8, maxLength: 8 }))
  .map(([rows, groups]) =>
    rows.map((row, index): SeenInMeeting => {
      const id = groups[index] ?? null;
      if (id === null) return row;
      return { ...row, joined: { id, nameKeys: ["ada", id], userIds: id === "x" ? ["u1"] : [] } };
    }),
  );
const lines = fc
  .array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      userId: fc.constantFrom(...USERS),
      email: fc.constantFrom(null, "ada@example.org"),
      role: fc.constantFrom("host" as const, "guest" as const),
    }),
    { maxLength: 6 },
  )
  .map((all): ExpectedPerson[] => all.map((one, index) => ({ ...one, position: index + 1 })));
const moment = minute.map((at) => at + 30_000);
const GRACE_MS = 30_000;
const attendanceOf = (roster: ExpectedPerson[], seen: SeenInMeeting[], now: number) =>
  expectedAttendanceOf({ times: TIMES, roster, aliases: [], seen, graceMs: GRACE_MS }, now);

test("every person seen is one line of the roster, or unmatched, and never both or twice", () => {
  fc.assert(
    fc.property(lines, joined, moment, (roster, rows, now) => {
      const seen = seenAt(rows, TIMES, GRACE_MS, now);
      const { matches, unmatched } = matchRoster(roster, seen);
      const found = [...matches.values()].map((match) => match.seen);
      expect(new Set([...found, ...unmatched])).toEqual(new Set(seen));
      expect(found.length + unmatched.length).toBe(seen.length);
    }),
  );
});

test("no two of one meeting are one person, and no one has two user ids", () => {
  fc.assert(
    fc.property(people, moment, (rows, now) => {
      for (const person of seenAt(rows, TIMES, GRACE_MS, now)) {
        expect(person.userIds.length).toBeLessThanOrEqual(1);
      }
      const one = rows.map((row) => ({ ...row, meetingId: "m1" }));
      const counted = one.filter((row) => seenAt([row], TIMES, GRACE_MS, now).length > 0);
      expect(seenAt(one, TIMES, GRACE_MS, now)).toHaveLength(counted.length);
    }),
  );
});

test("the order in which people are read does not matter", () => {
  fc.assert(
    fc.property(
      lines,
      joined.chain((rows) =>
        fc.tuple(
          fc.constant(rows),
          fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
        ),
      ),
      moment,
      (roster, [rows, shuffled], now) => {
        expect(attendanceOf(roster, shuffled, now)).toEqual(attendanceOf(roster, rows, now));
      },
    ),
  );
});

test("the standings of a roster add up to it", () => {
  fc.assert(
    fc.property(lines, people, moment, (roster, rows, now) => {
      const { counts } = attendanceOf(roster, rows, now);
      const { people, cameLate, unmatched, ...standings } = counts;
      expect(Object.values(standings).reduce((sum, count) => sum + count, 0)).toBe(people);
      expect(cameLate).toBeLessThanOrEqual(people);
      expect(unmatched).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("a verdict once taken stays, and nothing that began after its moment touches its outcome", () => {
  fc.assert(
    fc.property(lines, people, fc.integer({ min: 0, max: 600 }), (roster, rows, later) => {
      const at = TIMES.startsAt + TIMES.verdictAfterMs;
      const then = attendanceOf(roster, rows, at).verdict;
      expect(then).not.toBeNull();
      expect(attendanceOf(roster, rows, at + later * 60_000).verdict).toEqual(then);
      expect(attendanceOf(roster, rows, at - 1).verdict).toBeNull();
    }),
  );
});

test("a person on no roster changes no line that is known by a user id", () => {
  fc.assert(
    fc.property(people, moment, (rows, now) => {
      const own = rows.filter(({ userId }) => userId === "u1");
      const roster: ExpectedPerson[] = [
        { position: 1, name: null, userId: "u1", email: null, role: "guest" },
      ];
      const alone = attendanceOf(roster, own, now).lines[0]?.standing;
      const others = rows.filter((row) => row.userId !== "u1" && row.userId !== null);
      expect(attendanceOf(roster, [...own, ...others], now).lines[0]?.standing).toBe(alone);
    }),
  );
});

test("people whom an operator joined are one person, wherever they were seen", () => {
  fc.assert(
    fc.property(joined, moment, (rows, now) => {
      const seen = seenAt(rows, TIMES, GRACE_MS, now);
      for (const id of ["x", "y"]) {
        const parts = rows.filter((row) => row.joined?.id === id);
        const apart = parts.flatMap((row) => seenAt([row], TIMES, GRACE_MS, now));
        const one = seen.filter(({ elsewhere }) => elsewhere.nameKeys.includes(id));
        expect(one).toHaveLength(apart.length === 0 ? 0 : 1);
        const stays = apart.flatMap(({ presence }) => presence);
        for (const stay of stays) {
          expect(
            one[0]?.presence.some(({ from, to }) => from <= stay.from && holds(to, stay.to)),
          ).toBe(true);
        }
      }
    }),
  );
});

function holds(end: number | null, own: number | null): boolean {
  return end === null || (own !== null && own <= end);
}
