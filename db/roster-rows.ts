import { type SQL, sql } from "drizzle-orm";
import type { ExpectedPerson } from "#domain/history/expected/scheduled.ts";
import { foldName } from "#domain/name.ts";
import { column } from "./array.ts";
import { keptWords } from "./searching.ts";

/** The people of a roster in its order, counted from 1. */
export function numbered(roster: readonly Omit<ExpectedPerson, "position">[]): ExpectedPerson[] {
  return roster.map((person, index) => ({ ...person, position: index + 1 }));
}

/** As rows of position, name, name_key, user_id, email, role and words, under the id of what they are on. */
export function rosterRows(id: string, roster: readonly Omit<ExpectedPerson, "position">[]): SQL {
  const all = numbered(roster);
  return sql`
    select ${id}::uuid, n.position, n.name, n.name_key, n.user_id, n.email, n.role, n.words::tsvector
    from unnest(
      ${column("integer", all, ({ position }) => position)},
      ${column("text", all, ({ name }) => name)},
      ${column("text", all, ({ name }) => foldName(name))},
      ${column("text", all, ({ userId }) => userId)},
      ${column("text", all, ({ email }) => email)},
      ${column("text", all, ({ role }) => role)},
      ${column("text", all, ({ name }) => keptWords(name))}
    ) as n (position, name, name_key, user_id, email, role, words)`;
}
