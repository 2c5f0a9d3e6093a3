import { expect, it } from "vitest";
import { fileNameOf } from "./file-name.ts";

it.each([
  ["participants_81234567890.csv", "81234567890", true, null],
  ["2026-11-09 10-02 Biology - Attendance Report.csv", "Biology", false, "2026-11-09"],
  ["Informe de asistencia Física (2026-11-09 14_41).csv", "Física", false, "2026-11-09"],
  ["10-02 Biology.csv", "10-02 Biology", false, null],
  ["meetingAttendanceReport(Python)(1).csv", "Python", false, null],
  ["meetingAttendanceReport(Meet now).csv", "Meet now", "default", null],
  ["meetingAttendanceList (3).csv", "meetingAttendanceList", "default", null],
  ["Participants of the course.csv", "Participants of the course", false, null],
  ["participants_81234567890 (2).csv", "81234567890", true, null],
  ["C:\\files\\meetingAttendanceReport(Team weekly).csv", "Team weekly", false, null],
  ["2026-03-12 abc-defg-hij - Attendance report.csv", "abc-defg-hij", true, "2026-03-12"],
  ["Attendance report 2026_03_12 - Choir - Copy.csv", "Choir", false, "2026-03-12"],
  ["Attendance report.csv", "Attendance report", "default", null],
  ["2026-02-31 Choir.txt", "Choir", false, null],
  [".csv", "Attendance", "default", null],
] as const)("%s is of %s", (name, room, kind, day) => {
  const [isCode, isDefault] = [kind === true, kind === "default"];
  expect(fileNameOf(name)).toEqual({ room, isCode, isDefault, day });
});
