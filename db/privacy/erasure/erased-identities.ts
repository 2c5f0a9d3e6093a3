import { and, eq, lt, not, or, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { erasedIdentities } from "#db/schema/erased.ts";
import { excluded, isOneOf } from "#db/sql/batch.ts";
import { type PseudonymKind, pseudonymOf } from "#domain/privacy/erasure/pseudonyms.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A statement has a parameter for each value of each row, and may have some ten thousands. */
const ROWS_AT_ONCE = 2_000;

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

/** The pseudonyms of names and ids, by kind and value. */
export type Pseudonyms = ReadonlyMap<PseudonymKind, ReadonlyMap<string, string>>;

/** As `pseudonymsForAll`, of one person. */
export async function pseudonymsFor(
  tx: Transaction,
  { number, sourceId }: { number: number; sourceId: string },
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

export async function storeIdentities(
  tx: Transaction,
  all: readonly ErasedIdentity[],
): Promise<void> {
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
