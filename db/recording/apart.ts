import { and, eq, exists, gt, isNull, notExists, or, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { peopleApart } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import type { PersonPair } from "#domain/people/joined.ts";
import type { NewLink } from "./links.ts";

/** Keeps that two are not the same, unless that is said already. Answers whether it was kept. */
export async function keepApart(
  tx: Transaction,
  { id, one, other, by, at }: NewLink,
): Promise<boolean> {
  const kept = await tx
    .insert(peopleApart)
    .values({ id, one, other, by, at })
    .onConflictDoNothing()
    .returning({ id: peopleApart.id });
  return kept.length > 0;
}

/** Takes such a word back. Answers whether it was in force. */
export async function undoApart(
  tx: Transaction,
  { id, by, at }: Pick<NewLink, "id" | "by" | "at">,
): Promise<boolean> {
  const taken = await tx
    .update(peopleApart)
    .set({ undoneBy: by, undoneAt: at })
    .where(and(eq(peopleApart.id, id), isNull(peopleApart.undoneAt)))
    .returning({ id: peopleApart.id });
  return taken.length > 0;
}

/** Whoever says that two are one takes back that they are not. */
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

/** Forgets what was said of those who are not kept any more, also what was taken back. */
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
