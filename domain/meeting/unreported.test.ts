import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { namesContradict, namesNobody } from "#domain/identity/generic-names.ts";
import { foldName } from "#domain/identity/name.ts";
import { NO_RETURNED_WAITS } from "#domain/participant/room-context.ts";
import {
  clock,
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  starts,
  stopsWaiting,
  updates,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { type MeetingView, projectMeeting } from "./meeting.ts";
import { hostless } from "./metrics.ts";
import { presenceAt } from "./moment.ts";
import { attendedMs, unknownMs } from "./person-view.ts";
import { overtakings, partMeetings } from "./room.ts";

type Lines = Parameters<typeof minutes>;

/** The meetings of a room, projected at a time. */
function roomAt(time: string, ...lines: Lines): MeetingView[] {
  const now = clock(time);
  const parts: MeetingEvent[][] = partMeetings(minutes(...lines), rules, now);
  const overtaken = overtakings(parts);
  return parts.map((part, index) =>
    projectMeeting(part, rules, now, {
      returned: NO_RETURNED_WAITS,
      overtakenAt: overtaken[index] ?? null,
    }),
  );
}

const stays = (view: MeetingView, name: string) =>
  person(view, name).visits.map(({ joinedAt, leftAt, leftBy }) =>
    leftBy === undefined
      ? span(joinedAt, leftAt)
      : `${span(joinedAt, leftAt)} by ${span(leftBy, null)}`,
  );

describe("an end that was not reported", () => {
  it("is no later than the provider's next meeting, and joins no two of them", () => {
    const [first, second] = roomAt(
      "15:00",
      ["10:00", starts("m1")],
      ["10:01", joins("Rosa")],
      ["14:00", starts("m2")],
      ["14:01", joins("Iker")],
      ["14:30", leaves("Iker", { joinedAt: "14:01" })],
    );
    if (!first || !second) throw new Error("not two meetings");
    expect(stays(first, "Rosa")).toEqual(["10:01:00–10:01:00 by 14:00:00–"]);
    expect(first).toMatchObject({ status: "ended", presentCount: 0, endedAt: clock("10:01") });
    expect(person(first, "Rosa").status).toBe("not_known");
    expect(second).toMatchObject({ status: "ended", startedAt: clock("14:00") });
    expect(second.people).toHaveLength(1);
  });

  it("is undone by a report, however late", () => {
    const meetings = roomAt(
      "15:00",
      ["10:00", starts("m1")],
      ["10:01", joins("Rosa")],
      ["14:00", starts("m2")],
      ["14:01", joins("Iker")],
      ["11:00", leaves("Rosa", { joinedAt: "10:01" })],
    );
    expect(meetings.map((one) => one.people.map(({ name }) => name))).toEqual([["Rosa"], ["Iker"]]);
    expect(meetings[0] && stays(meetings[0], "Rosa")).toEqual(["10:01:00–11:00:00"]);
  });

  it("is unknown for a person inside when the provider reports the end of the meeting", () => {
    const [view] = roomAt(
      "10:40",
      ["10:00", starts("m1")],
      ["10:00", joins("Dr Brandt", { user: "doc", host: true })],
      ["10:25", ends("m1", "10:00")],
      ["10:25", starts("m2")],
      ["10:31", joins("Livia")],
    );
    if (!view) throw new Error("no meeting");
    expect(person(view, "Dr Brandt")).toMatchObject({ status: "not_known", isHost: true });
    expect(view).toMatchObject({ status: "live", presentCount: 1 });
    expect(hostless(view.people, rules.graceMs)).toEqual([]);
    const moment = presenceAt(view, clock("10:35"), rules.graceMs);
    expect(moment.present.map(({ name }) => name)).toEqual(["Livia"]);
  });

  it("comes with twelve hours of silence in the room, and counts up to the last event", () => {
    const lines: Lines = [
      ["09:00", joins("Rosa")],
      ["09:20", updates("Rosa", { host: true })],
    ];
    expect(roomAt("21:20", ...lines)).toMatchObject([{ status: "live", presentCount: 1 }]);
    const [view] = roomAt("21:21", ...lines);
    if (!view) throw new Error("no meeting");
    expect(stays(view, "Rosa")).toEqual(["09:00:00–09:20:00 by 21:20:00–"]);
    expect(attendedMs(person(view, "Rosa"), clock("30:00"))).toBe(20 * 60_000);
    expect(unknownMs(person(view, "Rosa"), rules.graceMs)).toBe(12 * 3_600_000);
  });

  it("comes with a day without an event of the person, in a room that is never silent", () => {
    const lines: Lines = [["08:00", joins("Rosa", { user: "r" })]];
    for (let hour = 9; hour < 34; hour += 6) {
      lines.push([`${hour}:00`, joins("Iker", { session: `i${hour}` })]);
      lines.push([`${hour}:30`, leaves("Iker", { session: `i${hour}` })]);
    }
    const present = (time: string) =>
      roomAt(time, ...lines).flatMap(({ people }) =>
        people.filter(({ status }) => status === "present").map(({ name }) => name),
      );
    expect(present("31:59")).toContain("Rosa");
    expect(present("32:00")).not.toContain("Rosa");
  });

  it("is no later than when the same user comes in again, and two devices with names of their own are two", () => {
    const back = meetingOfLines(
      ["10:00", joins("Rosa", { session: "1", user: "r" })],
      ["11:00", joins("Rosa", { session: "2", user: "r" })],
      ["11:30", leaves("Rosa", { session: "2", user: "r", joinedAt: "11:00" })],
    );
    expect(stays(back, "Rosa")).toEqual(["10:00:00–10:00:00 by 11:00:00–", "11:00:00–11:30:00"]);
    expect(back).toMatchObject({ presentCount: 0 });
    expect(person(back, "Rosa").status).toBe("not_known");
    const beside = meetingOfLines(
      ["10:00", joins("Rosa", { session: "1", user: "r" })],
      ["11:00", joins("Rosa (tablet)", { session: "2", user: "r" })],
      ["11:30", leaves("Rosa (tablet)", { session: "2", user: "r", joinedAt: "11:00" })],
    );
    expect(beside).toMatchObject({ presentCount: 1, people: [{ status: "present" }] });
  });

  it("of a knock lengthens no meeting, and makes no one leave early", () => {
    const [view] = roomAt(
      "15:00",
      ["10:00", joins("Dr Brandt", { user: "doc", host: true })],
      ["10:01", knocks("Pavel")],
      ["10:15", leaves("Dr Brandt", { user: "doc", joinedAt: "10:00" })],
    );
    expect(view).toMatchObject({ status: "ended", endedAt: clock("10:15") });
    expect(view && person(view, "Pavel").waits).toMatchObject([
      { outcome: "unknown", endedAt: clock("10:01"), overBy: clock("14:01") },
    ]);
  });

  it("leaves a presence of a moment at least, so the peak is one", () => {
    expect(meetingOfLines(["10:00", joins("Rosa")], ["10:30", ends()]).peak).toEqual({
      count: 1,
      at: clock("10:00"),
    });
  });
});

describe("a person who waits", () => {
  it("is one after several knocks, once they were let in", () => {
    const lines: Lines = [
      ["10:00", knocks("Pavel Novak", { session: "1" })],
      ["10:04", knocks("Pavel Novak", { session: "2" })],
      ["10:08", knocks("Pavel Novak", { session: "3" })],
    ];
    expect(roomAt("10:11", ...lines)).toMatchObject([{ waitingCount: 3 }]);
    const [view] = roomAt("10:13", ...lines, ["10:12", joins("Pavel Novak", { session: "3" })]);
    expect(view).toMatchObject({ waitingCount: 0, presentCount: 1 });
    expect(view?.people).toMatchObject([
      { waits: [{ startedAt: clock("10:00"), endedAt: clock("10:12"), outcome: "admitted" }] },
    ]);
  });

  it("goes on waiting where the page is loaded again, and had given up where it takes longer", () => {
    const waitsIf = (again: string) =>
      meetingOfLines(
        ["10:00", knocks("Pavel", { session: "1" })],
        ["10:05", stopsWaiting("Pavel", { session: "1", since: "10:00" })],
        [again, knocks("Pavel", { session: "2" })],
        ["10:20", stopsWaiting("Pavel", { session: "2" })],
      ).people.flatMap(({ waits }) => waits.map(({ outcome }) => outcome));
    expect(waitsIf("10:05:40")).toEqual(["left"]);
    expect(waitsIf("10:06:01")).toEqual(["left", "left"]);
  });

  it("is never hidden by people who are in, not even by themselves", () => {
    const view = meetingOfLines(
      ["12:00", joins("Livia", { session: "1", user: "clinic" })],
      ["12:05", knocks("Pavel", { session: "2", user: "clinic" })],
      ["12:06", knocks("Livia", { session: "3", user: "clinic" })],
    );
    expect(view).toMatchObject({ presentCount: 1, waitingCount: 2 });
    expect(person(view, "Pavel")).toMatchObject({ status: "waiting", isUserIdShared: true });
    expect(person(view, "Livia")).toMatchObject({ status: "present", isUserIdShared: true });
  });
});

describe("who is who", () => {
  const people = (...lines: Lines) =>
    meetingOfLines(...lines).people.map(({ visits }) => visits.length);

  it("is one where a lost connection is reported as gone after its owner came back, and two where both went on", () => {
    const overlap = (left: string, name: string) =>
      people(
        ["10:00", joins(name, { session: "1" })],
        ["10:20", joins(name, { session: "2" })],
        [left, leaves(name, { session: "1", joinedAt: "10:00" })],
        ["10:50", leaves(name, { session: "2", joinedAt: "10:20" })],
      );
    expect(overlap("10:21:15", "Livia Moreau")).toEqual([2]);
    expect(overlap("10:22", "Livia Moreau")).toEqual([1, 1]);
    expect(overlap("10:20:15", "iPhone")).toEqual([1, 1]);
  });

  it("is the only namesake who signed in, where a guest goes on at once", () => {
    const guest = (from: string) =>
      people(
        ["10:00", joins("Livia", { session: "1", user: "livia@example.org" })],
        ["10:20", leaves("Livia", { session: "1", user: "livia@example.org" })],
        [from, joins("Livia", { session: "2" })],
        ["10:58", leaves("Livia", { session: "2" })],
      );
    expect(guest("10:20:40")).toEqual([2]);
    expect(guest("10:30")).toEqual([1, 1]);
  });

  it("cannot be decided among more than a hundred guests of one name", () => {
    const lines = (count: number): Lines =>
      Array.from({ length: count }, (_, n) => [
        [`10:00:${n % 60}.${n}`, joins("Livia", { session: `${n}` })] as const,
        [`10:00:${n % 60}.${n}1`, leaves("Livia", { session: `${n}` })] as const,
      ]).flat();
    expect(meetingOfLines(...lines(100)).people.length).toBeLessThan(100);
    expect(meetingOfLines(...lines(101)).people).toHaveLength(101);
  });
});

describe("a name", () => {
  it.each([
    "iPhone",
    "iPad (2)",
    "Galaxy S21",
    "Guest",
    "Gast 3",
    "1604***0199",
    "SM-A515F",
    "ゲスト",
  ])("like %s names no person", (name) => expect(namesNobody(foldName(name) ?? "")).toBe(true));

  it.each(["Max", "Honor", "Jo", "Smith", "Anna Gast", "Ada’s iPhone", "Mac", "李娜"])(
    "like %s names a person",
    (name) => expect(namesNobody(foldName(name) ?? "")).toBe(false),
  );

  it("contradicts another where neither contains the other", () => {
    const contradicts = (one: string, other: string) =>
      namesContradict(foldName(one), foldName(other));
    expect(contradicts("Rui Carvalho", "Petra Novak")).toBe(true);
    expect(contradicts("Emma Noren", "Jonas Noren")).toBe(true);
    for (const other of ["Emma", "Emma Noren (iPad)", "Emma’s phone", "iPhone de Emma", "iPad"]) {
      expect(contradicts("Emma Noren", other), other).toBe(false);
    }
  });
});
