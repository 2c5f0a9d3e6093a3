import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthMs } from "#domain/interval.ts";
import { tellMeeting } from "#domain/meeting.ts";
import { clock, histories, joins, leaves, minutes, rules } from "#domain/testing/history.ts";
import { reasonsFor, reasonWords } from "./why.ts";

const NOW = clock("12:30");

describe("why somebody attended for so long", () => {
  it("adds up: stays and joined gaps are the attended time, for any history", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        for (const person of tellMeeting(events, rules, NOW).people) {
          const counted = reasonsFor(person, rules).filter(
            ({ what }) => what.kind === "stay" || what.kind === "joined_gap",
          );
          expect(lengthMs(counted, NOW)).toBe(lengthMs(person.attended, NOW));
        }
      }),
    );
  });

  it("tells a longer absence and connections that overlap", () => {
    const [person] = tellMeeting(
      minutes(
        ["10:00", joins("Ada", { user: "ada", session: "laptop" })],
        ["10:05", joins("Ada", { user: "ada", session: "phone" })],
        ["10:10", leaves("Ada", { user: "ada", session: "laptop" })],
        ["10:12", leaves("Ada", { user: "ada", session: "phone" })],
        ["10:20", joins("Ada", { user: "ada", session: "laptop 2" })],
      ),
      rules,
      NOW,
    ).people;
    expect(person && reasonsFor(person, rules).map(({ what }) => reasonWords(what))).toEqual([
      "in, reported; 2 connections that overlap count once",
      "away, does not count",
      "in, still open",
    ]);
  });

  it("gives a leave that nobody saw the beginning of no length", () => {
    const [person] = tellMeeting(minutes(["10:10", leaves("Bo")]), rules, NOW).people;
    expect(person && reasonsFor(person, rules).map(({ what }) => reasonWords(what))).toEqual([
      "only the leave was reported, so it has no length",
    ]);
  });
});
