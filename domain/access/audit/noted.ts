import type { AuditDetails, Audited, AuditOutcome } from "./audited.ts";

/** A number with its noun, as `1,204 rows`: how numbers are written is the reader's. */
export type Counting = (count: number, one: string, many: string) => string;

/** What was done, as a sentence without who did it. It is about something named between `did` and `more`, if at all. */
export interface Deed {
  did: string;
  about: string | null;
  more: string | null;
}

/** What an entry was stored with. Its details may have been erased since. */
export interface NotedFacts {
  about: Audited | null;
  details: AuditDetails;
  outcome: AuditOutcome;
}

/** One kind of what is noted: what is noted with it, and how it is said. */
export interface NotedAction<Details extends AuditDetails> {
  /** For the filter of the page: `Made a key`. */
  name: string;
  says: (facts: NotedFacts, counting: Counting) => Pick<Deed, "did" | "more">;
  /** Never there: it carries the type of what is noted. */
  details?: Details;
}

/** What was done, and in brackets or after it what more there is to say. */
type Words = string | readonly [did: string, more: string | null];

/** Nothing is noted besides what was done to what. */
type Nothing = Readonly<Record<string, never>>;

/** What was noted with an entry, to be put into words. Each is absent where it was erased. */
interface ReaderOf<Name> {
  /** Whether it is about something, and not about all there is of it. */
  isAbout: boolean;
  outcome: AuditOutcome;
  /** A text, or several with commas. */
  text: (name: Name) => string | null;
  is: (name: Name) => boolean;
  /** `1,204 rows`. */
  counted: (name: Name, one: string, many: string) => string | null;
}

/** One kind of what is noted: its name, and its words by what was noted with it. */
export function noted<Details extends AuditDetails = Nothing>(
  name: string,
  words: Words | ((noted: ReaderOf<keyof Details & string>) => Words),
): NotedAction<Details> {
  return {
    name,
    says(facts, counting) {
      const said = typeof words === "function" ? words(readerOf(facts, counting)) : words;
      const [did, more] = typeof said === "string" ? [said, null] : said;
      return { did, more };
    },
  };
}

function readerOf({ about, details, outcome }: NotedFacts, counting: Counting): ReaderOf<string> {
  return {
    isAbout: about !== null,
    outcome,
    text(name) {
      const value = details[name];
      if (typeof value === "string") return value;
      return Array.isArray(value) ? value.join(", ").replaceAll("_", " ") : null;
    },
    is: (name) => details[name] === true,
    counted(name, one, many) {
      const count = details[name];
      return typeof count === "number" ? counting(count, one, many) : null;
    },
  };
}

export function inBrackets(text: string | null): string | null {
  return text ? `(${text})` : null;
}

export function inQuotes(text: string | null): string | null {
  return text ? `“${text}”` : null;
}
