import { and, asc, desc, isNull, or, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { peopleApart } from "#db/schema/operators.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Apart, DifferentPeople } from "#domain/people/people.ts";
import { identitiesOf } from "./person.ts";

const { id, one, other, by, at } = peopleApart;
const APART = { id, one, other, by, at };

type ApartRow = Pick<typeof peopleApart.$inferSelect, keyof typeof APART>;

/**
 * Pairs that operators entered as not the same, newest first (with a `previous` cursor: nearest first). Two
 * statements.
 */
export async function listApart(
  reader: Reader,
  cursor: ListCursor<Pick<Apart, "at" | "id">> | null,
  limit: number,
): Promise<Apart[]> {
  const back = cursor?.direction === "previous";
  const direction = back ? asc : desc;
  const key = cursor && sql`(${cursor.key.at}::bigint, ${cursor.key.id}::uuid)`;
  const afterCursor = key && (back ? sql`(${at}, ${id}) > ${key}` : sql`(${at}, ${id}) < ${key}`);
  const rows = await reader
    .select(APART)
    .from(peopleApart)
    .where(and(isNull(peopleApart.undoneAt), afterCursor ?? undefined))
    .orderBy(direction(at), direction(id))
    .limit(limit);
  return named(reader, rows);
}

/** The newest pairs. */
export async function readApart(reader: Reader, most: number): Promise<DifferentPeople> {
  const found = await listApart(reader, null, most + 1);
  return { pairs: found.slice(0, most), isMore: found.length > most };
}

/** The pairs that one of these identities is in. Two statements. */
export async function apartOf(
  reader: Reader,
  ids: readonly string[],
  most: number,
): Promise<Apart[]> {
  const rows = await reader
    .select(APART)
    .from(peopleApart)
    .where(and(isNull(peopleApart.undoneAt), or(isOneOf(one, ids), isOneOf(other, ids))))
    .orderBy(desc(at), desc(id))
    .limit(most);
  return named(reader, rows);
}

async function named(reader: Reader, rows: readonly ApartRow[]): Promise<Apart[]> {
  const ids = rows.flatMap(({ one, other }) => [one, other]);
  const identities = ids.length === 0 ? [] : await identitiesOf(reader, ids);
  const byId = new Map(identities.map((one) => [one.id, one]));
  return rows.map(({ id, one, other, by, at }) => ({
    id,
    one: byId.get(one) ?? null,
    other: byId.get(other) ?? null,
    by,
    at,
  }));
}
