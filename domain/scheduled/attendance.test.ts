import { describe, expect, test } from "vitest";
import { facts, roster, seen, TIMES } from "#domain/testing/expected.ts";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type ExpectedFacts, expectedAttendanceOf } from "./attendance.ts";
import { nextTurn } from "./scheduled.ts";

const standings = (expected: ExpectedFacts, at: string) =>
  expectedAttendanceOf(expected, clock(at)).lines.map(({ standing }) => standing);
const unmatched = (expected: ExpectedFacts, at: string) =>
  expectedAttendanceOf(expected, clock(at)).unmatched.map(({ sighting }) => sighting.seenAs);

describe("the standing of an expected person", () => {
  test("a person who never comes is expected, then late, then absent", () => {
    const expected = facts(roster("Ada"));
    expect(standings(expected, "09:00")).toEqual(["expected"]);
    expect(standings(expected, "10:05")).toEqual(["expected"]);
    expect(standings(expected, "10:05:00.001")).toEqual(["late"]);
    expect(standings(expected, "10:59:59")).toEqual(["late"]);
    expect(standings(expected, "11:00")).toEqual(["absent"]);
  });

  test("a person who waits, comes in and goes is waiting, present and gone", () => {
    const expected = facts(
      roster("Ada"),
      seen("Ada", { waits: [["09:58", "10:02"]], in: [["10:02", "10:40"]] }),
    );
    expect(standings(expected, "09:57")).toEqual(["expected"]);
    expect(standings(expected, "09:59")).toEqual(["waiting"]);
    expect(standings(expected, "10:02")).toEqual(["present"]);
    expect(standings(expected, "10:40")).toEqual(["left"]);
    expect(standings(expected, "12:00")).toEqual(["left"]);
  });

  test("a person who waited and was not let in is not absent", () => {
    const expected = facts(roster("Ada"), seen("Ada", { waits: [["10:01", "10:09"]] }));
    expect(standings(expected, "10:05")).toEqual(["waiting"]);
    expect(standings(expected, "12:00")).toEqual(["not_admitted"]);
  });

  test("late is a first join after the limit, by its distance from the start", () => {
    const expected = facts(
      roster("Ada", "Bo", "Cy"),
      seen("Ada", { in: [["10:05", null]] }),
      seen("Bo", { in: [["10:05:01", null]] }),
    );
    const { lines, counts } = expectedAttendanceOf(expected, clock("10:30"));
    expect(lines.map(({ lateByMs }) => lateByMs)).toEqual([null, 301_000, null]);
    expect(counts).toMatchObject({ people: 3, present: 2, late: 1, cameLate: 1, unmatched: 0 });
  });

  test("the time attended is within what was scheduled, short gaps counted", () => {
    const expected = facts(
      roster("Ada"),
      seen("Ada", {
        in: [
          ["09:50", "10:10"],
          ["10:10:20", "10:20"],
          ["10:30", null],
        ],
      }),
    );
    const minutes = (at: string) =>
      (expectedAttendanceOf(expected, clock(at)).lines[0]?.sighting?.attendedMs ?? 0) / 60_000;
    expect(minutes("09:55")).toBe(0);
    expect(minutes("10:40")).toBe(30);
    expect(minutes("12:00")).toBe(50);
  });
});

describe("which stays count", () => {
  test("a class that filled the room before is no part of it", () => {
    const expected = facts(
      roster("Ada", "Bo"),
      seen("Ada", { in: [["09:00", "10:00"]] }),
      seen("Zoe", { in: [["09:00", "09:59"]] }),
      seen("Bo", { in: [["09:00", "10:01"]] }),
    );
    expect(standings(expected, "10:30")).toEqual(["late", "left"]);
    expect(unmatched(expected, "10:30")).toEqual([]);
  });

  test("a person who is there hours before is there for something else", () => {
    const expected = facts(roster("Ada"), seen("Ada", { in: [["08:00", null]] }));
    expect(standings(expected, "09:44")).toEqual(["expected"]);
    expect(standings(expected, "09:45")).toEqual(["present"]);
  });

  test("a person who comes after the end does not come to it; one who stays on is still there", () => {
    const expected = facts(
      roster("Ada", "Bo"),
      seen("Ada", { in: [["11:00", null]] }),
      seen("Bo", { in: [["10:00", "11:20"]] }),
    );
    expect(standings(expected, "11:10")).toEqual(["absent", "present"]);
    expect(unmatched(expected, "11:10")).toEqual([]);
  });

  test("a room that was left empty and begun again is one", () => {
    const expected = facts(
      roster({ name: "Ada", userId: "u1" }, "Bo"),
      seen("Ada", { meeting: "m1", user: "u1", in: [["10:00", "10:10"]] }),
      seen("Ada on a phone", { meeting: "m2", user: "u1", in: [["10:20", "10:30"]] }),
      seen("bo", { meeting: "m1", in: [["10:01", "10:10"]] }),
      seen("BO", { meeting: "m2", in: [["10:21", null]] }),
    );
    expect(standings(expected, "10:25")).toEqual(["present", "present"]);
    expect(standings(expected, "10:15")).toEqual(["left", "left"]);
    expect(unmatched(expected, "10:25")).toEqual([]);
  });
});

describe("who is who", () => {
  const at: Ms = clock("10:30");
  const there = { in: [["10:00", null]] as [string, null][] };

  test("the user id goes before the name", () => {
    const expected = facts(
      roster("Ada", { name: "Ada", userId: "u2" }),
      seen("Ada", { user: "u2", ...there }),
      seen("Ada", { user: "u1", in: [["10:04", null]] }),
    );
    const { lines } = expectedAttendanceOf(expected, at);
    expect(lines.map(({ sighting }) => sighting?.personId)).toEqual(["u1", "u2"]);
    expect(lines.map(({ matchedBy }) => matchedBy)).toEqual(["name", "user_id"]);
    expect(lines.map(({ namesakes }) => namesakes)).toEqual([false, false]);
  });

  test("another user id is another person, whatever the name", () => {
    const expected = facts(
      roster({ name: "Ada", userId: "u9" }),
      seen("Ada", { user: "u1", ...there }),
    );
    expect(standings(expected, "10:30")).toEqual(["late"]);
    expect(unmatched(expected, "10:30")).toEqual(["Ada"]);
  });

  test("an address finds a person who has it as user id or name", () => {
    const mail = (email: string) => ({ name: null, email });
    const expected = facts(
      roster(mail("Ada@Example.org"), mail("bo@example.org"), mail("cy@example.org")),
      seen("Countess", { user: "ada@example.org", ...there }),
      seen("BO@example.org", there),
    );
    const { lines } = expectedAttendanceOf(expected, at);
    expect(lines.map(({ matchedBy }) => matchedBy)).toEqual(["email", "email", null]);
  });

  test("pronouns in a name, on the list or in the meeting, do not make two people differ", () => {
    const expected = facts(
      roster("Ada Vale", "Bo Ray (he/him)"),
      seen("Ada Vale (she/her)", { in: [["10:00", null]] }),
      seen("Bo Ray", { in: [["10:00", null]] }),
    );
    expect(standings(expected, "10:30")).toEqual(["present", "present"]);
    expect(unmatched(expected, "10:30")).toEqual([]);
  });

  test("of namesakes each is one line, first come first, and it is marked", () => {
    const expected = facts(
      roster("Kim", "Kim", "Kim"),
      seen("kim", { id: "c", waits: [["09:59", null]] }),
      seen("Kim", { id: "b", in: [["10:03", null]] }),
      seen("KIM", { id: "a", in: [["10:01", null]] }),
      seen("Kim", { id: "d", waits: [["10:02", null]] }),
    );
    const { lines, unmatched } = expectedAttendanceOf(expected, at);
    expect(lines.map(({ sighting }) => sighting?.personId)).toEqual(["a", "b", "c"]);
    expect(lines.map(({ namesakes }) => namesakes)).toEqual([true, true, true]);
    expect(unmatched.map(({ sighting }) => sighting.personId)).toEqual(["d"]);
  });

  describe("a person whom an operator joined", () => {
    const ada = { id: "j", userIds: ["u1"], nameKeys: ["ada", "ada's ipad"] };
    const ipad = (stays: Parameters<typeof seen>[1]) =>
      seen("Ada's iPad", { ...stays, joined: ada });

    test("is there while any of the joined is, under any of their names", () => {
      const lines = [
        roster("Ada"),
        roster({ name: "Somebody", userId: "u1" }),
        roster({ name: "?", email: "ADA" }),
      ];
      for (const line of lines) {
        expect(expectedAttendanceOf(facts(line, ipad(there)), clock("10:30"))).toMatchObject({
          lines: [{ standing: "present", matchedBy: "joined" }],
          unmatched: [],
        });
      }
      expect(standings(facts(roster("Ada"), seen("Ada's iPad", there)), "10:30")).toEqual(["late"]);
    });

    test("is one in one meeting, with the time of both counted once", () => {
      const attendance = expectedAttendanceOf(
        facts(
          roster("Ada"),
          seen("Ada", { in: [["10:00", "10:30"]], joined: ada }),
          ipad({ in: [["10:20", "10:50"]], id: "tablet" }),
        ),
        clock("11:00"),
      );
      expect(attendance.unmatched).toEqual([]);
      expect(attendance.lines).toMatchObject([
        { standing: "left", matchedBy: "name", sighting: { attendedMs: 50 * 60_000 } },
      ]);
    });

    test("goes behind a person with that very name or id", () => {
      const own = seen("Ada", { in: [["10:03", null]], user: "u9" });
      const attendance = expectedAttendanceOf(
        facts(roster("Ada"), ipad({ in: [["10:00", null]] }), own),
        clock("10:30"),
      );
      expect(attendance.lines).toMatchObject([{ sighting: { seenAs: "Ada" } }]);
      expect(attendance.unmatched).toMatchObject([{ sighting: { seenAs: "Ada's iPad" } }]);
    });

    test("is not another person whose user id the roster names", () => {
      const expected = facts(roster({ name: "Ada", userId: "u2" }), ipad(there));
      expect(standings(expected, "10:30")).toEqual(["late"]);
    });
  });

  test("a person who was erased from the roster matches no one", () => {
    const expected = facts(roster({ name: null }), seen(null, there));
    expect(standings(expected, "10:30")).toEqual(["late"]);
  });
});

describe("the verdict at start + 5 minutes", () => {
  const outcome = (expected: ExpectedFacts, at = "10:05") =>
    expectedAttendanceOf(expected, clock(at)).verdict?.outcome ?? null;
  const expected = roster("Dr Wu*", "Ada");
  const host = seen("Dr Wu", { in: [["10:01", "10:50"]] });
  const client = seen("Ada", { in: [["10:02", "10:50"]] });
  const knocking = seen("Ada", { waits: [["09:58", null]] });

  test("is absent until it is due", () => {
    expect(outcome(facts(expected, host, client), "10:04:59")).toBeNull();
  });

  test("is one of five", () => {
    expect(outcome(facts(expected, host, client))).toBe("both");
    expect(outcome(facts(expected, host))).toBe("only_host");
    expect(outcome(facts(expected, client))).toBe("only_guest");
    expect(outcome(facts(expected, knocking))).toBe("someone_waiting");
    expect(outcome(facts(expected, host, knocking))).toBe("someone_waiting");
    expect(outcome(facts(expected))).toBe("nobody");
  });

  test("is of that moment, whenever it is computed, and a late event corrects it", () => {
    const hostOnly = facts(expected, host);
    expect(outcome(hostOnly, "10:05")).toBe("only_host");
    expect(outcome(hostOnly, "23:00")).toBe("only_host");
    expect(outcome(facts(expected, host, client), "23:00")).toBe("both");
  });

  test("names who was here, expected or not", () => {
    const sub = seen("Mia", { in: [["10:00", null]], hosts: [["10:00", null]] });
    const { verdict } = expectedAttendanceOf(facts(expected, sub, client), clock("10:06"));
    expect(verdict).toEqual({
      at: clock("10:05"),
      outcome: "both",
      hosts: [{ name: "Mia", position: null }],
      guests: [{ name: "Ada", position: 2 }],
      waiting: [],
    });
  });

  test("without a host on the roster follows the provider's host roles", () => {
    const teacher = seen("Mia", { in: [["10:00", null]], hosts: [["10:03", null]] });
    expect(outcome(facts(roster("Mia", "Ada"), teacher))).toBe("only_host");
    expect(outcome(facts(roster("Mia*", "Ada"), seen("Mia", { in: [["10:00", null]] })))).toBe(
      "only_host",
    );
  });
});

test("the clock alone changes it a quarter before, at the start, when it is late, at the verdict and at the end", () => {
  const turns: string[] = [];
  const times = { ...TIMES, verdictAfterMs: 10 * 60_000 };
  for (let at = nextTurn(times, 0); at !== null; at = nextTurn(times, at)) {
    turns.push(new Date(at).toISOString().slice(11, 23));
  }
  expect(turns).toEqual([
    "09:45:00.000",
    "10:00:00.000",
    "10:05:00.001",
    "10:10:00.000",
    "11:00:00.000",
  ]);
});
