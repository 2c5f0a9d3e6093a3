import { and, eq, not } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { rosterAliases } from "#db/schema/class-lists.ts";
import type { expectedPeople } from "#db/schema/operators.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { wordsValue } from "#db/sql/searching.ts";
import { foldName } from "#domain/identity/name.ts";
import { entryKeys } from "#domain/scheduled/entry-key.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";

export type Roster = readonly Omit<ExpectedPerson, "position">[];

/** The people of a roster in its order, counted from 1. */
function numbered(roster: Roster): ExpectedPerson[] {
  return roster.map((person, index) => ({ ...person, position: index + 1 }));
}

/** The rows of a roster, without the key of its list or meeting. */
export function rosterRows(
  roster: Roster,
): Omit<typeof expectedPeople.$inferInsert, "scheduledId">[] {
  return numbered(roster).map(({ position, name, userId, email, role }) => ({
    ...{ position, name, nameKey: foldName(name), userId, email, role, words: wordsValue(name) },
  }));
}

/** Deletes the aliases of people who are no longer on a roster. */
export async function forgetOthers(
  tx: Transaction,
  rosterId: string,
  roster: Roster,
): Promise<void> {
  const keys = [...entryKeys(numbered(roster)).values()];
  await tx
    .delete(rosterAliases)
    .where(and(eq(rosterAliases.rosterId, rosterId), not(isOneOf(rosterAliases.entry, keys))));
}
