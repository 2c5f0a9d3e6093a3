import { expect, test } from "vitest";
import { withoutPronouns } from "./pronouns.ts";

test.each([
  ["Anna (sie/ihr) Müller", "Anna Müller"],
  ["Anna Müller (she/her)", "Anna Müller"],
  ["Anna Müller [She / Her / Hers]", "Anna Müller"],
  ["(they/them) Anna Müller", "Anna Müller"],
  ["Anna Müller (she, they)", "Anna Müller"],
  ["Anna Müller（she/her）", "Anna Müller"],
  ["Anna Müller (elle/iel)", "Anna Müller"],
  ["Anna Müller (pronouns: she/her)", "Anna Müller"],
  ["Anna Müller (any pronouns)", "Anna Müller"],
  ["Anna Müller (she)", "Anna Müller"],
  ["Anna Müller she/her", "Anna Müller"],
  ["Anna Müller - she/her", "Anna Müller"],
  ["Анна Мюллер (она/её)", "Анна Мюллер"],
])("pronouns are no part of a name: %s", (text, name) => {
  expect(withoutPronouns(text).text.trim()).toBe(name);
});

test.each([
  "Gabrielle (Elle) Müller",
  "Anna Müller (Ella)",
  "Anna Müller (7b)",
  "Anna Müller (anna@example.org)",
  "Anna (Theo/Her) Müller",
  "Anna/Ben",
  "(she/her)",
  "Lei Lui",
])("what may be a name stays: %s", (text) => {
  expect(withoutPronouns(text)).toEqual({ text, pronouns: [] });
});

test("the removed pronouns are returned", () => {
  expect(withoutPronouns("Anna (sie/ihr) Müller").pronouns).toEqual(["(sie/ihr)"]);
});
