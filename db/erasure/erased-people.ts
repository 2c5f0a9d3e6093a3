import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { erasedIdentities, erasedPeople } from "#db/schema/erased.ts";
import { insertAll, isOneOf, unnested } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import { type PseudonymKind, pseudonymOf } from "#domain/erasure/pseudonyms.ts";
import type { ErasureSubject } from "#domain/erasure/subject.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A person whose erasure is under way. */
export interface PersonErased {
  number: number;
  sourceId: string;
  /** What they did until then is erased. */
  at: Ms;
  subject: ErasureSubject;
}

/** A name or an id of a person, and its hash. */
export interface NamedAs {
  kind: PseudonymKind;
  value: string;
  hash: Buffer;
  isIdentity: boolean;
  until: Ms;
}

/** What stands in the place of a name or an id. */
export type ErasedIdentity = typeof erasedIdentities.$inferSelect;

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
  const of = { ...identity, isIdentity: true, until: at };
  await pseudonymsFor(tx, person, [of]);
  await tx
    .update(erasedIdentities)
    .set({ until: at })
    .where(and(eq(number, person.number), eq(isIdentity, true)));
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

/** The pseudonyms of names and ids of a person, by kind and value: those there are, and new ones in the order given. */
export async function pseudonymsFor(
  tx: Transaction,
  { number, sourceId }: Pick<PersonErased, "number" | "sourceId">,
  named: readonly NamedAs[],
): Promise<ReadonlyMap<PseudonymKind, ReadonlyMap<string, string>>> {
  const stored = await tx
    .select({ hash: erasedIdentities.hash, pseudonym: erasedIdentities.pseudonym })
    .from(erasedIdentities)
    .where(
      and(
        eq(erasedIdentities.sourceId, sourceId),
        eq(erasedIdentities.number, number),
        isOneOf(
          erasedIdentities.hash,
          named.map(({ hash }) => hash),
        ),
      ),
    );
  const known = new Map(stored.map((row) => [row.hash.toString("hex"), row.pseudonym]));
  const counts = await tx
    .select({ kind: erasedIdentities.kind, count: sql<number>`count(*)::int` })
    .from(erasedIdentities)
    .where(eq(erasedIdentities.number, number))
    .groupBy(erasedIdentities.kind);
  const taken = new Map(counts.map(({ kind, count }) => [kind, count]));
  // The same connection in two rooms has two hashes, and one pseudonym.
  const found = new Map<PseudonymKind, Map<string, string>>();
  for (const one of named) {
    const before = known.get(one.hash.toString("hex"));
    if (before !== undefined) ofKind(found, one.kind).set(one.value, before);
  }
  const fresh: ErasedIdentity[] = [];
  for (const { kind, value, hash, isIdentity, until } of named) {
    const key = hash.toString("hex");
    if (known.has(key)) continue;
    const own = ofKind(found, kind);
    const nth = (taken.get(kind) ?? 0) + 1;
    const pseudonym = own.get(value) ?? pseudonymOf(kind, number, nth, value);
    taken.set(kind, nth);
    own.set(value, pseudonym);
    known.set(key, pseudonym);
    fresh.push({ sourceId, hash, number, kind, pseudonym, isIdentity, until });
  }
  await insertAll(tx, erasedIdentities, fresh);
  return found;
}

function ofKind(
  all: Map<PseudonymKind, Map<string, string>>,
  kind: PseudonymKind,
): Map<string, string> {
  const own = all.get(kind) ?? new Map<string, string>();
  all.set(kind, own);
  return own;
}

/** Which of these sources have erased people. */
export async function sourcesWithErased(
  tx: Pick<Transaction, "selectDistinct">,
  sourceIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ id: erasedPeople.sourceId })
    .from(erasedPeople)
    .where(isOneOf(erasedPeople.sourceId, sourceIds));
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
