import fc from "fast-check";
import { expect, test } from "vitest";
import { namesContradict, namesNobody } from "#domain/identity/generic-names.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName } from "#domain/identity/note-taker.ts";
import { withoutPronouns } from "#domain/identity/pronouns.ts";
import { MadeUp } from "./made-up.ts";

const OWN = ["Minutes Helper", "-Notta"];
const madeUp = () => new MadeUp(Buffer.from("a key for a test"), ["p-2", "p-10"], OWN);

const NAMES = [
  ...["Ada Lovelace", "ada  lovelace", "ADA", "Ada’s iPhone", "Adas iPad", "iPhone 7", "Guest 3"],
  ...[
    "Dr. Anna-Lena Müller-Voss",
    "MÜLLER",
    "muller",
    "Straße",
    "STRASSE",
    "José",
    "Jose",
    "Ａｄａ",
  ],
  ...["Otter Jensen", "Jonas's Notetaker (Otter.ai)", "Read.ai", "Read Montague", "Minutes-Helper"],
  ...["+49 170 1234567", "SM-G991B", "Max Müller", "iPhone 12 Pro Max", "J. R. R. Tolkien"],
  ...[
    "Anna (she/her)",
    "Kim they/them",
    "山田の議事録ボット",
    "山田 愛",
    "Ольга Протоколова",
    "עידו",
  ],
  ...["Ada \u{1f642}", "", " ", "\u200b", "A\u200dda", "James", "Jame", "Δημήτρης", "محمد"],
];

const names = fc.oneof(
  fc.constantFrom(...NAMES),
  // Pronouns are such only at the end.
  fc
    .array(fc.constantFrom(...NAMES.filter((name) => !/[/(]/.test(name)), ..."aäßbcxYZ09 -"), {
      maxLength: 4,
    })
    .map((parts) => parts.join(" ")),
);

test("two names are one, contradict each other, or are nobody's and a note-taker's, as they were", () => {
  const made = madeUp();
  const own = OWN.map((phrase) => made.phrase(phrase));
  fc.assert(
    fc.property(names, names, (one, other) => {
      const [a, b] = [made.name(one), made.name(other)];
      const [folded, others] = [foldName(one), foldName(other)];
      expect(foldName(a) === foldName(b)).toBe(folded === others);
      expect(isNoteTakerName(a, own)).toBe(isNoteTakerName(one, OWN));
      expect(foldName(a) !== null && namesNobody(foldName(a) ?? "")).toBe(
        folded !== null && namesNobody(folded),
      );
      // A note-taker is never one with a person, whatever they are called.
      if (isNoteTakerName(one, OWN) === isNoteTakerName(other, OWN)) {
        expect(namesContradict(foldName(a), foldName(b))).toBe(namesContradict(folded, others));
      }
      expect(withoutPronouns(a).pronouns).toEqual(withoutPronouns(one).pronouns);
    }),
    { seed: 20_261_130, numRuns: 2_000 },
  );
});

test("nothing is left of what names somebody", () => {
  const made = madeUp();
  expect(made.name("Ada Lovelace")).not.toMatch(/ada|lovelace/i);
  expect(made.name("Max Müller (she/her)")).toMatch(/^[A-Z][a-z]{2} [A-Z][a-z]{5} \(she\/her\)$/);
  expect(made.name("Jonas's Notetaker (Otter.ai)")).toMatch(
    /^[A-Z]\w+s's Notetaker \(Otter\.ai\)$/,
  );
  expect(made.name("Read Montague")).not.toMatch(/read|montague/i);
  expect(made.name("+49 170 1234567")).toMatch(/^\+49 170 (?!1234567)\d{7}$/);
  expect(made.text("Ward 3")).toMatch(/^(?!Ward)[A-Z][a-z]{3} 3$/);
  expect(made.id("ada@example.org")).toMatch(/^x-[0-9a-f]{16}$/);
  expect(made.id("bot_3hfP0PXEsNinIZmh")).toMatch(/^bot_[0-9a-f]{16}$/);
});

test("the same is the same, ids are in the order they were in, and another file has others", () => {
  const [made, another] = [madeUp(), new MadeUp(Buffer.from("another"), [])];
  expect(made.name("Ada")).toBe(made.name("Ada"));
  expect(made.id("p-2") < made.id("p-10")).toBe(true);
  expect(made.name("Ada Lovelace")).not.toBe(another.name("Ada Lovelace"));
  const id = "019a0000-0000-7abc-8def-0123456789ab";
  expect(made.uuid(id)).toMatch(/^019a0000-0000-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(made.uuid(id)).toBe(made.uuid(id));
});
