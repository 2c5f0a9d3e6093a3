import { and, asc, eq, exists, isNotNull, lt, not, or, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { erasedIdentities, erasedPeople } from "#db/schema/erased.ts";
import { excluded, isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
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
 * The pseudonyms of names and ids of a person, by kind and value: those there are, and new ones in the order given.
 * What is known already is theirs for as long as is said now, if that is longer.
 */
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
  const rows = new Map<string, ErasedIdentity>();
  for (const { kind, value, hash, isIdentity, until } of named) {
    const key = hash.toString("hex");
    let pseudonym = known.get(key);
    if (pseudonym === undefined) {
      const own = ofKind(found, kind);
      const nth = (taken.get(kind) ?? 0) + 1;
      pseudonym = own.get(value) ?? pseudonymOf(kind, number, nth, value);
      taken.set(kind, nth);
      own.set(value, pseudonym);
      known.set(key, pseudonym);
    }
    const same = rows.get(key);
    rows.set(key, {
      ...{ sourceId, hash, number, kind, pseudonym },
      isIdentity: isIdentity || (same?.isIdentity ?? false),
      until: Math.max(until, same?.until ?? until),
    });
  }
  await storeIdentities(tx, [...rows.values()]);
  return found;
}

async function storeIdentities(tx: Transaction, rows: readonly ErasedIdentity[]): Promise<void> {
  if (rows.length === 0) return;
  const { sourceId, hash, number, isIdentity, until } = erasedIdentities;
  const isNews = or(lt(until, excluded(until)), and(not(isIdentity), sql`${excluded(isIdentity)}`));
  await tx
    .insert(erasedIdentities)
    .values([...rows])
    .onConflictDoUpdate({
      target: [sourceId, hash, number],
      set: {
        until: sql`greatest(${until}, ${excluded(until)})`,
        isIdentity: sql`${isIdentity} or ${excluded(isIdentity)}`,
      },
      ...(isNews && { setWhere: isNews }),
    });
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
