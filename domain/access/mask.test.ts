import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedName } from "./mask.ts";

describe("a masked name", () => {
  it.each([
    ["Ada Lovelace", "A. L."],
    ["ada", "A."],
    ["Jean-Luc  Picard", "J. L. P."],
    ["O’Hara, Scarlett", "O. S."],
    ["王小明", "王."],
    ["Ольга Протоколова", "О. П."],
    ["محمد علي", "م. ع."],
    ["ßoll", "ß."],
    ["𝒜da 𝕏", "𝒜. 𝕏."],
    ["👩‍🦰 Ada", "A."],
    ["🙂", "?"],
    ["", ""],
    [" \t ", ""],
    ["ada.lovelace@example.org", "A. L."],
    ["a b c d e f", "A. B. C. D."],
  ])("of %s is %s", (name, shown) => expect(maskedName(name)).toBe(shown));

  it("has of any word never more than its first letter, and is the same when it is masked again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (name) => {
        const shown = maskedName(name);
        expect(maskedName(shown)).toBe(shown);
        if (shown === "" || shown === "?") return;
        const initials = shown.split(" ");
        expect(initials.length).toBeLessThanOrEqual(4);
        for (const one of initials) expect(one).toMatch(/^[\p{L}\p{N}]\.$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});
