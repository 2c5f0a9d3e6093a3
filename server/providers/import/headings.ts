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

/** The meaning of a heading: a role, or `aside` for a column that is not read. */
export type Meaning = ColumnRole | "aside";

/** A line of headings, read as one kind of file in one language. */
export interface HeadingReading {
  format: ImportFormat;
  language: string;
  /** The meaning of each column; `null` for an unknown one. */
  columns: readonly (Meaning | null)[];
  roles: ReadonlySet<ColumnRole>;
  /** How many columns are known. */
  known: number;
  /** Whether a column shows that each row is one stay. */
  isOneStay: boolean;
}

const UTC = /\s*\(utc\)$|^utc/;
const MEANINGS: readonly Meaning[] = [...COLUMN_ROLES, "aside"];

type Dictionary = ReadonlyMap<string, readonly Meaning[]>;

/** A heading in the form in which it is looked up. */
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
    // The words of the language come first, and English where it has none.
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

/** The meanings of a word, looked up again without a time zone in it. */
function meaningsIn(words: Dictionary, word: string): readonly Meaning[] {
  return words.get(word) ?? words.get(word.replace(UTC, "")) ?? [];
}

/** Whether any kind of file in any language has a column of that name. */
export function isKnownHeading(column: string): boolean {
  return meaningsIn(BY_WORD, key(column)).length > 0;
}

/** The meaning of a column by its name alone; `null` where it is unknown or has several. */
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
      const read = meanings.map((candidates) => meaningAmong(candidates, isSplit));
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

/** Whether names are in two columns: some languages call one of them what others call the whole name. */
function hasBothNames(meanings: readonly (readonly Meaning[])[]): boolean {
  const first = meanings.findIndex((candidates) => candidates.includes("first"));
  const last = meanings.findIndex((candidates) => candidates.includes("last"));
  return first !== -1 && last !== -1 && first !== last;
}

function meaningAmong(candidates: readonly Meaning[], isSplit: boolean): Meaning | null {
  const part = candidates.find((one) => one === "first" || one === "last");
  const other = candidates.find((one) => one !== "first" && one !== "last");
  return (isSplit ? (part ?? other) : (other ?? part)) ?? null;
}

export function rolesIn(columns: readonly (Meaning | null)[]): Set<ColumnRole> {
  return new Set(columns.filter((one) => one !== null && one !== "aside"));
}

/** The kind of the rows below such headings; `totals` have a length and no times. `null` for unknown headings. */
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
