import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctionsOf } from "./correction.ts";
import type { MeetingEvent } from "./event.ts";
import { tellMeeting } from "./meeting.ts";
import {
  clock,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  rulesThat,
  stopsWaiting,
} from "./testing/history.ts";

type Lines = Parameters<typeof minutes>;

/** What is corrected when `late` is heard at 11:00, `known` having stood on the page. */
function corrected(known: Lines, ...late: Lines): string[] {
  const now = clock("11:00");
  const events = minutes(...known);
  const before = tellMeeting(events, rules, now);
  const after = tellMeeting([...events, ...minutes(...late)], rules, now);
  return correctionsOf(before, after, now).map(
    ({ person, what }) => `${person.name} ${Object.values(what).join(" ")}`,
  );
}

const kofi: Lines = [
  ["10:00", joins("Host")],
  ["10:20", knocks("Kofi", { session: "k" })],
  ["10:25", stopsWaiting("Kofi", { session: "k" })],
];

describe("a page corrects itself", () => {
  it("where somebody shown as lost was admitted after all", () => {
    expect(corrected(kofi, ["10:25:02", joins("Kofi", { session: "k" })])).toEqual([
      "Kofi wait left admitted",
      "Kofi attended 2098000",
    ]);
  });

  it("where nobody had told how a wait ended", () => {
    const silent: Lines = [
      ["04:00", knocks("Kofi", { session: "k" })],
      ["10:00", joins("Host")],
    ];
    expect(corrected(silent, ["04:10", stopsWaiting("Kofi", { session: "k" })])).toEqual([
      "Kofi wait unknown left",
    ]);
  });

  it("where somebody had left long before it was told", () => {
    expect(corrected([["10:00", joins("Ada")]], ["10:30", leaves("Ada")])).toEqual([
      `Ada attended ${-30 * 60_000}`,
    ]);
  });

  it("where nobody had told that somebody was there", () => {
    expect(corrected(kofi, ["10:40", leaves("Ada", { joinedAt: "10:10" })])).toEqual([
      `Ada appeared ${clock("10:10")}`,
    ]);
  });

  it("where two guests of one name were there at once", () => {
    const guests: Lines = [
      ["10:00", joins("iPhone", { session: "1" })],
      ["10:10", leaves("iPhone", { session: "1" })],
      ["10:20", joins("iPhone", { session: "2" })],
    ];
    expect(corrected(guests, ["10:30", leaves("iPhone", { session: "1" })])).toEqual([
      "iPhone parted",
    ]);
  });
});

describe("nothing is corrected", () => {
  it("by what an operator rules", () => {
    expect(corrected(kofi, ["10:59", rulesThat("same", ["Host", "k"])])).toEqual([]);
  });

  it("by whoever comes back now", () => {
    const now = clock("10:40");
    const before = tellMeeting(minutes(...kofi), rules, now);
    const back = minutes(...kofi, ["10:40", joins("Kofi", { session: "again" })]);
    expect(correctionsOf(before, tellMeeting(back, rules, now), now - 5000)).toEqual([]);
  });

  it("by what is told as it happens", () => {
    fc.assert(
      fc.property(histories({ maxLength: 16 }), (history) => {
        // An end that names an earlier start, or that nobody saw the start of, is news of the past.
        const events = history.filter(isOfNow).toSorted((a, b) => a.at - b.at);
        for (let heard = 1; heard < events.length; heard += 1) {
          const now = events[heard]?.at ?? 0;
          const known = tellMeeting(events.slice(0, heard), rules, now);
          const next = tellMeeting(events.slice(0, heard + 1), rules, now);
          const said = correctionsOf(known, next, now - 15_000).filter(
            ({ what }) => what.kind !== "parted" && what.kind !== "joined",
          );
          expect(said).toEqual([]);
        }
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});

function isOfNow(event: MeetingEvent): boolean {
  return event.type === "joined" || event.type === "knocked" || event.type === "updated";
}
