import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { masked, maskedId, maskedName, PROGRAM } from "./mask.ts";

const pseudonym = (text: string) =>
  `${[...text].reduce((sum, one) => sum * 31 + (one.codePointAt(0) ?? 0), 7) % 9973}`;

describe("a masked name", () => {
  it.each([
    ["Ada Lovelace", "A. L."],
    ["ada", "A."],
    ["Jean-Luc  Picard", "J. L. P."],
    ["O’Hara, Scarlett", "O. S."],
    ["Müller-Öz", "M. Ö."],
    ["Ł́ukasz", "Ł."],
    ["王小明", "王."],
    ["Ольга Протоколова", "О. П."],
    ["محمد علي", "م. ع."],
    ["ßoll", "ß."],
    ["𝒜da 𝕏", "𝒜. 𝕏."],
    ["👩‍🦰 Ada", "A."],
    ["🙂", "?"],
    ["", ""],
    ["ada.lovelace@example.org", "A. L."],
    ["+49 151 234567", "4. 1. 2."],
    ["a b c d e f", "A. B. C. D."],
    ["Jonas's Notetaker (Otter.ai)", PROGRAM],
    ["A. L.", "A. L."],
    [PROGRAM, PROGRAM],
  ])("of %s is %s", (name, shown) => {
    expect(maskedName(name)).toBe(shown);
  });

  it("is of a program what all programs are called, by the words of its source too", () => {
    expect(maskedName("Protokoll von Ada", ["Protokoll von"])).toBe(PROGRAM);
    expect(maskedName("Ada Notta", ["-Ada Notta"])).toBe("A. N.");
  });

  it("has never more of any word than one letter, and masked again is the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const shown = maskedName(name);
        expect(maskedName(shown)).toBe(shown);
        if (shown === PROGRAM || shown === "?" || shown === "") return;
        expect(shown.split(" ").length).toBeLessThanOrEqual(4);
        for (const one of shown.split(" ")) expect(one).toMatch(/^[\p{L}\p{N}]\.$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});

const name = fc.string({ minLength: 5, maxLength: 20, unit: fc.constantFrom(..."abcdeéж王") });
const who = fc.record({
  name: fc.option(name),
  user_id: fc.option(name),
  email: fc.option(name),
  person_id: name.map((id) => `u:${id}`),
  seen_as: name,
  names: fc.array(name),
});

test("nothing of a person's names or ids is left, wherever they stand", () => {
  const anywhere = fc.oneof(
    who,
    fc.array(who),
    fc.record({ people: fc.array(who), matched: fc.record({ person: name, other_name: name }) }),
    fc.record({ events: fc.array(fc.record({ data: who, at: fc.integer() })) }),
  );
  fc.assert(
    fc.property(anywhere, (value) => {
      const left = JSON.stringify(masked(value, pseudonym));
      for (const text of textsIn(value)) expect(left).not.toContain(text.replace(/^u:/, ""));
      expect(JSON.stringify(masked(value, pseudonym))).toBe(left);
    }),
  );
});

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test("what is no person keeps its name, and everything else is as it was", () => {
  const meeting = {
    id: "u-1",
    source: { id: "s", provider: "daily", name: "Clinic" },
    class_list: { id: "l", name: "Class" },
    room: "algebra",
    title: "Ada's hour",
    count: 3,
    at: new Date(5),
    observer: { state: "removed", reason: "removed", by: "Ada Lovelace" },
    corrections: [{ ruling: "r", by: "Front desk" }],
    present: null,
  };
  expect(masked(meeting, pseudonym)).toEqual({
    ...meeting,
    observer: { ...meeting.observer, by: "A. L." },
  });
});

test("two ids are two, and one is one", () => {
  expect(maskedId("ada", pseudonym)).toBe(maskedId("ada", pseudonym));
  expect(maskedId("ada", pseudonym)).not.toBe(maskedId("alan", pseudonym));
  const left = masked(
    { people: [{ id: "u:ada" }], person_id: "u:ada", personId: "c:1" },
    pseudonym,
  );
  expect(left).toEqual({
    people: [{ id: `u:${maskedId("ada", pseudonym)}` }],
    person_id: `u:${maskedId("ada", pseudonym)}`,
    personId: "c:1",
  });
});
