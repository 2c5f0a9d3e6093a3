import { describe, expect, test } from "vitest";
import { asReported } from "#domain/meeting/certainty.ts";
import type { RegisterEntry, RegisterMeeting } from "./facts.ts";
import { withinCells, withinEntries } from "./fitting.ts";
import { NO_STARTS } from "./start.ts";

function meeting(id: string, peopleCount: number): RegisterMeeting {
  return {
    id,
    status: "ended",
    firstAt: 0,
    startedAt: 0,
    endedAt: 1,
    peopleCount,
    erased: false,
    starts: NO_STARTS,
  };
}

function was(meetingId: string, name: string): RegisterEntry {
  return {
    meetingId,
    personId: `c:${name}`,
    userId: null,
    name,
    nameKey: name,
    firstJoinedAt: 0,
    lastLeftAt: 1,
    attendedMs: 1,
    openSince: null,
    isWaiting: false,
    hostedFrom: null,
    sureness: asReported({ firstJoinedAt: 0, lastLeftAt: 1 }),
    joined: null,
  };
}

const ids = (meetings: readonly { id: string }[]) => meetings.map(({ id }) => id).join("");

describe("the shown part of a register with crowds", () => {
  test.each([
    [100, "abcd"],
    [60, "abcd"],
    [59, "abc"],
    [30, "abc"],
    [29, "a"],
    [1, "a"],
  ])("with at most %d entries", (most, shown) => {
    const meetings = [meeting("a", 10), meeting("b", 20), meeting("c", 0), meeting("d", 30)];
    expect(ids(withinEntries(meetings, most))).toBe(shown);
  });

  test("an older small meeting never follows a left-out one", () => {
    const meetings = [meeting("a", 10), meeting("b", 90), meeting("c", 1)];
    expect(ids(withinEntries(meetings, 50))).toBe("a");
  });

  test.each([
    // Ada and Bo, then Cy, then two more: 2 × 1, 3 × 2, 5 × 3 cells.
    [15, "abc", 6],
    [14, "ab", 4],
    [6, "ab", 4],
    [5, "a", 2],
    [1, "a", 2],
  ])("with at most %d cells", (most, shown, entries) => {
    const facts = {
      meetings: [meeting("a", 2), meeting("b", 2), meeting("c", 2)],
      entries: [
        was("c", "Dee"),
        was("b", "Cy"),
        was("a", "Ada"),
        was("b", "Ada"),
        was("a", "Bo"),
        was("c", "Eve"),
      ],
      userIdsLast: true,
      graceMs: 30_000,
    };
    const fitting = withinCells(facts, most);
    expect(ids(fitting.meetings)).toBe(shown);
    expect(fitting.entries).toHaveLength(entries);
  });
});
