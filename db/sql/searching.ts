import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { askedWords, searchWords } from "#domain/identity/search.ts";

/*
 * Words to search by, as PostgreSQL stores and looks for them. `domain/identity/search.ts` alone decides what
 * they are: a `tsvector` and a `tsquery` are read from their own text, so that no dictionary of the database
 * is used and no extension is needed. A word contains nothing that would have to be escaped.
 */

/** The value of a column of words, to be read as a `tsvector`. */
export function wordsValue(...texts: readonly (string | null)[]): string {
  return searchWords(...texts)
    .map((word) => `'${word}'`)
    .join(" ");
}

/** Whether a column of words has all words of a text; false for a text without words. */
export function hasWords(column: SQLWrapper, text: string): SQL<boolean> {
  const asked = askedWords(text);
  if (asked === null) return sql`false`;
  const all = asked.map((spellings) => spellings.map((word) => `'${word}':*`).join(" | "));
  return sql`${column} @@ ${all.map((any) => `(${any})`).join(" & ")}::tsquery`;
}
