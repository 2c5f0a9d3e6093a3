import type { Ms } from "#domain/time/ms.ts";
import { LANGUAGES } from "./languages/all.ts";
import { type Language, type NamePart, PARTS as PART_NAMES } from "./languages/language.ts";
import { tidy } from "./languages/roles.ts";

/*
 * The words of all languages together. Only headings show which language a file is in; a cell is a single
 * word, so no word may have two meanings in any two languages. A test checks all of them.
 */

const MINUTE: Ms = 60_000;
const HOUR: Ms = 60 * MINUTE;
const DAY: Ms = 24 * HOUR;

/** A word in the form in which it is looked up: small letters, half width, one kind of apostrophe. */
export function plain(text: string): string {
  return tidy(text).normalize("NFKC").toLowerCase().replaceAll("’", "'");
}

/** Every meaning of each word: more than one is a mistake in the data. */
function meaningsOf<T>(
  entries: readonly (readonly [words: readonly string[], meaning: T])[],
): Map<string, Set<T>> {
  const meanings = new Map<string, Set<T>>();
  for (const [words, meaning] of entries) {
    for (const word of words) {
      const key = plain(word);
      meanings.set(key, (meanings.get(key) ?? new Set()).add(meaning));
    }
  }
  return meanings;
}

function only<T>(meanings: Map<string, Set<T>>): ReadonlyMap<string, T> {
  const single = new Map<string, T>();
  for (const [word, [meaning, ...others]] of meanings) {
    if (meaning !== undefined && others.length === 0) single.set(word, meaning);
  }
  return single;
}

export const MONTH_WORDS = meaningsOf(
  LANGUAGES.flatMap(({ months }) => months.map((words, at) => [words, at + 1] as const)),
);
export const UNIT_WORDS = meaningsOf(
  LANGUAGES.flatMap(({ units: { day, hour, minute, second } }) => [
    [day, DAY] as const,
    [hour, HOUR] as const,
    [minute, MINUTE] as const,
    [second, 1000] as const,
  ]),
);
/** Answers in languages whose reports are not read; none of them means anything else. */
const MORE_YES = ["ja", "да", "evet", "da", "tak", "ano", "áno", "igen", "kyllä"];
const MORE_NO = ["nej", "nei", "нет", "hayır", "nu", "nie", "nem", "ei"];
export const YES_NO_WORDS = meaningsOf([
  ...LANGUAGES.flatMap(({ yes, no }) => [[yes, true] as const, [no, false] as const]),
  [MORE_YES, true] as const,
  [MORE_NO, false] as const,
]);

const MONTHS = only(MONTH_WORDS);
const UNITS = only(UNIT_WORDS);
const YES_NO = only(YES_NO_WORDS);

/** 1 to 12; `null` for what is no month. */
export function monthCalled(name: string): number | null {
  return MONTHS.get(plain(name)) ?? null;
}

export function unitCalled(name: string): Ms | null {
  return UNITS.get(plain(name)) ?? null;
}

/** Whether a cell says yes or no; `null` for anything else. */
export function yesOrNo(text: string): boolean | null {
  return YES_NO.get(plain(text)) ?? null;
}

/** What an action of a list is; `null` for one that is neither a join nor a leave. */
export function actionIn(text: string): { came: boolean; before: boolean } | null {
  const action = plain(text);
  const came = CAME.some((word) => action.startsWith(word));
  const went = WENT.some((word) => action.startsWith(word));
  if (came === went) return null;
  return { came, before: came && BEFORE.some((word) => action.includes(word)) };
}

const CAME = LANGUAGES.flatMap(({ came }) => came.map(plain));
const WENT = LANGUAGES.flatMap(({ went }) => went.map(plain));
const BEFORE = LANGUAGES.flatMap(({ before }) => before.map(plain));

/** The part of a file that a title begins; `null` for an unknown title. */
export function partCalled(title: string): NamePart | null {
  return (
    PARTS.get(
      plain(title)
        .replace(/^\d+[.)]\s*/, "")
        .replace(/:$/, ""),
    ) ?? null
  );
}

const PARTS = only(
  meaningsOf(
    LANGUAGES.flatMap((language) => PART_NAMES.map((part) => [language.parts[part] ?? [], part])),
  ),
);

/** Whether a heading is about the waiting room, in any language. */
export function soundsLikeWaiting(heading: string): boolean {
  const text = plain(heading);
  return WAITING.some((word) => text.includes(word));
}

const WAITING = LANGUAGES.flatMap(({ waitingRoom }) => waitingRoom.map(plain));

/** Whether a title is no real one: programs write such words where a meeting has no title. */
export function isNoTitle(title: string): boolean {
  const text = plain(title);
  return NO_TITLES.has(text) || !/[\p{L}\p{N}]/u.test(text);
}

const NO_TITLES: ReadonlySet<string> = new Set([
  "null",
  "undefined",
  "none",
  "nil",
  "nan",
  "n/a",
  "na",
  ...LANGUAGES.flatMap(({ untitled }) => untitled.map(plain)),
]);

/** Words in file names that are no name of a room, the longest first. */
export const FILE_WORDS: readonly string[] = [
  ...new Set(LANGUAGES.flatMap(({ fileWords }) => fileWords.map(plain))),
].toSorted((a, b) => b.length - a.length);

/** Words of a few languages together, as a part of an expression; the longest first. */
export function either(pick: (language: Language) => readonly string[]): string {
  const words = [...new Set(LANGUAGES.flatMap((one) => pick(one).map(plain)))];
  return words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
}
