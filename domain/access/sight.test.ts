import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  fits,
  isLimited,
  isWhole,
  likePattern,
  seesRoom,
  seesSeries,
  sightKey,
  WHOLE_SIGHT,
} from "./sight.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "%", "_", "\\", "é", "𝕏", "\n") });

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** The same by an expression, which is another way of saying it. */
function byExpression(pattern: string, whole: string): boolean {
  const parts = pattern.split("*").map((part) => literally(part));
  return new RegExp(`^${parts.join("[^]*")}$`).test(whole);
}

/** What `like` makes of a pattern, read character by character. */
function like(pattern: string, whole: string): boolean {
  let expression = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const one = pattern[at] ?? "";
    if (one === "\\") expression += literally(pattern[++at] ?? "");
    else expression += one === "%" ? "[^]*" : one === "_" ? "[^]" : literally(one);
  }
  return new RegExp(`^${expression}$`).test(whole);
}

describe("a pattern", () => {
  it("fits as an expression would, whatever is in it", () => {
    fc.assert(
      fc.property(text, text, (pattern, whole) => {
        expect(fits(pattern, whole)).toBe(byExpression(pattern, whole));
      }),
    );
  });

  it("fits in SQL where it fits here", () => {
    fc.assert(
      fc.property(text, text, (pattern, whole) => {
        expect(like(likePattern(pattern), whole)).toBe(fits(pattern, whole));
      }),
    );
  });

  it("fits what it was made of", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (parts) => {
        const literal = parts.map((part) => part.replaceAll("*", ""));
        expect(fits(literal.join("*"), literal.join("between"))).toBe(true);
      }),
    );
  });

  it.each([
    ["algebra", "algebra", true],
    ["algebra", "algebra-2", false],
    ["algebra*", "algebra-2", true],
    ["*", "", true],
    ["a*a", "a", false],
    ["Algebra", "algebra", false],
  ])("%s, and %s: %s", (pattern, whole, is) => {
    expect(fits(pattern, whole)).toBe(is);
  });
});

const room = { sourceId: "s", key: "k-1", title: "Algebra" };

test("a room is seen by its key or its title, in a source that is seen", () => {
  expect(seesRoom(WHOLE_SIGHT, room)).toBe(true);
  expect(seesRoom({ sources: ["s"], rooms: ["k-*"] }, room)).toBe(true);
  expect(seesRoom({ sources: null, rooms: ["Alg*"] }, room)).toBe(true);
  expect(seesRoom({ sources: ["other"], rooms: null }, room)).toBe(false);
  expect(seesRoom({ sources: ["s"], rooms: ["x*"] }, room)).toBe(false);
  expect(seesRoom({ sources: ["s"], rooms: [] }, room)).toBe(false);
  expect(seesRoom({ sources: [], rooms: null }, room)).toBe(false);
  expect(seesRoom({ sources: null, rooms: ["Alg*"] }, { ...room, title: null })).toBe(false);
});

test("who sees more patterns or sources sees no less", () => {
  const some = fc.option(fc.array(text), { nil: null });
  fc.assert(
    fc.property(some, some, text, text, text, (sources, rooms, sourceId, key, more) => {
      const seen = { sourceId, key, title: null };
      const wider = { sources: sources && [...sources, more], rooms: rooms && [...rooms, more] };
      if (seesRoom({ sources, rooms }, seen)) expect(seesRoom(wider, seen)).toBe(true);
    }),
  );
});

test("sights of the same rooms have one key", () => {
  const sight = { sources: ["b", "a"], rooms: null, masked: false };
  expect(sightKey(sight)).toBe(sightKey({ ...sight, sources: ["a", "b", "a"] }));
  expect(sightKey(sight)).not.toBe(sightKey({ ...sight, masked: true }));
  expect([isWhole(WHOLE_SIGHT), isLimited(WHOLE_SIGHT)]).toEqual([true, false]);
  expect([isWhole(sight), isLimited(sight)]).toEqual([false, true]);
  expect(isWhole({ ...WHOLE_SIGHT, masked: true })).toBe(false);
});

describe("a series", () => {
  const room = { sourceId: "one", key: "bot_1", title: "Algebra" };
  const patterns = fc.array(fc.constantFrom("bot_*", "Alg*", "*", "Algebra", "bot_1"));
  const sight = fc.record({
    sources: fc.option(fc.subarray(["one", "other"])),
    rooms: fc.option(patterns),
  });

  it("by itself is seen where its room is", () => {
    fc.assert(
      fc.property(sight, (own) => {
        expect(seesSeries(own, { ...room, seriesBy: "room" })).toBe(seesRoom(own, room));
      }),
    );
  });

  it("by its title is seen where every room would be that is called so", () => {
    fc.assert(
      fc.property(sight, fc.string(), (own, key) => {
        if (!seesSeries(own, { ...room, seriesBy: "title" })) return;
        expect(seesRoom(own, { ...room, key })).toBe(true);
      }),
    );
    const byKey = { sources: null, rooms: ["bot_*"] };
    expect(seesRoom(byKey, room)).toBe(true);
    expect(seesSeries(byKey, { ...room, seriesBy: "title" })).toBe(false);
  });
});
