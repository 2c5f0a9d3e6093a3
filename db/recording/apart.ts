import { and, eq, exists, gt, isNull, notExists, or, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { peopleApart } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import type { PersonPair } from "#domain/people/joined.ts";
import type { NewLink } from "./new-link.ts";

/**
 * Stores the correction that two people are not the same, unless it is in force already. Answers whether it
 * was stored.
 */
export async function storeApart(
  tx: Transaction,
  { id, one, other, by, at }: NewLink,
): Promise<boolean> {
  const stored = await tx
    .insert(peopleApart)
    .values({ id, one, other, by, at })
    .onConflictDoNothing()
    .returning({ id: peopleApart.id });
  return stored.length > 0;
}

/** Undoes such a correction. Answers whether it was in force. */
export async function undoApart(
  tx: Transaction,
  { id, by, at }: Pick<NewLink, "id" | "by" | "at">,
): Promise<boolean> {
  const undone = await tx
    .update(peopleApart)
    .set({ undoneBy: by, undoneAt: at })
    .where(and(eq(peopleApart.id, id), isNull(peopleApart.undoneAt)))
    .returning({ id: peopleApart.id });
  return undone.length > 0;
}

/** Undoes the correction that two people are not the same, when an operator joins them. */
export async function undoApartBetween(
  tx: Transaction,
  { one, other, by, at }: PersonPair & Pick<NewLink, "by" | "at">,
): Promise<void> {
  await tx
    .update(peopleApart)
    .set({ undoneBy: by, undoneAt: at })
    .where(
      and(eq(peopleApart.one, one), eq(peopleApart.other, other), isNull(peopleApart.undoneAt)),
    );
}

/** Deletes the corrections about people who are no longer stored, the undone ones too. */
export async function forgetApart(tx: Transaction, ids: readonly string[]): Promise<void> {
  const gone = unnested(
    "i",
    { id: people.id },
    ids.map((id) => ({ id })),
  );
  const { one, other } = peopleApart;
  const stays = tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, gone.of.id), gt(people.meetings, 0)));
  const isOfGone = tx
    .select({ id: gone.of.id })
    .from(gone.from)
    .where(and(sql`${gone.of.id} in (${one}, ${other})`, notExists(stays)));
  await tx
    .delete(peopleApart)
    .where(and(or(isOneOf(one, ids), isOneOf(other, ids)), exists(isOfGone)));
}
