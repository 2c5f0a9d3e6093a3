import { describe, expect, it } from "vitest";
import { ClockFormat } from "#components/words/clock-format.ts";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";
import { NO_STARTS } from "#domain/rooms/register/start.ts";
import { parseUtc } from "#domain/time/time.ts";
import { dayLabels } from "./day-labels.ts";

/** Meetings that began at their first event, unless a later moment is given. */
function labelsIn(timeZone: string, ...times: (string | [heard: string, began: string])[]) {
  const at = (text: string) => parseUtc(`${text}:00.000Z`) ?? Number.NaN;
  const meetings = times.map((time, index): RegisterColumn => {
    const [firstAt, began] = typeof time === "string" ? [time, time] : time;
    return {
      id: `m${index}`,
      status: "ended",
      firstAt: at(firstAt),
      startedAt: at(began),
      endedAt: at(began) + 3_600_000,
      peopleCount: 1,
      erased: false,
      lengthMs: 3_600_000,
      leftOut: null,
      held: true,
      attended: 1,
      late: 0,
      leftEarly: 0,
      hosts: 0,
      starts: NO_STARTS,
      start: null,
    };
  });
  return dayLabels(meetings, ClockFormat.in(timeZone)).map(({ day, time, whole }) => [
    day,
    time,
    whole,
  ]);
}

describe("the label over a column", () => {
  it("is the day, with its month where the month begins, and a time where a day has two meetings", () => {
    const times = ["2026-09-02T10:00", "2026-09-09T10:00", "2026-10-07T10:00", "2026-10-07T14:00"];
    expect(labelsIn("UTC", ...times)).toEqual([
      ["2 Sep", null, "Wed 2 Sep 2026, 10:00"],
      ["9", null, "Wed 9 Sep 2026, 10:00"],
      ["7 Oct", "10:00", "Wed 7 Oct 2026, 10:00"],
      ["7", "14:00", "Wed 7 Oct 2026, 14:00"],
    ]);
  });

  it("names the month again a year later", () => {
    const days = labelsIn("UTC", "2025-10-07T10:00", "2026-10-07T10:00").map(([day]) => day);
    expect(days).toEqual(["7 Oct", "7 Oct"]);
  });

  it("is the day of the zone, also where that is half an hour off", () => {
    const times = ["2026-11-18T18:29", "2026-11-18T18:31"];
    expect(labelsIn("Asia/Kolkata", ...times)).toEqual([
      ["18 Nov", null, "Wed 18 Nov 2026, 23:59"],
      ["19", null, "Thu 19 Nov 2026, 00:01"],
    ]);
    expect(labelsIn("Europe/Berlin", ...times).map(([, , whole]) => whole)).toEqual([
      "Wed 18 Nov 2026, 19:29",
      "Wed 18 Nov 2026, 19:31",
    ]);
  });

  it("shows the same time twice where clocks were set back, in the order of the hours", () => {
    const times = ["2026-10-24T22:00", "2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T22:59"];
    expect(labelsIn("Europe/Berlin", ...times).map(([day, time]) => `${day} ${time}`)).toEqual([
      "25 Oct 00:00",
      "25 02:30",
      "25 02:30",
      "25 23:59",
    ]);
  });

  it("is the day of the first event, also where the meeting began after midnight", () => {
    expect(labelsIn("UTC", ["2026-11-18T23:55", "2026-11-19T00:05"])).toEqual([
      ["18 Nov", null, "Wed 18 Nov 2026, began 19 Nov 00:05"],
    ]);
  });
});
