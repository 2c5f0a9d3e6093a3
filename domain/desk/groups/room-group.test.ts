import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RoomGroup, rulesOf } from "./room-group.ts";

const LIMITS = { amberMs: 1_000, redMs: 2_000, urgentMs: 3_000 };
const HOURS = { timeZone: "UTC", weekdays: {}, closedOn: [] };

function group(name: string, patterns: string[], more: Partial<RoomGroup> = {}): RoomGroup {
  return {
    id: name,
    name,
    sourceId: null,
    patterns,
    hours: null,
    limits: null,
    links: [],
    ...more,
  };
}

describe("what counts in a room", () => {
  it("is said by the most exact group that says it", () => {
    const house = group("House", ["*"], { hours: HOURS, limits: LIMITS });
    const wolf = group("Dr Wolf", ["Dr Wolf*"], { limits: { ...LIMITS, amberMs: 500 } });
    const room = group("Room 3", ["wolf-3"]);
    const rules = rulesOf({ sourceId: "s", key: "wolf-3", title: "Dr Wolf, room 3" }, [
      ...[house, wolf, room],
    ]);
    expect(rules.groups.map(({ name }) => name)).toEqual(["Room 3", "Dr Wolf", "House"]);
    expect(rules.hours).toBe(HOURS);
    expect(rules.limits?.amberMs).toBe(500);
  });

  it("is nothing where no group fits, as one of another source", () => {
    const other = group("Other", ["*"], { sourceId: "other", hours: HOURS });
    expect(rulesOf({ sourceId: "s", key: "a", title: null }, [other])).toEqual({
      ...{ groups: [], hours: null, limits: null, links: [] },
    });
  });

  it("does not depend on the order of the groups", () => {
    const some = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        name: fc.constantFrom("A", "B", "C"),
        patterns: fc.subarray(["*", "a*", "ab*", "ab", "zz"], { minLength: 1 }),
        sourceId: fc.constantFrom(null, "s", "other"),
        hours: fc.constantFrom(null, HOURS),
        limits: fc.constantFrom(null, LIMITS),
        links: fc.constant([]),
      }),
      { selector: ({ id }) => id, maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (groups) => {
        const room = { sourceId: "s", key: "ab", title: null };
        expect(rulesOf(room, groups.toReversed())).toEqual(rulesOf(room, groups));
      }),
    );
  });
});
