import { describe, expect, it, test } from "vitest";
import { clockIn } from "./clock.ts";
import { kindOf, type Meaning, readingsOf } from "./headings.ts";
import { LANGUAGES } from "./languages/all.ts";
import type { Headings } from "./languages/language.ts";
import { IMPORT_FORMATS } from "./languages/roles.ts";
import { lengthIn } from "./length.ts";
import { actionIn, MONTH_WORDS, partCalled, UNIT_WORDS, YES_NO_WORDS, yesOrNo } from "./lexicon.ts";

describe.each(LANGUAGES)("$code", (language) => {
  it.each(IMPORT_FORMATS)("names the columns of a %s file, each by any of its words", (format) => {
    const headings: Headings = language[format];
    const isSplit = headings.last !== undefined;
    const needed: Meaning[] = isSplit
      ? ["first", "last", "joined", "left"]
      : ["name", "joined", "left"];
    const plain = needed.map((role) => headings[role]?.[0] ?? role);
    for (const role of ["name", "joined", "left", "duration", "email", "waiting"] as const) {
      for (const word of headings[role] ?? []) {
        const others = needed.filter((one) => one !== role && !(role === "name" && isSplit));
        const columns = [...others.map((one) => headings[one]?.[0] ?? one), word];
        const own = readingsOf(role === "name" && isSplit ? [word, ...plain.slice(2)] : columns, [
          format,
        ]);
        const read = own.find((one) => one.language === language.code);
        expect(read?.roles.has(role), `${word} is ${role}`).toBe(true);
        expect(kindOf(format, read?.roles ?? new Set(), false), word).not.toBeNull();
      }
    }
  });

  it("reads its words in cells", () => {
    for (const word of language.yes) expect(yesOrNo(word), word).toBe(true);
    for (const word of language.no) expect(yesOrNo(word), word).toBe(false);
    for (const word of language.came) expect(actionIn(word)?.came, word).toBe(true);
    for (const word of language.went) expect(actionIn(word)?.came, word).toBe(false);
    const { hour, minute, second } = language.units;
    for (const [at, words] of [hour, minute, second].entries()) {
      const size = [3_600_000, 60_000, 1000][at] ?? 0;
      for (const word of words) expect(lengthIn(`2 ${word}`, 1)?.ms, word).toBe(2 * size);
    }
    for (const [at, words] of language.months.entries()) {
      const month = String(at + 1).padStart(2, "0");
      for (const word of words) {
        const clock = clockIn(`12 ${word} 2026 10:00`, "day_first", null);
        expect(clock && new Date(clock.shown).toISOString().slice(0, 10), word).toBe(
          `2026-${month}-12`,
        );
      }
    }
    for (const title of language.parts.participants ?? []) {
      expect(partCalled(`2. ${title}`), title).toBe("participants");
    }
  });

  it("reads its times", () => {
    for (const at of language.at) {
      const clock = clockIn(`13/10/2026 ${at} 09:01:31`, "day_first", null);
      expect(clock?.shown, at).toBe(Date.UTC(2026, 9, 13, 9, 1, 31));
    }
    const isBefore = /^(?:ja|ko|zh)/.test(language.code);
    for (const [words, hour] of [
      [language.am, 8],
      [language.pm, 20],
    ] as const) {
      for (const word of words) {
        const text = isBefore ? `2026-10-08 ${word} 8:42` : `2026-10-08 8:42 ${word}`;
        expect(clockIn(text, "day_first", null)?.shown, text).toBe(Date.UTC(2026, 9, 8, hour, 42));
      }
    }
  });
});

test("no word of a cell means two things in two languages", () => {
  for (const meanings of [MONTH_WORDS, UNIT_WORDS, YES_NO_WORDS]) {
    for (const [word, all] of meanings) expect([...all], word).toHaveLength(1);
  }
  const came = LANGUAGES.flatMap((one) => one.came);
  for (const word of LANGUAGES.flatMap((one) => one.went)) {
    expect(
      came.some((other) => word.startsWith(other) || other.startsWith(word)),
      word,
    ).toBe(false);
  }
});

test("dates as they are written in Asia", () => {
  for (const text of [
    "2026年10月8日 20:42",
    "2026. 10. 8. 오후 8:42",
    "2026년 10월 8일 20:42",
    "2026/10/8 下午8:42",
  ]) {
    expect(clockIn(text, "day_first", null)?.shown, text).toBe(Date.UTC(2026, 9, 8, 20, 42));
  }
});

test("a length or a time that is far too long is refused at once", () => {
  const read = (texts: readonly string[]) => {
    const began = performance.now();
    for (const text of texts) {
      expect(lengthIn(text, 1)).toBeNull();
      expect(clockIn(text, "day_first", null)).toBeNull();
    }
    return performance.now() - began;
  };
  const longest = [`${"9".repeat(60_000)}!`, `1${" ".repeat(60_000)}h`, "1 h ".repeat(15_000)];
  const plain = read(Array.from({ length: 1_000 }, (_, at) => `noon ${at}`));
  expect(read(longest) / plain).toBeLessThan(10);
});
