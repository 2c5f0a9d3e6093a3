import { expect, it } from "vitest";
import { fileNameOf } from "./file-name.ts";

it.each([
  ["participants_81234567890.csv", "81234567890", true, null],
  ["participants_81234567890 (2).csv", "81234567890", true, null],
  ["C:\\files\\meetingAttendanceReport(Team weekly).csv", "Team weekly", false, null],
  ["2026-03-12 abc-defg-hij - Attendance report.csv", "abc-defg-hij", true, "2026-03-12"],
  ["Attendance report 2026_03_12 - Choir - Copy.csv", "Choir", false, "2026-03-12"],
  ["Attendance report.csv", "Attendance report", false, null],
  ["2026-02-31 Choir.txt", "Choir", false, null],
  [".csv", "Attendance", false, null],
])("%s is of %s", (name, room, isCode, day) => {
  expect(fileNameOf(name)).toEqual({ room, isCode, day });
});
