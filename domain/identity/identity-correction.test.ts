import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { attendedMs } from "#domain/meeting/person-view.ts";
import {
  clock,
  correctsIdentity,
  histories,
  joins,
  leaves,
  rules,
} from "#domain/testing/history.ts";
import { meetingOfLines, person } from "#domain/testing/projected.ts";

const now = clock("13:00");
const groups = ({ people }: ReturnType<typeof meetingOfLines>) =>
  people.map(({ participantIds }) => participantIds.join("+")).toSorted();

const phoneAndLaptop: Parameters<typeof meetingOfLines> = [
  ["10:00", joins("Ada", { session: "laptop" })],
  ["10:10", joins("Ada’s iPhone", { session: "phone" })],
  ["10:20", leaves("Ada’s iPhone", { session: "phone" })],
  ["10:30", leaves("Ada", { session: "laptop" })],
];

describe("an operator’s correction of who is who", () => {
  it("makes two connections one person, who counts once", () => {
    const view = meetingOfLines(...phoneAndLaptop, [
      "11:00",
      correctsIdentity("same", ["laptop", "phone"]),
    ]);
    expect(view.people).toMatchObject([
      {
        id: "c:laptop",
        identifiedBy: "operator",
        participantIds: ["laptop", "phone"],
        rulings: [{ id: "r1", by: "Mia", at: clock("11:00") }],
      },
    ]);
    expect(view.peak?.count).toBe(1);
    expect(view.people.map((one) => attendedMs(one, now))).toEqual([30 * 60_000]);
  });

  it("is undone without a trace in the view", () => {
    const view = meetingOfLines(
      ...phoneAndLaptop,
      ["11:00", correctsIdentity("same", ["laptop", "phone"])],
      ["11:05", correctsIdentity("undone", ["laptop", "phone"])],
    );
    expect(view).toEqual(meetingOfLines(...phoneAndLaptop));
  });

  it("parts guests who were one person by their name", () => {
    const view = meetingOfLines(
      ["10:00", joins("iPhone", { session: "1" })],
      ["10:10", leaves("iPhone", { session: "1" })],
      ["10:20", joins("iPhone", { session: "2" })],
      ["10:30", leaves("iPhone", { session: "2" })],
      ["10:40", joins("iPhone", { session: "3" })],
      ["11:00", correctsIdentity("different", ["2"], { apartFrom: ["1", "3"] })],
    );
    expect(groups(view)).toEqual(["1+3", "2"]);
    expect(view.people.map(({ identifiedBy }) => identifiedBy)).toEqual(["name", "connection"]);
  });

  it("parts two people who share a user id, and gives them two ids", () => {
    const view = meetingOfLines(
      ["10:00", joins("Front desk", { session: "1", user: "desk" })],
      ["10:01", joins("Front desk", { session: "2", user: "desk" })],
      ["11:00", correctsIdentity("different", ["1"], { apartFrom: ["2"] })],
    );
    expect(view.people.map(({ id }) => id)).toEqual(["u:desk", "c:2"]);
    expect(view.presentCount).toBe(2);
  });

  it("goes before an earlier one on the same pair", () => {
    const view = meetingOfLines(
      ...phoneAndLaptop,
      ["11:00", correctsIdentity("same", ["laptop", "phone"])],
      ["11:05", correctsIdentity("different", ["laptop"], { id: "r2", apartFrom: ["phone"] })],
    );
    expect(groups(view)).toEqual(["laptop", "phone"]);
    const again = meetingOfLines(
      ...phoneAndLaptop,
      ["11:05", correctsIdentity("same", ["laptop", "phone"], { id: "r2" })],
      ["11:00", correctsIdentity("different", ["laptop"], { apartFrom: ["phone"] })],
    );
    expect(groups(again)).toEqual(["laptop+phone"]);
  });

  it("never brings together, through a third, those who must be apart", () => {
    const view = meetingOfLines(
      ["10:00", joins("A", { session: "a" })],
      ["10:01", joins("B", { session: "b" })],
      ["10:02", joins("C", { session: "c" })],
      ["11:00", correctsIdentity("different", ["a"], { id: "r0", apartFrom: ["c"] })],
      ["11:01", correctsIdentity("same", ["a", "b"], { id: "r1" })],
      ["11:02", correctsIdentity("same", ["b", "c"], { id: "r2" })],
    );
    expect(groups(view)).toEqual(["a+b", "c"]);
  });

  it("moves a namesake who is one with one of them along", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "1" })],
      ["10:10", leaves("Ada", { session: "1" })],
      ["10:20", joins("Ada", { session: "2" })],
      ["10:00", joins("Bo", { session: "3", user: "bo" })],
      ["11:00", correctsIdentity("same", ["2", "3"])],
    );
    expect(view.people).toMatchObject([{ id: "u:bo", participantIds: ["1", "3", "2"] }]);
    expect(person(view, "Bo").userId).toBe("bo");
  });

  it("may name people who turn out to be in another meeting", () => {
    const view = meetingOfLines(...phoneAndLaptop, [
      "11:00",
      correctsIdentity("same", ["laptop", "gone"]),
    ]);
    expect(groups(view)).toEqual(["laptop", "phone"]);
    expect(person(view, "Ada").identifiedBy).toBe("connection");
  });
});

describe("any corrections", () => {
  const correction = fc
    .record({
      verdict: fc.constantFrom("same" as const, "different" as const, "undone" as const),
      participantIds: fc.uniqueArray(fc.integer({ min: 0, max: 5 }).map((n) => `s${n}`)),
      apartFrom: fc.uniqueArray(fc.integer({ min: 0, max: 5 }).map((n) => `s${n}`)),
      ruling: fc.constantFrom("r1", "r2", "r3"),
      minute: fc.integer({ min: 0, max: 50 }),
    })
    .map(
      ({ minute, ...fields }): MeetingEvent => ({
        type: "identity_ruled",
        at: clock("10:00"),
        by: "Mia",
        ruledAt: clock("12:00") + minute * 60_000,
        ...fields,
      }),
    );

  it("make every participant part of exactly one person, in any order, and let no one attend longer than the meeting", () => {
    fc.assert(
      fc.property(
        histories(),
        fc.uniqueArray(correction, {
          maxLength: 6,
          // One correction states one thing.
          selector: (event) =>
            event.type === "identity_ruled" && `${event.ruling} ${event.verdict === "undone"}`,
        }),
        fc.infiniteStream(fc.nat()),
        (events, corrections, order) => {
          const all = [...events, ...corrections];
          const view = projectMeeting(all, rules, now);
          const shuffled = all
            .map((event) => ({ event, key: order.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ event }) => event);
          expect(projectMeeting(shuffled, rules, now)).toEqual(view);
          const ids = view.people.flatMap(({ participantIds }) => participantIds);
          const plain = projectMeeting(events, rules, now);
          const plainIds = plain.people.flatMap(({ participantIds }) => participantIds);
          expect(ids.toSorted()).toEqual(plainIds.toSorted());
          expect(new Set(view.people.map(({ id }) => id)).size).toBe(view.people.length);
          const length = (view.endedAt ?? now) - (view.startedAt ?? now);
          for (const one of view.people) {
            if (one.visits.length > 0) expect(attendedMs(one, now)).toBeLessThanOrEqual(length);
          }
        },
      ),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});
