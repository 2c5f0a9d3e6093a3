import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupsOf, type PersonPair } from "./joined.ts";

const link = (one: string, other: string): PersonPair => ({ one, other });

describe("the groups that links make", () => {
  test("have no one without a link, and all who are connected", () => {
    expect(groupsOf([])).toEqual([]);
    expect(groupsOf([link("b", "a"), link("d", "c"), link("c", "b"), link("x", "y")])).toEqual([
      ["a", "b", "c", "d"],
      ["x", "y"],
    ]);
  });

  test("are the same, in any order and direction of the links", () => {
    const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const links = fc.array(fc.tuple(id, id).map(([one, other]) => link(one, other)));
    fc.assert(
      fc.property(
        links.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const turned = shuffled.map(({ one, other }) => link(other, one));
          expect(groupsOf(turned).toSorted()).toEqual(groupsOf(all).toSorted());
        },
      ),
    );
  });
});
