import { describe, expect, test } from "vitest";
import { asReported } from "#domain/meeting/certainty.ts";
import { matchRoster } from "#domain/scheduled/roster-match.ts";
import type { SeenPerson } from "#domain/scheduled/seen.ts";
import type { RegisterEntry } from "./facts.ts";
import { attendeesOf } from "./identity.ts";

function seen(n: number): SeenPerson[] {
  return Array.from({ length: n }, (_, index) => ({
    meetingId: "m",
    personId: `${index}`,
    name: "Phone",
    nameKeys: ["phone"],
    userIds: index % 2 === 0 ? [] : [`u${index}`],
    elsewhere: { nameKeys: [], userIds: [] },
    presence: [],
    attended: [],
    waits: [],
    tenures: [],
    firstSeenAt: index,
    sureness: asReported({ firstJoinedAt: null, lastLeftAt: null }),
  }));
}

function roster(n: number) {
  return Array.from({ length: n }, (_, index) => ({
    position: index + 1,
    name: "Phone",
    userId: index % 2 === 0 ? `other ${index}` : null,
    email: null,
    role: "guest" as const,
  }));
}

function entries(n: number): RegisterEntry[] {
  return Array.from({ length: n }, (_, index) => ({
    meetingId: "m",
    personId: `${index}`,
    userId: null,
    name: "Phone",
    nameKey: "phone",
    firstJoinedAt: index,
    lastLeftAt: null,
    attendedMs: 0,
    openSince: null,
    isWaiting: false,
    hostedFrom: null,
    sureness: asReported({ firstJoinedAt: index, lastLeftAt: null }),
    joined: null,
  }));
}

/** How often properties of these objects are read meanwhile. */
function readsOf<T extends object>(
  all: T[],
  name: keyof T,
  work: (counted: T[]) => unknown,
): number {
  let reads = 0;
  const counted = all.map((one) => {
    const value = one[name];
    return Object.defineProperty({ ...one }, name, {
      enumerable: true,
      get: () => {
        reads += 1;
        return value;
      },
    });
  });
  work(counted);
  return reads;
}

describe("ten times as many of one name take ten times the work", () => {
  test("on a roster and in a meeting", () => {
    const reads = (n: number) =>
      readsOf(seen(n), "userIds", (people) => matchRoster(roster(n), people));
    expect(reads(3_000)).toBeLessThan(20 * reads(300));
  });

  test("in a register", () => {
    const reads = (n: number) =>
      readsOf(entries(n), "joined", (all) => attendeesOf({ entries: all, userIdsLast: false }));
    expect(reads(3_000)).toBeLessThan(20 * reads(300));
  });
});

test("of a name that many have the first lines get the people without another id, in their order", () => {
  const { matches } = matchRoster(roster(6), seen(6));
  const found = [...matches].map(
    ([
      position,
      {
        seen: { personId },
      },
    ]) => [position, personId],
  );
  // Lines 1, 3, 5 have a user id: they get the people without one. The others get who is left.
  expect(found.toSorted()).toEqual([
    [1, "0"],
    [2, "1"],
    [3, "2"],
    [4, "3"],
    [5, "4"],
    [6, "5"],
  ]);
});
