import { foldName } from "./name.ts";

/*
 * How a search finds a text. Folded as matching folds it (`foldName`) and further: letters lose their
 * marks, because the reader's keyboard may have none of them. Matching itself stays as strict as it is.
 */

/** Letters that some write as two: ü is found as u and as ue. */
const AS_TWO = letters({ ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" });
/** Letters without a mark that are replaced by another where the keyboard lacks them. */
const PLAIN = letters({
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
  ı: "i",
  ς: "σ",
  ى: "ي",
  ی: "ي",
  ک: "ك",
});
/** Marks upon letters: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels and their filler. */
const MARKS =
  /[\u0300-\u036f]|[\u0483-\u0487]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670|\u0640/gu;

/** Any other symbol: each emoji is a word. */
const WORD = /[\p{L}\p{N}\p{M}]+|\p{So}/gu;
/** The separators in a word that is also written as one: Anna-Lena, O’Brien, daily_stand-up. */
const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:[-‐-―_.·'’`´][\p{L}\p{N}\p{M}]+)+/gu;
/** Letters that look like an apostrophe and are used as one. */
const APOSTROPHES = /[ʹʻʼʽˈ]/gu;
/** Scripts that put no space between words: a word may begin at any of their letters. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}]$/u;
const BEGINS_IN_WORD = /^[\p{L}\p{N}\p{M}]/u;
const ASCII = /^[ -~]*$/;

const LONGEST_TEXT = 500;
const LONGEST_WORD = 60;
const MOST_WORDS = 120;
const MOST_ASKED = 16;
const MOST_BEGINNINGS = 24;

function letters(all: Record<string, string>): ReadonlyMap<string, string> {
  return new Map(Object.entries(all));
}

function replaced(text: string, by: ReadonlyMap<string, string>): string {
  return Array.from(text, (letter) => by.get(letter) ?? letter).join("");
}

/** The spellings of a folded text without marks: ü as u, and as ue where that differs. */
function spellingsOf(folded: string): string[] {
  if (ASCII.test(folded)) return [folded];
  const text = folded.replace(APOSTROPHES, "'");
  return [...new Set([text, replaced(text, AS_TWO)].map(withoutMarks))];
}

function withoutMarks(text: string): string {
  return replaced(text.normalize("NFD").replace(MARKS, "").normalize("NFC"), PLAIN);
}

/** The search words of some texts, each once and in every spelling: what is stored for searching. */
export function searchWords(...texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => {
    const folded = foldName(text?.slice(0, LONGEST_TEXT) ?? null);
    return folded === null ? [] : spellingsOf(folded).flatMap(wordsIn);
  });
  return [...new Set(words)].slice(0, MOST_WORDS);
}

function wordsIn(text: string): string[] {
  const compounds = (text.match(COMPOUND) ?? [])
    .map((word) => word.replace(/[^\p{L}\p{N}\p{M}]/gu, ""))
    .filter(({ length }) => length <= LONGEST_WORD);
  return [...(text.match(WORD) ?? []), ...compounds].flatMap(beginningsIn).map(cut);
}

function beginningsIn(word: string): string[] {
  if (!UNSPACED.test(word)) return [word];
  const signs = Array.from(word);
  return signs.slice(0, MOST_BEGINNINGS).map((_, index) => signs.slice(index).join(""));
}

function cut(word: string): string {
  return word.slice(0, LONGEST_WORD).toWellFormed();
}

/**
 * What a search asks for: all of these words, in any order, each in any of its spellings, as a whole word
 * or as the beginning of one. `null` where the query has no word.
 */
export function askedWords(query: string | null): string[][] | null {
  const folded = foldName(query?.slice(0, LONGEST_TEXT) ?? null);
  if (folded === null) return null;
  const words = (folded.replace(APOSTROPHES, "'").match(WORD) ?? [])
    .slice(0, MOST_ASKED)
    .map((word) => [...new Set(spellingsOf(word).map(cut))].filter((spelling) => spelling !== ""))
    .filter((spellings) => spellings.length > 0);
  return words.length === 0 ? null : words;
}

/** Whether a folded text has a folded name in it that is not part of a longer word: Ann, and not in Anna. */
export function hasWhole(text: string, name: string): boolean {
  const isWithin = !UNSPACED.test(name);
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const isLonger =
      ENDS_IN_WORD.test(text.slice(0, at)) || BEGINS_IN_WORD.test(text.slice(at + name.length));
    if (!(isWithin && isLonger)) return true;
  }
  return false;
}

/**
 * A test whether texts together have every word of a search. An empty query matches all; one without any
 * word, a hyphen alone, matches none.
 */
export function finder(query: string | null): (...texts: readonly (string | null)[]) => boolean {
  const asked = askedWords(query);
  if (asked === null) return () => query === null || query.trim() === "";
  return (...texts) => {
    const words = searchWords(...texts);
    return asked.every((spellings) =>
      spellings.some((spelling) => words.some((word) => word.startsWith(spelling))),
    );
  };
}
