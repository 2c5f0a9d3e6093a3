import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { askedWords, searchWords } from "#domain/identity/search.ts";

/*
 * Words to search by, as PostgreSQL keeps and looks for them. What they are is told by `domain/identity/search.ts` alone:
 * a `tsvector` and a `tsquery` are read from their own text, so that no dictionary of the database has a say,
 * and no extension is needed. In a word there is nothing that would have to be escaped.
 */

/** What is kept in a column of `words`, to be read as a `tsvector`. */
export function keptWords(...texts: readonly (string | null)[]): string {
  return searchWords(...texts)
    .map((word) => `'${word}'`)
    .join(" ");
}

/** Whether a column of words has all that a text asks for; nothing has, where there is no word in it. */
export function hasWords(column: SQLWrapper, text: string): SQL<boolean> {
  const asked = askedWords(text);
  if (asked === null) return sql`false`;
  const all = asked.map((spellings) => spellings.map((word) => `'${word}':*`).join(" | "));
  return sql`${column} @@ ${all.map((any) => `(${any})`).join(" & ")}::tsquery`;
}
