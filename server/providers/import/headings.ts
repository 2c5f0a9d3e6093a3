import { LANGUAGES } from "./languages/all.ts";
import { english } from "./languages/en.ts";
import type { Headings } from "./languages/language.ts";
import {
  COLUMN_ROLES,
  type ColumnRole,
  IMPORT_FORMATS,
  type ImportFormat,
} from "./languages/roles.ts";
import { plain } from "./lexicon.ts";
import type { LineKind } from "./schema.ts";

/** What a heading says: a role, or that its column is none of ours to read. */
export type Meaning = ColumnRole | "aside";

/** A line of headings as one kind of file in one language has them. */
export interface HeadingReading {
  format: ImportFormat;
  language: string;
  /** What each column was understood as; `null` for one that nobody knows. */
  columns: readonly (Meaning | null)[];
  roles: ReadonlySet<ColumnRole>;
  /** How many columns are known. */
  known: number;
  /** Columns that name one stay each, wherever they stand. */
  isOneStay: boolean;
}

const UTC = /\s*\(utc\)$|^utc/;
const MEANINGS: readonly Meaning[] = [...COLUMN_ROLES, "aside"];

type Dictionary = ReadonlyMap<string, readonly Meaning[]>;

/** A heading as it is looked up. */
function key(column: string): string {
  return plain(column).replace(/:$/, "").replace(/ \(/g, "(").trim();
}

function dictionaryOf(...headings: readonly Headings[]): Dictionary {
  const words = new Map<string, Meaning[]>();
  for (const own of headings) {
    const fresh = new Map<string, Meaning[]>();
    for (const meaning of MEANINGS) {
      for (const word of own[meaning] ?? []) {
        fresh.set(key(word), [...(fresh.get(key(word)) ?? []), meaning]);
      }
    }
    // The language's own word counts, and English where it has none.
    for (const [word, meanings] of fresh) if (!words.has(word)) words.set(word, meanings);
  }
  return words;
}

interface HeadingsOf {
  format: ImportFormat;
  language: string;
  words: Dictionary;
  oneStay: ReadonlySet<string>;
}

const DICTIONARIES: readonly HeadingsOf[] = IMPORT_FORMATS.flatMap((format) =>
  LANGUAGES.map((language) => ({
    format,
    language: language.code,
    words: dictionaryOf(language[format], english[format]),
    oneStay: new Set(language.oneStay.map(key)),
  })),
);

const BY_WORD = new Map<string, Meaning[]>();
for (const { words } of DICTIONARIES) {
  for (const [word, meanings] of words) {
    BY_WORD.set(word, [...new Set([...(BY_WORD.get(word) ?? []), ...meanings])]);
  }
}

/** What a word means there, if need be without the zone that it names. */
function meaningsIn(words: Dictionary, word: string): readonly Meaning[] {
  return words.get(word) ?? words.get(word.replace(UTC, "")) ?? [];
}

/** Whether any kind of file in any language has a column of that name. */
export function isKnownHeading(column: string): boolean {
  return meaningsIn(BY_WORD, key(column)).length > 0;
}

/** What a column may be by its name alone; `null` where nobody knows it, or it means different things. */
export function meaningOf(column: string): Meaning | null {
  const [one, ...others] = meaningsIn(BY_WORD, key(column));
  return others.length === 0 ? (one ?? null) : null;
}

/** How each kind of file in each language would read these headings. */
export function readingsOf(
  columns: readonly string[],
  formats: readonly ImportFormat[],
): HeadingReading[] {
  const words = columns.map(key);
  return DICTIONARIES.filter(({ format }) => formats.includes(format)).map(
    ({ format, language, words: own, oneStay }) => {
      const meanings = words.map((word) => meaningsIn(own, word));
      const isSplit = hasBothNames(meanings);
      const read = meanings.map((some) => meaningAmong(some, isSplit));
      return {
        format,
        language,
        columns: read,
        roles: rolesIn(read),
        known: read.filter((meaning) => meaning !== null).length,
        isOneStay: words.some((word) => oneStay.has(word)),
      };
    },
  );
}

/** Whether names are given in two columns: some languages call one of them as others call the whole. */
function hasBothNames(meanings: readonly (readonly Meaning[])[]): boolean {
  const first = meanings.findIndex((some) => some.includes("first"));
  const last = meanings.findIndex((some) => some.includes("last"));
  return first !== -1 && last !== -1 && first !== last;
}

function meaningAmong(some: readonly Meaning[], isSplit: boolean): Meaning | null {
  const part = some.find((one) => one === "first" || one === "last");
  const other = some.find((one) => one !== "first" && one !== "last");
  return (isSplit ? (part ?? other) : (other ?? part)) ?? null;
}

export function rolesIn(columns: readonly (Meaning | null)[]): Set<ColumnRole> {
  return new Set(columns.filter((one) => one !== null && one !== "aside"));
}

/** What the rows below such headings are; `totals` say how long, and not when. `null` for none of ours. */
export function kindOf(
  format: ImportFormat,
  roles: ReadonlySet<ColumnRole>,
  isStays: boolean,
): Exclude<LineKind, "list"> | "totals" | null {
  const isNamed = roles.has("name") || roles.has("first");
  if (isNamed && roles.has("joined") && (roles.has("left") || roles.has("duration"))) {
    if (format === "zoom") return "visit";
    return format === "teams" && isStays ? "visit" : "person";
  }
  if (isNamed && roles.has("action") && roles.has("at")) return "action";
  if (format === "meet" && roles.has("event") && roles.has("day")) return "endpoint";
  if (isNamed && !roles.has("joined") && (roles.has("total") || roles.has("duration"))) {
    return "totals";
  }
  const isHead = !isNamed && roles.has("starts") && (roles.has("title") || roles.has("room"));
  return isHead ? "meeting" : null;
}
