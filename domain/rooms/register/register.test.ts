import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { foldName } from "#domain/identity/name.ts";
import { asReported } from "#domain/meeting/certainty.ts";
import { clock } from "#domain/testing/history.ts";
import { isAttended, isLate, stateWithout } from "./cell.ts";
import type { RegisterEntry, RegisterFacts, RegisterMeeting } from "./facts.ts";
import { figuresOf } from "./figures.ts";
import { packRegister, unpackRegister } from "./packing.ts";
import { type Register, type RegisterRow, registerOf } from "./register.ts";
import { NO_STARTS } from "./start.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "./thresholds.ts";

const NOW = clock("20:00");

/** A lesson from one time to another; without an end it goes on. */
function lesson(
  id: string,
  from: string,
  to: string | null,
  given: Partial<RegisterMeeting> = {},
): RegisterMeeting {
  const startedAt = clock(from);
  return {
    id,
    status: to === null ? "live" : "ended",
    firstAt: startedAt,
    startedAt,
    endedAt: to === null ? null : clock(to),
    peopleCount: 0,
    erased: false,
    starts: { ...NO_STARTS, provider: startedAt },
    ...given,
  } satisfies RegisterMeeting;
}

/** A person in a lesson from one time to another; without an end they are there. */
function was(
  meetingId: string,
  name: string | null,
  from: string | null,
  to: string | null = null,
  given: Partial<RegisterEntry> = {},
): RegisterEntry {
  const joinedAt = from === null ? null : clock(from);
  const leftAt = to === null ? null : clock(to);
  return {
    meetingId,
    personId: `c:${name}`,
    userId: null,
    name,
    nameKey: foldName(name),
    firstJoinedAt: joinedAt,
    lastLeftAt: leftAt,
    attendedMs: joinedAt !== null && leftAt !== null ? leftAt - joinedAt : 0,
    openSince: leftAt === null ? joinedAt : null,
    isWaiting: false,
    hostedFrom: null,
    sureness: asReported({ firstJoinedAt: joinedAt, lastLeftAt: leftAt }),
    joined: null,
    ...given,
  };
}

function projected(
  meetings: RegisterMeeting[],
  entries: RegisterEntry[],
  thresholds: Partial<Thresholds> = {},
  userIdsLast = true,
): Register {
  const facts = { meetings, entries, userIdsLast, graceMs: 30_000 };
  return registerOf(facts, { ...DEFAULT_THRESHOLDS, ...thresholds }, NOW);
}

/** `p` present, `l` late, `e` left early, `b` both, `s` too short, `w` waiting, `x` not admitted, `–` absent. */
const LETTERS = {
  present: "p",
  late: "l",
  left_early: "e",
  late_and_left_early: "b",
  brief: "s",
  waiting: "w",
  not_admitted: "x",
} as const;
const letters = ({ cells }: RegisterRow) =>
  cells.map((cell) => (cell === null ? "–" : LETTERS[cell.state])).join("");
const lines = ({ people }: Register) =>
  people.map((row) => `${row.name ?? "?"} ${letters(row)}${row.ambiguous ? " ambiguous" : ""}`);

describe("a cell", () => {
  const maths = lesson("m1", "9:00", "10:00");

  test.each([
    ["there from beginning to end", "9:00", "10:00", "p"],
    ["five minutes after it began is not late", "9:05", "10:00", "p"],
    ["a moment more is", "9:05:01", "10:00", "l"],
    ["five minutes before it ended is not early", "9:00", "9:55", "p"],
    ["a moment before that is", "9:00", "9:54:59", "e"],
    ["both late and gone early", "9:10", "9:40", "b"],
    ["a moment in the wrong room is not there", "9:10", "9:10:35", "s"],
    ["one hundredth of it is", "9:10", "9:10:36", "b"],
  ])("%s", (_, from, to, letter) => {
    expect(lines(projected([maths], [was("m1", "Ada", from, to)]))).toEqual([`Ada ${letter}`]);
  });

  test("depends on thresholds that can be changed", () => {
    const ada = [was("m1", "Ada", "9:10", "9:40")];
    expect(lines(projected([maths], ada, { lateMs: 600_000 }))).toEqual(["Ada e"]);
    expect(lines(projected([maths], ada, { earlyMs: 1_200_000 }))).toEqual(["Ada l"]);
    expect(lines(projected([maths], ada, { share: 0.8 }))).toEqual(["Ada s"]);
    expect(lines(projected([maths], ada, { share: 0.5 }))).toEqual(["Ada b"]);
    expect(lines(projected([maths], ada, { share: 0.8, attendedMs: 1_800_000 }))).toEqual([
      "Ada b",
    ]);
    expect(lines(projected([maths], ada, { share: 0.8, attendedMs: 1_800_001 }))).toEqual([
      "Ada s",
    ]);
  });

  test("shows people who only waited, and people of unknown presence", () => {
    const now = lesson("m2", "19:00", null);
    const register = projected(
      [maths, now],
      [
        was("m1", "Ada", "9:00", "10:00"),
        was("m1", "Bo", null),
        was("m2", "Bo", null, null, { isWaiting: true }),
      ],
    );
    expect(lines(register)).toEqual(["Ada p–", "Bo xw"]);
  });

  test("of a running meeting counts up to now, and no one has left it early", () => {
    const now = lesson("m2", "19:00", null);
    const register = projected(
      [now],
      [was("m2", "Ada", "19:00", "19:10"), was("m2", "Bo", "19:30"), was("m2", "Cy", "19:00")],
    );
    expect(lines(register)).toEqual(["Ada p", "Bo l", "Cy p"]);
    expect(register.people.map(({ cells }) => cells[0]?.share)).toEqual([1 / 6, 0.5, 1]);
  });

  test("has no share of a meeting without a length, and counts", () => {
    const empty = lesson("m1", "9:00", "9:00");
    const [row] = projected([empty], [was("m1", "Ada", "9:00", "9:00")]).people;
    expect(row?.cells[0]).toMatchObject({ state: "present", share: null });
    const endless = lesson("m1", "9:00", null, { status: "ended" });
    expect(
      projected([endless], [was("m1", "Ada", "9:00", "9:30")]).meetings[0]?.lengthMs,
    ).toBeNull();
  });
});

describe("hosts", () => {
  const starts = NO_STARTS;
  const lessons = [
    lesson("m1", "9:50", "11:00", { starts }),
    lesson("m2", "13:50", "15:00", { starts }),
  ];
  const host = (from: string) => ({ userId: "7", personId: "u:7", hostedFrom: clock(from) });
  const entries = [
    was("m1", "Bo", "9:50", "11:00"),
    was("m1", "Cy", "10:05", "11:00"),
    was("m1", "Teacher", "10:00", "11:00", host("10:00")),
    was("m2", "Bo", "14:09", "15:00"),
    was("m2", "Cy", "13:50", "15:00"),
    was("m2", "Teacher", "14:02", "15:00", host("14:02")),
  ];

  test("are not late for their own lesson, which begins with them", () => {
    const register = projected(lessons, entries);
    expect(lines(register)).toEqual(["Bo pl", "Cy pp", "Teacher pp"]);
    expect(register.meetings.map(({ start }) => start)).toEqual([
      { at: clock("10:00"), by: "host" },
      { at: clock("14:02"), by: "host" },
    ]);
  });

  test("are shown behind the others, in none of their numbers", () => {
    const register = projected(lessons, [
      was("m1", "Zoe", "10:00", "11:00"),
      ...entries.slice(0, 5),
    ]);
    expect(register.people.map(({ name, isHost }) => [name, isHost])).toEqual([
      ["Bo", false],
      ["Cy", false],
      ["Zoe", false],
      ["Teacher", true],
    ]);
    expect(register.meetings.map(({ attended, hosts }) => [attended, hosts])).toEqual([
      [3, 1],
      [2, 0],
    ]);
    expect(figuresOf(register)).toMatchObject({ unique: 3, hosts: 1, attendances: 5 });
  });

  test("of a team, where every one of them is a host, are its participants", () => {
    const everybody = entries.map((entry) => ({ ...entry, hostedFrom: entry.firstJoinedAt }));
    expect(projected(lessons, everybody).people.map(({ isHost }) => isHost)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("with a start that was set are not late either, but others are late by it", () => {
    const scheduled = lessons.map((one, index) => ({
      ...one,
      starts: { ...starts, scheduled: clock(index === 0 ? "9:50" : "13:50") },
    }));
    expect(lines(projected(scheduled, entries))).toEqual(["Bo pl", "Cy lp", "Teacher pp"]);
  });
});

describe("who is who over several meetings", () => {
  const both = [lesson("m1", "9:00", "10:00"), lesson("m2", "11:00", "12:00")];
  const user = (userId: string) => ({ userId, personId: `u:${userId}` });

  test("the same user id, whatever they are called", () => {
    const register = projected(both, [
      was("m1", "Ada", "9:00", "10:00", user("7")),
      was("m2", "Ada Lovelace", "11:00", "12:00", user("7")),
    ]);
    expect(register.people).toMatchObject([
      { key: "u:7", knownBy: "user_id", name: "Ada Lovelace", aliases: ["Ada"], attended: 2 },
    ]);
  });

  test("two user ids never, whatever they are called", () => {
    const register = projected(both, [
      was("m1", "Ada", "9:00", "10:00", user("7")),
      was("m2", "Ada", "11:00", "12:00", user("8")),
    ]);
    expect(lines(register)).toEqual(["Ada p–", "Ada –p"]);
  });

  test("a guest by name, and never a person with a user id", () => {
    const register = projected(both, [
      was("m1", "Ada", "9:00", "10:00"),
      was("m2", " ADA ", "11:00", "12:00"),
      was("m1", "ada", "9:00", "10:00", user("7")),
    ]);
    expect(register.people).toMatchObject([
      { key: "n:ada", knownBy: "name", name: " ADA ", aliases: [], ambiguous: false },
      { key: "u:7", knownBy: "user_id", name: "ada", ambiguous: false },
    ]);
  });

  test("by name alone where user ids mean nothing in another meeting", () => {
    const entries = [
      was("m1", "Ada", "9:00", "10:00", user("7")),
      was("m2", "Bo", "11:00", "12:00", user("7")),
      was("m2", "Ada", "11:00", "12:00", user("9")),
    ];
    expect(lines(projected(both, entries, {}, false))).toEqual(["Ada pp", "Bo –p"]);
  });

  test("two guests of one name at once stay two, and are marked as ambiguous", () => {
    const register = projected(both, [
      was("m1", "iPhone", "9:00", "10:00", { personId: "c:1" }),
      was("m2", "iPhone", "11:30", "12:00", { personId: "c:2" }),
      was("m2", "iPhone", "11:00", "12:00", { personId: "c:3" }),
    ]);
    expect(lines(register)).toEqual(["iPhone pp ambiguous", "iPhone –l ambiguous"]);
    expect(register.people.map(({ key }) => key)).toEqual(["n:iphone", "n2:iphone"]);
  });

  test("guests without a name are strangers in every meeting", () => {
    const register = projected(both, [
      was("m1", null, "9:00", "10:00"),
      was("m2", null, "11:00", "12:00"),
    ]);
    expect(lines(register)).toEqual(["? p–", "? –p"]);
    expect(register.people.map(({ knownBy }) => knownBy)).toEqual(["nothing", "nothing"]);
  });
});

/** A lesson each hour, and who was there all the time: a letter for each. */
function course(...attendance: string[]) {
  const meetings = attendance.map((_, index) => lesson(`m${index}`, `${index}:00`, `${index}:50`));
  const entries = attendance.flatMap((names, index) =>
    [...names].map((name) => was(`m${index}`, name, `${index}:00`, `${index}:50`)),
  );
  return { meetings, entries };
}
const rows = (register: Register, of: (row: RegisterRow) => unknown) =>
  Object.fromEntries(register.people.map((row) => [row.name, of(row)]));

describe("regulars", () => {
  test("came to three of the last four, and who then missed three has not come lately", () => {
    const { meetings, entries } = course("AB", "AB", "AB", "AB", "A", "A", "AC");
    const register = projected(meetings, entries, { regularLast: 4 });
    expect(rows(register, ({ regular }) => regular)).toEqual({ A: true, B: false, C: false });
    expect(rows(register, ({ notLately }) => notLately)).toEqual({ A: false, B: true, C: false });
    expect(rows(register, ({ missedSince }) => missedSince)).toEqual({ A: 0, B: 3, C: 0 });
    expect(figuresOf(register)).toMatchObject({ regulars: 1, notLately: 1, neverMissed: 1 });
  });

  test("are not computed after two meetings", () => {
    const { meetings, entries } = course("AB", "A");
    const register = projected(meetings, entries);
    expect(rows(register, ({ regular }) => regular)).toEqual({ A: null, B: null });
    expect(figuresOf(register)).toMatchObject({ regulars: null, notLately: null, trend: null });
  });

  test("miss only what was held: not a running meeting, an erased one, or one without people", () => {
    const { meetings, entries } = course("AB", "AB", "AB");
    const register = projected(
      [
        ...meetings,
        lesson("m8", "8:00", "9:00", { erased: true, peopleCount: 5 }),
        lesson("m9", "9:00", "9:10"),
        lesson("m10", "19:00", null),
      ],
      [...entries, was("m9", "Cy", null), was("m10", "A", "19:00")],
    );
    expect(lines(register)).toEqual(["A ppp––p", "B ppp–––", "Cy ––––x–"]);
    expect(register.meetings.map(({ held }) => held)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(register.meetings.map(({ attended }) => attended)).toEqual([2, 2, 2, null, 0, 1]);
    expect(rows(register, ({ missedSince }) => missedSince)).toEqual({ A: 0, B: 0, Cy: 3 });
    expect(rows(register, ({ attended }) => attended)).toEqual({ A: 3, B: 3, Cy: 0 });
    expect(rows(register, ({ lastSeenAt }) => lastSeenAt)).toEqual({
      A: NOW,
      B: clock("2:50"),
      Cy: null,
    });
  });
});

test("the totals of a term", () => {
  const { meetings, entries } = course("ABCD", "ABCD", "AB", "A");
  const early = was("m3", "B", "3:20", "3:40");
  const register = projected(meetings, [...entries, early]);
  expect(figuresOf(register)).toEqual({
    held: 4,
    hosts: 0,
    unique: 4,
    averageAttendance: 3,
    averageStayMs: ((11 * 50 + 20) / 12) * 60_000,
    averageLengthMs: 50 * 60_000,
    attendances: 12,
    late: 1,
    leftEarly: 1,
    neverMissed: 2,
    regulars: 2,
    notLately: null,
    trend: { span: 2, before: 4, lately: 2 },
  });
  expect(rows(register, ({ share }) => share)).toEqual({ A: 1, B: 0.85, C: 0.5, D: 0.5 });
});

/** Small registers with everything in them: namesakes, ids, waits, erased and open meetings. */
const facts = (): fc.Arbitrary<RegisterFacts> => {
  const minute = fc.integer({ min: 0, max: 90 });
  const meeting = fc
    .record({ from: minute, long: minute, open: fc.boolean(), erased: fc.boolean() })
    .map(({ from, long, open, erased }) => ({ from, long, open, erased: erased && !open }));
  const entry = fc.record({
    meeting: fc.nat({ max: 4 }),
    name: fc.constantFrom("Ada", "ADA", "Bo", "Cy", null),
    user: fc.constantFrom("1", "2", null, null),
    joined: fc.option(minute),
    stayed: minute,
    waits: fc.boolean(),
  });
  return fc
    .record({
      meetings: fc.array(meeting, { minLength: 1, maxLength: 5 }),
      entries: fc.array(entry, { maxLength: 14 }),
      userIdsLast: fc.boolean(),
    })
    .map(({ meetings, entries, userIdsLast }) => {
      const at = (of: number, minutes: number) => clock(`${of * 3}:00`) + minutes * 60_000;
      return {
        userIdsLast,
        graceMs: 30_000,
        meetings: meetings.map(({ from, long, open, erased }, index) => ({
          id: `m${index}`,
          status: open ? "live" : "ended",
          firstAt: at(index, from),
          startedAt: at(index, from),
          endedAt: open ? null : at(index, from + long),
          peopleCount: 9,
          erased,
          starts: NO_STARTS,
        })),
        entries: entries.flatMap(({ meeting: of, name, user, joined, stayed, waits }, index) => {
          const meeting = meetings[of];
          if (meeting === undefined || meeting.erased) return [];
          const start = at(of, meeting.from);
          const from = joined === null ? null : start + Math.min(joined, meeting.long) * 60_000;
          const rest = meeting.long - Math.min(joined ?? 0, meeting.long);
          const stay = Math.min(stayed, rest) * 60_000;
          const open = meeting.open && waits;
          const times = {
            firstJoinedAt: from,
            lastLeftAt: from === null || open ? null : from + stay,
          };
          return {
            meetingId: `m${of}`,
            personId: `c:${index}`,
            userId: user,
            name,
            nameKey: foldName(name),
            ...times,
            attendedMs: from === null || open ? 0 : stay,
            openSince: open ? from : null,
            isWaiting: from === null && open,
            hostedFrom: null,
            sureness: asReported(times),
            joined: null,
          };
        }),
      } satisfies RegisterFacts;
    });
};
const ANY: Thresholds = DEFAULT_THRESHOLDS;
const all = (register: Register) =>
  register.people.flatMap(({ cells }) => cells.flatMap((cell) => cell ?? []));

describe("laws", () => {
  it("is a function of the set: no order of meetings or entries changes it", () => {
    fc.assert(
      fc.property(facts(), fc.infiniteStream(fc.nat()), (given, chance) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((item) => ({ item, at: chance.next().value ?? 0 }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other = {
          ...given,
          meetings: shuffled(given.meetings),
          entries: shuffled(given.entries),
        };
        expect(registerOf(other, ANY, NOW)).toEqual(registerOf(given, ANY, NOW));
      }),
    );
  });

  it("has every entry in one cell, in its own meeting, with its own time", () => {
    fc.assert(
      fc.property(facts(), (given) => {
        const register = registerOf(given, ANY, NOW);
        expect(all(register)).toHaveLength(given.entries.length);
        for (const [index, { id }] of register.meetings.entries()) {
          const own = given.entries.filter(({ meetingId }) => meetingId === id);
          const time = (entry: RegisterEntry) =>
            entry.attendedMs + (entry.openSince === null ? 0 : NOW - entry.openSince);
          const cells = register.people.flatMap(({ cells: row }) => row[index] ?? []);
          expect(cells.map(({ attendedMs }) => attendedMs).toSorted()).toEqual(
            own.map(time).toSorted(),
          );
        }
      }),
    );
  });

  it("calls no host late, and no one shown apart absent", () => {
    const moment = fc.option(fc.nat({ max: 3_600_000 }), { freq: 2 });
    const of = fc.record({ scheduled: moment, room: moment, provider: moment, firstIn: moment });
    fc.assert(
      fc.property(facts(), of, fc.infiniteStream(fc.boolean()), (given, starts, chance) => {
        const hosting = {
          ...given,
          meetings: given.meetings.map((meeting) => ({
            ...meeting,
            starts: {
              scheduled: starts.scheduled && meeting.firstAt + starts.scheduled,
              room: starts.room && meeting.firstAt + starts.room,
              provider: starts.provider && meeting.firstAt + starts.provider,
              firstIn: starts.firstIn && meeting.firstAt + starts.firstIn,
            },
          })),
          entries: given.entries.map((entry) => ({
            ...entry,
            hostedFrom: chance.next().value === true ? entry.firstJoinedAt : null,
          })),
        };
        const register = registerOf(hosting, { ...ANY, lateMs: 0 }, NOW);
        for (const { cells, isHost, late } of register.people) {
          for (const [index, cell] of cells.entries()) {
            if (cell !== null && (isHost || cell.hosted)) expect(isLate(cell)).toBe(false);
            const meeting = register.meetings[index];
            if (isHost && meeting) expect(stateWithout(meeting, { isHost })).not.toBe("absent");
          }
          if (isHost) expect(late).toBe(0);
        }
      }),
    );
  });

  it("has as many rows as there are user ids, unnamed guests, and namesakes in one meeting", () => {
    fc.assert(
      fc.property(facts(), (given) => {
        const { people } = registerOf(given, ANY, NOW);
        const groups = Map.groupBy(given.entries, ({ meetingId, personId, userId, nameKey }) =>
          given.userIdsLast && userId !== null
            ? `u:${userId}`
            : nameKey === null
              ? `c:${meetingId}:${personId}`
              : `n:${nameKey}`,
        );
        let expected = 0;
        for (const entries of groups.values()) {
          const at = Map.groupBy(entries, ({ meetingId }) => meetingId);
          expected += Math.max(...[...at.values()].map((namesakes) => namesakes.length));
        }
        expect(people).toHaveLength(expected);
        expect(new Set(people.map(({ key }) => key)).size).toBe(expected);
      }),
    );
  });

  it("lets no one in by a harder threshold", () => {
    const harder = fc.record({
      lateMs: fc.nat({ max: 3_600_000 }),
      earlyMs: fc.nat({ max: 3_600_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      by: fc.nat({ max: 600_000 }),
    });
    fc.assert(
      fc.property(facts(), harder, (given, { lateMs, earlyMs, share, by }) => {
        const counts = (thresholds: Partial<Thresholds>) =>
          registerOf(given, { ...ANY, ...thresholds }, NOW).people.map((row) => row.attended);
        const easy = counts({ share: share / 2 });
        for (const [index, attended] of counts({ share }).entries()) {
          expect(attended).toBeLessThanOrEqual(easy[index] ?? 0);
        }
        const late = (lens: Partial<Thresholds>) =>
          figuresOf(registerOf(given, { ...ANY, ...lens }, NOW));
        expect(late({ lateMs: lateMs + by }).late).toBeLessThanOrEqual(late({ lateMs }).late);
        expect(late({ earlyMs: earlyMs + by }).leftEarly).toBeLessThanOrEqual(
          late({ earlyMs }).leftEarly,
        );
      }),
    );
  });

  it("is the same packed and unpacked", () => {
    fc.assert(
      fc.property(facts(), (given) => {
        const register = registerOf(given, ANY, NOW);
        expect(unpackRegister(packRegister(register))).toEqual(register);
      }),
    );
  });

  it("adds up: rows, columns and figures count the same attendances", () => {
    fc.assert(
      fc.property(facts(), (given) => {
        const register = registerOf(given, ANY, NOW);
        const figures = figuresOf(register);
        const held = register.meetings.map((meeting) => meeting.held);
        const counted = register.people.flatMap(({ cells }) =>
          cells.filter((cell, index) => cell !== null && held[index] && isAttended(cell)),
        );
        expect(figures.attendances).toBe(counted.length);
        const ofRows = register.people.reduce((total, { attended }) => total + attended, 0);
        expect(ofRows).toBe(counted.length);
        for (const { share, cells } of register.people) {
          expect(share === null || (share >= 0 && share <= 1)).toBe(true);
          for (const cell of cells) expect(cell?.share ?? 0).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

test("a meeting of seconds is no lesson that others missed", () => {
  const facts: [RegisterMeeting[], RegisterEntry[]] = [
    [lesson("a", "10:00", "11:00"), lesson("b", "12:00:00", "12:00:08")],
    [
      was("a", "Ada", "10:00", "11:00"),
      was("a", "Bo", "10:00", "11:00"),
      was("b", "Ada", "12:00:00", "12:00:08"),
    ],
  ];
  const leftOut = (register: Register) => register.meetings.map(({ leftOut: why }) => why);
  const register = projected(...facts);
  expect(leftOut(register)).toEqual([null, "short"]);
  expect(figuresOf(register).held).toBe(1);
  expect(register.people.map(({ name, attended }) => [name, attended])).toEqual([
    ["Ada", 1],
    ["Bo", 1],
  ]);
  expect(leftOut(projected(...facts, { heldMs: 8_000 }))).toEqual([null, null]);
  expect(leftOut(projected(...facts, { heldMs: 8_001 }))).toEqual([null, "short"]);
});
