import { and, asc, eq, exists, isNotNull } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { erasedIdentities, erasedPeople } from "#db/schema/erased.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import { pseudonymOf } from "#domain/privacy/erasure/pseudonyms.ts";
import type { ErasureSubject } from "#domain/privacy/erasure/subject.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  type ErasedIdentity,
  type NamedAs,
  pseudonymsFor,
  storeIdentities,
} from "./erased-identities.ts";

/** A person whose erasure is under way. */
export interface PersonErased {
  number: number;
  sourceId: string;
  /** What they did until then is erased. */
  at: Ms;
  subject: ErasureSubject;
}

/**
 * Begins the erasure of a person, or goes on with it. Whoever was erased before and came again has the number they
 * had.
 */
export async function beginErasing(
  tx: Transaction,
  sourceId: string,
  subject: ErasureSubject,
  identity: Omit<NamedAs, "isIdentity" | "until">,
  at: Ms,
): Promise<PersonErased> {
  const { number, hash, isIdentity } = erasedIdentities;
  const [known] = await tx
    .select({ number })
    .from(erasedIdentities)
    .where(
      and(eq(erasedIdentities.sourceId, sourceId), eq(hash, identity.hash), eq(isIdentity, true)),
    );
  const [row] =
    known === undefined
      ? await tx.insert(erasedPeople).values({ sourceId, at, subject }).returning()
      : await tx
          .update(erasedPeople)
          .set({ at, subject })
          .where(eq(erasedPeople.number, known.number))
          .returning();
  if (row === undefined) throw new Error("an erased person was not stored");
  const person = { number: row.number, sourceId, at, subject };
  await pseudonymsFor(tx, person, [{ ...identity, isIdentity: true, until: at }]);
  return person;
}

/** The people whose erasure began and is not over. */
export async function unfinishedErasures(orm: Pick<Orm, "select">): Promise<PersonErased[]> {
  const rows = await orm
    .select()
    .from(erasedPeople)
    .where(isNotNull(erasedPeople.subject))
    .orderBy(asc(erasedPeople.number));
  return rows.flatMap(({ subject, ...row }) => (subject === null ? [] : [{ ...row, subject }]));
}

/** Forgets who was erased. */
export async function endErasing(tx: Transaction, numbers: readonly number[]): Promise<void> {
  await tx.update(erasedPeople).set({ subject: null }).where(isOneOf(erasedPeople.number, numbers));
}

/**
 * The numbers of people who are erased at a moment, in the order given: those who have one keep it. Of somebody whom
 * nothing identifies over meetings the hash is `null`. Three statements, however many.
 */
export async function numbersFor(
  tx: Transaction,
  sourceId: string,
  identities: readonly (Pick<NamedAs, "kind" | "value" | "hash"> | null)[],
  at: Ms,
): Promise<number[]> {
  const { number, hash, isIdentity } = erasedIdentities;
  const stored = await tx
    .select({ number, hash })
    .from(erasedIdentities)
    .where(
      and(
        eq(erasedIdentities.sourceId, sourceId),
        eq(isIdentity, true),
        isOneOf(
          hash,
          identities.flatMap((one) => one?.hash ?? []),
        ),
      ),
    );
  const known = new Map(stored.map((row) => [row.hash.toString("hex"), row.number]));
  const fresh = identities.filter((one) => one === null || !known.has(one.hash.toString("hex")));
  const made =
    fresh.length === 0
      ? []
      : await tx
          .insert(erasedPeople)
          .values(fresh.map(() => ({ sourceId, at })))
          .returning({ number: erasedPeople.number });
  const numbers = made.map((row) => row.number).toSorted((a, b) => a - b);
  const named = identities.map((one) => {
    const own = (one && known.get(one.hash.toString("hex"))) ?? numbers.shift();
    if (own === undefined) throw new Error("an erased person was not stored");
    return { one, number: own };
  });
  await storeIdentities(
    tx,
    named.flatMap(({ one, number: own }) =>
      one === null || known.has(one.hash.toString("hex"))
        ? []
        : {
            ...{ sourceId, hash: one.hash, number: own, kind: one.kind, isIdentity: true },
            // By it alone nobody is erased: they are in the rooms in which that is stored too.
            ...{ pseudonym: pseudonymOf(one.kind, own, 1, one.value), until: 0 },
          },
    ),
  );
  return named.map((row) => row.number);
}

/** Which of these sources have erased people. */
export async function sourcesWithErased(
  tx: Pick<Transaction, "select">,
  sourceIds: readonly string[],
): Promise<Set<string>> {
  const given = unnested(
    "n",
    { id: erasedPeople.sourceId },
    sourceIds.map((id) => ({ id })),
  );
  const erased = parts
    .select({ number: erasedPeople.number })
    .from(erasedPeople)
    .where(eq(erasedPeople.sourceId, given.of.id));
  const rows = await tx.select({ id: given.of.id }).from(given.from).where(exists(erased));
  return new Set(rows.map(({ id }) => id));
}

/** What stands in the place of these names and ids of their sources. */
export async function erasedAmong(
  tx: Pick<Transaction, "select">,
  hashes: readonly { sourceId: string; hash: Buffer }[],
): Promise<ErasedIdentity[]> {
  const { sourceId, hash } = erasedIdentities;
  const given = unnested("n", { sourceId, hash }, hashes);
  const { number, kind, pseudonym, isIdentity, until } = erasedIdentities;
  return tx
    .select({ sourceId, hash, number, kind, pseudonym, isIdentity, until })
    .from(given.from)
    .innerJoin(erasedIdentities, and(eq(sourceId, given.of.sourceId), eq(hash, given.of.hash)));
}
