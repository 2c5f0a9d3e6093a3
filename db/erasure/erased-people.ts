import { and, asc, eq, exists, isNotNull, lt, not, or, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { erasedIdentities, erasedPeople } from "#db/schema/erased.ts";
import { excluded, isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import { type PseudonymKind, pseudonymOf } from "#domain/erasure/pseudonyms.ts";
import type { ErasureSubject } from "#domain/erasure/subject.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A statement has a parameter for each value of each row, and may have some ten thousands. */
const ROWS_AT_ONCE = 2_000;

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
  /** A name that is known as a note-taker's. */
  isNoteTaker?: boolean;
  /** What stands in its place where it has a pseudonym already, as that of another. */
  instead?: string;
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

/** The pseudonyms of names and ids, by kind and value. */
export type Pseudonyms = ReadonlyMap<PseudonymKind, ReadonlyMap<string, string>>;

/** As `pseudonymsForAll`, of one person. */
export async function pseudonymsFor(
  tx: Transaction,
  { number, sourceId }: Pick<PersonErased, "number" | "sourceId">,
  named: readonly NamedAs[],
): Promise<Pseudonyms> {
  const found = await pseudonymsForAll(tx, sourceId, [{ number, named }]);
  return found.get(number) ?? new Map();
}

/**
 * The pseudonyms of names and ids of people, by their numbers: those there are, and new ones in the order given. What
 * is known already is theirs for as long as is said now, if that is longer. Three statements, however many.
 */
export async function pseudonymsForAll(
  tx: Transaction,
  sourceId: string,
  people: readonly { number: number; named: readonly NamedAs[] }[],
): Promise<Map<number, Pseudonyms>> {
  const isTheirs = isOneOf(
    erasedIdentities.number,
    people.map(({ number }) => number),
  );
  const stored = await tx
    .select({
      ...{ number: erasedIdentities.number, hash: erasedIdentities.hash },
      pseudonym: erasedIdentities.pseudonym,
    })
    .from(erasedIdentities)
    .where(
      and(
        eq(erasedIdentities.sourceId, sourceId),
        isTheirs,
        isOneOf(
          erasedIdentities.hash,
          people.flatMap(({ named }) => named.map(({ hash }) => hash)),
        ),
      ),
    );
  const { number, kind } = erasedIdentities;
  const counts = await tx
    .select({ number, kind, count: sql<number>`count(*)::int` })
    .from(erasedIdentities)
    .where(isTheirs)
    .groupBy(number, kind);
  const [storedOf, countsOf] = [byNumber(stored), byNumber(counts)];
  const all = people.map((person) => {
    const [own, taken] = [storedOf.get(person.number) ?? [], countsOf.get(person.number) ?? []];
    return namedAs(sourceId, person, {
      known: new Map(own.map(({ hash, pseudonym }) => [hash.toString("hex"), pseudonym])),
      taken: new Map(taken.map((row) => [row.kind, row.count])),
    });
  });
  await storeIdentities(
    tx,
    all.flatMap(({ rows }) => rows),
  );
  return new Map(people.map((person, index) => [person.number, all[index]?.found ?? new Map()]));
}

/** What a person has: the pseudonyms that there are, by hash, and how many of each kind. */
interface Taken {
  known: Map<string, string>;
  taken: Map<PseudonymKind, number>;
}

function namedAs(
  sourceId: string,
  { number, named }: { number: number; named: readonly NamedAs[] },
  { known, taken }: Taken,
): { found: Pseudonyms; rows: ErasedIdentity[] } {
  // The same connection in two rooms has two hashes, and one pseudonym.
  const found = new Map<PseudonymKind, Map<string, string>>();
  for (const one of named) {
    const before = known.get(one.hash.toString("hex"));
    if (before !== undefined) ofKind(found, one.kind).set(one.value, before);
  }
  const rows = new Map<string, ErasedIdentity>();
  for (const { kind, value, hash, isIdentity, until, isNoteTaker, instead } of named) {
    const key = hash.toString("hex");
    let pseudonym = known.get(key);
    if (pseudonym === undefined) {
      const own = ofKind(found, kind);
      const nth = (taken.get(kind) ?? 0) + 1;
      pseudonym =
        instead ?? own.get(value) ?? pseudonymOf(kind, number, nth, value, isNoteTaker ?? false);
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
  return { found, rows: [...rows.values()] };
}

async function storeIdentities(tx: Transaction, all: readonly ErasedIdentity[]): Promise<void> {
  const [rows, rest] = [all.slice(0, ROWS_AT_ONCE), all.slice(ROWS_AT_ONCE)];
  if (rows.length === 0) return;
  const { sourceId, hash, number, isIdentity, until } = erasedIdentities;
  const isNews = or(lt(until, excluded(until)), and(not(isIdentity), sql`${excluded(isIdentity)}`));
  await tx
    .insert(erasedIdentities)
    .values(rows)
    .onConflictDoUpdate({
      target: [sourceId, hash, number],
      set: {
        until: sql`greatest(${until}, ${excluded(until)})`,
        isIdentity: sql`${isIdentity} or ${excluded(isIdentity)}`,
      },
      ...(isNews && { setWhere: isNews }),
    });
  await storeIdentities(tx, rest);
}

function byNumber<T extends { number: number }>(rows: readonly T[]): Map<number, T[]> {
  return Map.groupBy(rows, ({ number }) => number);
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
