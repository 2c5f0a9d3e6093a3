import { describe, expect, it } from "vitest";
import { LANGUAGES } from "#server/providers/import/languages/all.ts";
import type { Headings, Language, NamePart } from "#server/providers/import/languages/language.ts";
import type { ColumnRole } from "#server/providers/import/languages/roles.ts";
import { readLines } from "./testing/read.ts";

/*
 * Every layout in every language: the files as Zoom, Teams and Meet write them, with the words, dates and lengths
 * of the language.
 */

const heading = (headings: Headings, role: ColumnRole, at = 0) =>
  headings[role]?.at(at) ?? headings[role]?.[0] ?? role;

function line(headings: Headings, roles: readonly ColumnRole[], delimiter = ","): string {
  return roles.map((role) => heading(headings, role)).join(delimiter);
}

/** Most languages write the day first; in Asia the year is first, and the half of the day is before the time. */
function writing({ months, am, pm, units }: Language) {
  const isAsian = months.length === 0;
  const time = (hour: number, minute: number) => {
    const minutes = String(minute).padStart(2, "0");
    const [half] = hour < 12 ? am : pm;
    if (!isAsian || half === undefined) return `${String(hour).padStart(2, "0")}:${minutes}:00`;
    return `${half} ${hour % 12 || 12}:${minutes}:00`;
  };
  const day = isAsian ? "2026/3/13" : "13/03/2026";
  return {
    day,
    time,
    at: (hour: number, minute: number) => `${day} ${time(hour, minute)}`,
    /** As Teams writes lengths. */
    length: (minutes: number) => `${minutes} ${units.minute[0]} 0 ${units.second[0]}`,
  };
}

const title = ({ parts }: Language, part: NamePart) => parts[part]?.[0] ?? part;

async function namesAndTimes(lines: readonly string[], file: string): Promise<string[]> {
  const { people, refused, leftOut } = await readLines(lines, { file });
  expect({ refused, leftOut }).toEqual({ refused: [], leftOut: [] });
  return people.map((text) => text.replace(/^.* \| /, "")).toSorted();
}

const ADA = "30:00 03-13 10:00–03-13 10:30";
const BO = "20:00 03-13 13:05–03-13 13:25";
/** With addresses, where a file has them. */
const [ADA_WITH_ADDRESS, BO_WITH_ADDRESS] = [
  `Ada <ada@example.org> ${ADA}`,
  `Bo <bo@example.org> ${BO}`,
];

/** A report of Teams, which names its own meeting. */
async function expectTheRound(lines: readonly string[], file: string): Promise<void> {
  const { people, refused } = await readLines(lines, { file });
  expect(refused).toEqual([]);
  expect(people.toSorted()).toEqual([`Round | ${ADA_WITH_ADDRESS}`, `Round | ${BO_WITH_ADDRESS}`]);
}

describe.each(LANGUAGES)("in $code", (language) => {
  const { zoom, teams, meet, yes, no, came, went } = language;
  const { at, time, length, day } = writing(language);

  it("Zoom’s list of stays, with who waited", async () => {
    const roles = ["name", "email", "joined", "left", "duration", "waiting"] as const;
    const lines = [
      line(zoom, ["room", "title", "starts", "ends"]),
      `81234567890,Round,${at(9, 50)},${at(14, 0)}`,
      "",
      line(zoom, roles),
      `Ada,ada@example.org,${at(10, 0)},${at(10, 30)},30,${no[0]}`,
      `Bo,,${at(13, 0)},${at(13, 5)},5,${yes[0]}`,
      `Bo,,${at(13, 5)},${at(13, 25)},20,${no[0]}`,
    ];
    expect(await namesAndTimes(lines, "participants_81234567890.csv")).toEqual([
      ADA_WITH_ADDRESS,
      `Bo ${BO} admitted`,
    ]);
  });

  it("Zoom’s list of unique users, which has lengths and no times", async () => {
    const lines = [line(zoom, ["name", "email", "total"]), "Ada,ada@example.org,30"];
    await expect(readLines(lines, { file: "participants_81234567890.csv" })).rejects.toThrow(
      "This report says how long people were there, and not when",
    );
  });

  it("Teams’ list of joins and leaves", async () => {
    const lines = [
      line(teams, ["name", "action", "at"], "\t"),
      `Ada\t${came[0]}\t${day}, ${time(10, 0)}`,
      `Ada\t${went[0]}\t${day}, ${time(10, 30)}`,
      `Bo\t${came[0]}\t${day}, ${time(13, 5)}`,
      `Bo\t${went[0]}\t${day}, ${time(13, 25)}`,
    ];
    expect(await namesAndTimes(lines, "meetingAttendanceList.csv")).toEqual([
      `Ada ${ADA}`,
      `Bo ${BO}`,
    ]);
  });

  it("Teams’ report in three parts", async () => {
    const first = ["name", "joined", "left", "duration", "email", "role"] as const;
    const lines = [
      `1. ${title(language, "head")}`,
      `${heading(teams, "title")}\tRound`,
      `${heading(teams, "starts")}\t${day}, ${time(9, 50)}`,
      `${heading(teams, "ends")}\t${day}, ${time(14, 0)}`,
      "",
      `2. ${title(language, "participants")}`,
      first.map((role) => heading(teams, role, role === "name" ? 0 : -1)).join("\t"),
      `Ada\t${day}, ${time(10, 0)}\t${day}, ${time(10, 30)}\t${length(30)}\tada@example.org\t`,
      `Bo\t${day}, ${time(13, 5)}\t${day}, ${time(13, 25)}\t${length(20)}\tbo@example.org\t`,
      "",
      `3. ${title(language, "stays")}`,
      line(teams, first, "\t"),
      `Ada\t${day}, ${time(10, 0)}\t${day}, ${time(10, 30)}\t${length(30)}\tada@example.org\t`,
      `Bo\t${day}, ${time(13, 5)}\t${day}, ${time(13, 25)}\t${length(20)}\tbo@example.org\t`,
    ];
    await expectTheRound(lines, "Round.csv");
  });

  it("Teams’ report of 2021", async () => {
    const lines = [
      `${heading(teams, "title")}\tRound`,
      `${heading(teams, "starts")}\t${day}, ${time(9, 50)}`,
      "",
      line(teams, ["name", "joined", "left", "duration", "email", "role"], "\t"),
      `Ada\t${day}, ${time(10, 0)}\t${day}, ${time(10, 30)}\t${length(30)}\tada@example.org\t`,
      `Bo\t${day}, ${time(13, 5)}\t${day}, ${time(13, 25)}\t${length(20)}\tbo@example.org\t`,
    ];
    await expectTheRound(lines, "report.csv");
  });

  it("Meet’s report", async () => {
    const lines = [
      line(meet, ["first", "last", "email", "duration", "joined", "left"]),
      `Ada,Wolf,ada@example.org,${length(30)},${time(10, 0)},${time(10, 30)}`,
      `Bo,Lee,,${length(20)},${time(13, 5)},${time(13, 25)}`,
    ];
    expect(await namesAndTimes(lines, "2026-03-13 Round - Attendance.csv")).toEqual([
      `Ada Wolf <ada@example.org> ${ADA}`,
      `Bo Lee ${BO}`,
    ]);
  });
});
