import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clock,
  histories,
  joins,
  knocks,
  leaves,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { connectionsOf } from "./connections.ts";
import { projectMeeting } from "./meeting.ts";

describe("the connections of a person", () => {
  it("are shown as they came: nothing joined or merged, each under its own name", () => {
    const lena = person(
      meetingOfLines(
        ["10:00", knocks("Lena", { session: "wait", user: "l" })],
        ["10:02", stopsWaiting("Lena", { session: "wait", user: "l" })],
        ["10:02:01", joins("Lena", { session: "a", user: "l", host: true })],
        ["10:20", leaves("Lena", { session: "a", user: "l" })],
        ["10:20:05", joins("Lena", { session: "a", user: "l" })],
        ["10:30", joins("Lena’s phone", { session: "b", user: "l" })],
        ["10:40", leaves("Lena’s phone", { session: "b", user: "l" })],
        ["10:50", joins("Lena F.", { session: "c", user: "l" })],
      ),
      "Lena F.",
    );
    const rows = connectionsOf(lena).map(({ id, name, status, presence, waits }) => ({
      id,
      name,
      status,
      visits: presence.map(({ from, to }) => span(from, to)),
      waits: waits.map(({ startedAt, endedAt, outcome }) => [span(startedAt, endedAt), outcome]),
    }));
    expect(rows).toEqual([
      {
        id: "wait",
        name: "Lena",
        status: "not_admitted",
        visits: [],
        waits: [["10:00:00–10:02:00", "admitted"]],
      },
      {
        id: "a",
        name: "Lena",
        status: "present",
        visits: ["10:02:01–10:20:00", "10:20:05–"],
        waits: [],
      },
      {
        id: "b",
        name: "Lena’s phone",
        status: "left",
        visits: ["10:30:00–10:40:00"],
        waits: [],
      },
      { id: "c", name: "Lena F.", status: "present", visits: ["10:50:00–"], waits: [] },
    ]);
  });

  it("have every visit and wait of the meeting, each exactly once", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const { people } = projectMeeting(events, rules, clock("13:00"));
        for (const one of people) {
          const connections = connectionsOf(one);
          expect(connections.map(({ id }) => id)).toEqual(one.participantIds);
          const visits = connections.flatMap((connection) => connection.visits);
          expect(new Set(visits)).toEqual(new Set(one.visits));
          expect(visits).toHaveLength(one.visits.length);
          const waits = connections.flatMap((connection) => connection.waits);
          expect(new Set(waits)).toEqual(new Set(one.waits));
          expect(waits).toHaveLength(one.waits.length);
        }
        const ids = people.flatMap(({ participantIds }) => participantIds);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
