import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { foldName } from "#domain/identity/name.ts";
import { surenessOf } from "#domain/meeting/certainty.ts";
import { clock } from "#domain/testing/history.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { RegisterCell } from "./cell.ts";
import type { RegisterEntry, RegisterMeeting } from "./facts.ts";
import { figuresOf } from "./figures.ts";
import { type RegisterRow, registerOf } from "./register.ts";
import { NO_STARTS } from "./start.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "./thresholds.ts";

const SECOND = 1_000;
const GRACE_MS = 30 * SECOND;
const BEGIN = clock("9:00");
const NOW = clock("20:00");
const at = (second: number) => BEGIN + second * SECOND;

/** A stay in seconds of the lesson; without an end it goes on. */
type Stay = readonly [from: number, to: number | null];

/** One entry of a lesson, projected from its stays; `joined` names the joined person. */
function was(meetingId: string, name: string, stays: readonly Stay[], joined: string | null) {
  const visits = stays.map(([from, to]) => ({
    joinedAt: at(from),
    leftAt: to === null ? null : at(to),
    start: "reported" as const,
    end: to === null ? null : ("reported" as const),
  }));
  const attended = union(
    visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })),
    GRACE_MS,
  );
  const closed = attended.filter(({ to }) => to !== null);
  return {
    meetingId,
    personId: `c:${name}`,
    userId: null,
    name,
    nameKey: foldName(name),
    firstJoinedAt: attended[0]?.from ?? null,
    lastLeftAt: attended.at(-1)?.to ?? null,
    attendedMs: lengthMs(closed, NOW),
    openSince: attended.find(({ to }) => to === null)?.from ?? null,
    isWaiting: false,
    hostedFrom: null,
    sureness: surenessOf(visits),
    joined: joined === null ? null : { id: joined, visits },
  } satisfies RegisterEntry;
}

function lesson(id: string, seconds: number | null): RegisterMeeting {
  return {
    id,
    status: seconds === null ? "live" : "ended",
    firstAt: BEGIN,
    startedAt: BEGIN,
    endedAt: seconds === null ? null : at(seconds),
    peopleCount: 0,
    erased: false,
    starts: { ...NO_STARTS, provider: BEGIN },
  };
}

function projected(meetings: RegisterMeeting[], entries: RegisterEntry[], now = NOW) {
  const facts = { meetings, entries, userIdsLast: true, graceMs: GRACE_MS };
  return registerOf(facts, DEFAULT_THRESHOLDS, now);
}

const times = ({ attendedMs, state }: RegisterCell) => `${attendedMs / SECOND} s ${state}`;

describe("people whom an operator joined", () => {
  it("are one row, over meetings and in one", () => {
    const { people } = projected(
      [lesson("m1", 3600), lesson("m2", 3600)],
      [
        was("m1", "Ada", [[0, 1800]], "ada"),
        was("m1", "iPad", [[1200, 3600]], "ada"),
        was("m2", "iPad", [[600, 3600]], "ada"),
        was("m2", "Bo", [[0, 3600]], null),
      ],
    );
    expect(people.map(({ key, knownBy, name, aliases }) => [key, knownBy, name, aliases])).toEqual([
      ["n:bo", "name", "Bo", []],
      ["j:ada", "operator", "iPad", ["Ada"]],
    ]);
    // Not 1800 + 2400.
    expect(people[1]?.cells.map((cell) => cell && times(cell))).toEqual([
      "3600 s present",
      "3000 s late",
    ]);
    expect(people[1]).toMatchObject({ attended: 2, attendedMs: 6_600_000, late: 1, leftEarly: 0 });
  });

  it("have been there all the time where they went from one machine to another within the grace", () => {
    const between = (second: number) =>
      projected(
        [lesson("m1", 3600)],
        [was("m1", "Ada", [[0, 1800]], "j"), was("m1", "iPad", [[second, 3600]], "j")],
      ).people[0]?.attendedMs;
    expect(between(1830)).toBe(3_600_000);
    expect(between(1831)).toBe((1800 + 3600 - 1831) * SECOND);
  });

  it("are in while one of them is, and waited in vain only where none came in", () => {
    const waits = { firstJoinedAt: null, isWaiting: true, openSince: null };
    const live = (...entries: RegisterEntry[]) =>
      projected([lesson("m1", null)], entries).people[0];
    const here = was("m1", "Ada", [[0, null]], "j");
    const gone = was("m1", "iPad", [[0, 60]], "j");
    const knocking = { ...was("m1", "Phone", [], "j"), ...waits };
    expect(live(here, gone)?.cells[0]).toMatchObject({ state: "present", lastLeftAt: null });
    expect(live(here, knocking)?.cells[0]).toMatchObject({ state: "present" });
    expect(live(knocking)?.cells[0]).toMatchObject({ state: "waiting" });
  });

  it("are one of two namesakes no more: the operator identified them", () => {
    const namesakes = [
      was("m1", "Ada", [[0, 60]], "j"),
      { ...was("m1", "Ada", [[30, 90]], "j"), personId: "c:2" },
    ];
    const { people } = projected([lesson("m1", 90)], namesakes);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ ambiguous: false, attendedMs: 90_000 });
  });

  test("a time that was not reported marks the cell that begins or ends with it", () => {
    const ada = was("m1", "Ada", [[0, 60]], "j");
    const ipad = was("m1", "iPad", [[30, 90]], "j");
    const guessed = {
      ...ipad,
      joined: {
        id: "j",
        visits: (ipad.joined?.visits ?? []).map((visit) => ({
          ...visit,
          end: "inferred" as const,
        })),
      },
    };
    const cell = (...entries: RegisterEntry[]) =>
      projected([lesson("m1", 90)], entries).people[0]?.cells[0]?.sureness.inferred;
    expect(cell(ada, ipad)).toBe(false);
    expect(cell(ada, guessed)).toBe(true);
    expect(cell(was("m1", "Ada", [[0, 91]], "j"), guessed)).toBe(false);
  });
});

/** A few lessons, the stays of a few people in each, and which of them are joined. */
const NAMES = ["Ada", "Bo", "Cy", "Dee", "Eve"];
const LESSON = 120;
const stay = fc
  .tuple(fc.nat({ max: LESSON - 1 }), fc.integer({ min: 1, max: 60 }))
  .map(([from, long]): Stay => [from, Math.min(LESSON, from + long)]);
const lessons = fc.array(
  fc
    .array(
      fc.record({
        name: fc.nat({ max: NAMES.length - 1 }),
        stays: fc.array(stay, { minLength: 1, maxLength: 3 }),
      }),
      {
        maxLength: 5,
      },
    )
    .map((all) => [...new Map(all.map((one) => [one.name, one])).values()]),
  { minLength: 1, maxLength: 4 },
);
const groups = fc.array(fc.constantFrom(null, "x", "y"), {
  minLength: NAMES.length,
  maxLength: NAMES.length,
});

/**
 * The seconds of a lesson in which a person was there, short gaps included: no interval is added to any
 * other.
 */
function secondsOf(stays: readonly Stay[]): boolean[] {
  const there = Array.from({ length: LESSON }, (_, second) =>
    stays.some(([from, to]) => second >= from && second < (to ?? LESSON)),
  );
  return there.map((is, second) => {
    if (is) return true;
    const left = there.lastIndexOf(true, second);
    const back = there.indexOf(true, second);
    return left !== -1 && back !== -1 && back - left - 1 <= GRACE_MS / SECOND;
  });
}

describe("laws of joining", () => {
  const lens: Thresholds = { ...DEFAULT_THRESHOLDS, lateMs: 20_000, earlyMs: 20_000, share: 0.3 };

  it("joined people have the times that their seconds show", () => {
    fc.assert(
      fc.property(lessons, groups, (given, joined) => {
        const oneOf = (name: number) =>
          joined[name] == null ? `n:${foldName(NAMES[name] ?? "")}` : `j:${joined[name]}`;
        const meetings = given.map((_, index) => ({
          ...lesson(`m${index}`, LESSON),
          firstAt: BEGIN + index,
        }));
        const entries = given.flatMap((people, index) =>
          people.map(({ name, stays }) =>
            was(`m${index}`, NAMES[name] ?? "", stays, joined[name] ?? null),
          ),
        );
        const facts = { meetings, entries, userIdsLast: true, graceMs: GRACE_MS };
        const register = registerOf(facts, lens, NOW);
        const rowKeys = new Set(given.flatMap((people) => people.map(({ name }) => oneOf(name))));
        expect(register.people).toHaveLength(rowKeys.size);
        const held = given.map((people) => people.length > 0);
        for (const one of rowKeys) {
          const row = register.people.find(({ key }) => key === one);
          let [attended, late, early, seconds] = [0, 0, 0, 0];
          for (const [index, people] of given.entries()) {
            const stays = people
              .filter(({ name }) => oneOf(name) === one)
              .flatMap((all) => all.stays);
            const there = secondsOf(stays);
            const count = there.filter(Boolean).length;
            const cell = row?.cells[index] ?? null;
            expect(cell === null).toBe(count === 0);
            if (cell === null || !held[index]) continue;
            seconds += count;
            expect(cell.attendedMs).toBe(count * SECOND);
            if (count < LESSON * lens.share) continue;
            attended += 1;
            if (there.indexOf(true) > 20) late += 1;
            if (there.lastIndexOf(true) + 1 < LESSON - 20) early += 1;
          }
          expect(row).toMatchObject({
            attended,
            late,
            leftEarly: early,
            attendedMs: seconds * SECOND,
          });
        }
      }),
    );
  });

  it("no one else changes, and a joined person counts once", () => {
    fc.assert(
      fc.property(lessons, groups, (given, joined) => {
        const meetings = given.map((_, index) => ({
          ...lesson(`m${index}`, LESSON),
          firstAt: BEGIN + index,
        }));
        const entriesOf = (isLinked: boolean) =>
          given.flatMap((people, index) =>
            people.map(({ name, stays }) =>
              was(`m${index}`, NAMES[name] ?? "", stays, isLinked ? (joined[name] ?? null) : null),
            ),
          );
        const [apart, linked] = [
          projected(meetings, entriesOf(false)),
          projected(meetings, entriesOf(true)),
        ];
        const alone = (rows: readonly RegisterRow[]) =>
          rows.filter(({ name }) => joined[NAMES.indexOf(name ?? "")] === null);
        expect(alone(linked.people)).toEqual(alone(apart.people));
        expect(figuresOf(linked).attendances).toBeLessThanOrEqual(figuresOf(apart).attendances);
      }),
    );
  });
});
