import { expect, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { bodyOf, type Draft, draftOf, newDraft, timesOf } from "./draft.ts";

const scheduled = (draft: Draft) => {
  const answer = bodyOf(draft, "Mia");
  return "faults" in answer
    ? answer.faults.map(({ field, message }) => `${field}: ${message}`)
    : [answer.body["starts_at"], answer.body["ends_at"]];
};
const draft = (change: Partial<Draft> = {}): Draft => ({
  ...newDraft(clock("10:20"), "Europe/Berlin", "s1", "algebra"),
  ...change,
});

test("a new draft is for the next full hour of its zone", () => {
  expect(draft()).toMatchObject({ day: "2026-11-20", from: "12:00", to: "13:00" });
  expect(scheduled(draft())).toEqual(["2026-11-20T11:00:00.000Z", "2026-11-20T12:00:00.000Z"]);
});

test("an end before the start is on the day after", () => {
  const late = draft({ from: "23:30", to: "00:15" });
  expect(timesOf(late).isOverMidnight).toBe(true);
  expect(scheduled(late)).toEqual(["2026-11-20T22:30:00.000Z", "2026-11-20T23:15:00.000Z"]);
});

test("a time that comes twice is the chosen one, and stays it", () => {
  const night = draft({ day: "2026-10-25", from: "02:30", to: "04:00", fromSecond: true });
  expect(scheduled(night)).toEqual(["2026-10-25T01:30:00.000Z", "2026-10-25T03:00:00.000Z"]);
  const again = draftOf(
    {
      id: "e1",
      source: { id: "s1", provider: "daily", name: "Clinic" },
      room: "algebra",
      roomTitle: null,
      title: null,
      startsAt: Date.parse("2026-10-25T01:30:00Z"),
      endsAt: Date.parse("2026-10-25T03:00:00Z"),
      timeZone: "Europe/Berlin",
      lateAfterMs: 90_000,
      verdictAfterMs: 0,
      classList: null,
      repeats: null,
      by: "Mia",
      changedAt: 0,
      erasedAt: null,
      cancelledAt: null,
      isFromCalendar: false,
    },
    { text: "", commas: null },
  );
  expect(again).toMatchObject({ from: "02:30", fromSecond: true, to: "04:00", toSecond: false });
  expect(again).toMatchObject({ lateMinutes: "1.5", verdictMinutes: "0" });
  expect(scheduled(again)).toEqual(scheduled(night));
});

test("faults are listed field by field", () => {
  expect(
    scheduled(draft({ day: "2026-03-29", from: "02:30", room: " ", source: "", lateMinutes: "x" })),
  ).toEqual([
    "starts_at: does not exist that day: clocks go from 02:00 to 03:00",
    "source: choose a source",
    "room: is missing",
    "late_after_ms: must be minutes from 0 to 1440",
  ]);
});
