import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { callFunction } from "#db/connection/call.ts";
import type { Transaction } from "#db/connection/session.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { isOneOf, updateAll } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { hasWords, wordsValue } from "#db/sql/searching.ts";
import type {
  ActorKind,
  AuditAction,
  AuditActor,
  AuditEntry,
  AuditRow,
} from "#domain/access/audit/audit.ts";
import type { AuditedKind } from "#domain/access/audit/audited.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Adds an entry to the log. */
export async function insertEntry(
  orm: Pick<Orm, "insert">,
  { kind, id, label, address, userAgent }: AuditActor,
  { action, about, details, outcome = "done" }: AuditEntry,
  at: Ms,
): Promise<void> {
  await orm.insert(auditEntries).values({
    ...{ at, action, details, outcome, address, userAgent },
    ...{ whoKind: kind, whoId: id, whoLabel: label },
    ...{ aboutKind: about?.kind, aboutId: about?.id, aboutLabel: about?.label },
    words: wordsValue(label, about?.label ?? null),
  });
}

/** What a list of entries is narrowed to. */
export interface AuditFilter {
  action: AuditAction | null;
  who: { kind: ActorKind } | { id: string } | null;
  /** The id of what they are about. */
  about: string | null;
  /** Words of who, or of what it is about. */
  q: string | null;
  from: Ms | null;
  to: Ms | null;
}

/** Where an entry stands in the list. */
export interface AuditPlace {
  at: Ms;
  id: number;
}

/** Entries, newest first; before a cursor of `previous`, nearest first. One statement, and one before for words. */
export async function listEntries(
  reader: Reader,
  filter: AuditFilter,
  cursor: ListCursor<AuditPlace> | null,
  limit: number,
): Promise<AuditRow[]> {
  const { at, id } = auditEntries;
  const isBack = cursor?.direction === "previous";
  const conditions = await conditionsOf(reader, filter);
  if (cursor !== null) {
    const key = sql`(${cursor.key.at}::bigint, ${cursor.key.id}::bigint)`;
    conditions.push(isBack ? sql`(${at}, ${id}) > ${key}` : sql`(${at}, ${id}) < ${key}`);
  }
  const direction = isBack ? asc : desc;
  const rows = await reader
    .select()
    .from(auditEntries)
    .where(and(...conditions))
    .orderBy(direction(at), direction(id))
    .limit(limit);
  return rows.map(rowOf);
}

/** How many entries a list has, counted up to a limit. One statement, and one before for words. */
export async function countEntries(reader: Reader, filter: AuditFilter): Promise<Total> {
  const found = parts
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(and(...(await conditionsOf(reader, filter))))
    .limit(COUNTED_LIMIT);
  return countOf(reader, sql`${found}`);
}

async function conditionsOf(
  reader: Reader,
  { action, who, about, q, from, to }: AuditFilter,
): Promise<SQL[]> {
  return [
    ...(action === null ? [] : [eq(auditEntries.action, action)]),
    ...(who !== null && "kind" in who ? [eq(auditEntries.whoKind, who.kind)] : []),
    ...(who !== null && "id" in who ? [eq(auditEntries.whoId, who.id)] : []),
    ...(about === null ? [] : [eq(auditEntries.aboutId, about)]),
    ...(q === null ? [] : [await wordsCondition(reader, q)]),
    ...(from === null ? [] : [gte(auditEntries.at, from)]),
    ...(to === null ? [] : [lt(auditEntries.at, to)]),
  ];
}

/** Above so many entries words are so common that the newest ones with them are soon found by looking. */
const RARE = 2_000;

async function wordsCondition(reader: Reader, text: string): Promise<SQL> {
  const isNamed = hasWords(auditEntries.words, text);
  const found = await reader
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(isNamed)
    .limit(RARE + 1);
  const ids = found.map(({ id }) => id);
  return ids.length > RARE ? isNamed : isOneOf(auditEntries.id, ids);
}

function rowOf(row: typeof auditEntries.$inferSelect): AuditRow {
  const { id, at, action, details, outcome, address, userAgent, aboutKind } = row;
  return {
    ...{ id, at, action, details, outcome },
    who: { kind: row.whoKind, id: row.whoId, label: row.whoLabel, address, userAgent },
    about: aboutKind && { kind: aboutKind, id: row.aboutId, label: row.aboutLabel },
  };
}

/** Deletes at most `limit` entries from before a moment, oldest first. Returns how many. */
export async function trimEntries(tx: Transaction, before: Ms, limit: number): Promise<number> {
  const oldest = tx
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(lt(auditEntries.at, before))
    .orderBy(asc(auditEntries.at), asc(auditEntries.id))
    .limit(limit);
  await callFunction(tx, sql`set_config('rollcall.trimming_audit', 'on', true)`);
  const gone = await tx
    .delete(auditEntries)
    .where(inArray(auditEntries.id, oldest))
    .returning({ id: auditEntries.id });
  return gone.length;
}

/** Things whose names are erased, of one kind. */
export interface ErasedThings {
  kind: AuditedKind;
  ids: readonly string[];
}

/**
 * Takes what names somebody out of the entries about these: the label, the details, and of a person the id. The
 * entries stay.
 */
export async function eraseFromEntries(
  tx: Transaction,
  erased: readonly ErasedThings[],
): Promise<void> {
  const ids = erased.flatMap((one) => one.ids);
  if (ids.length === 0) return;
  const { id, aboutKind, aboutId, whoLabel } = auditEntries;
  const about = await tx
    .select({ id, aboutKind, aboutId, whoLabel })
    .from(auditEntries)
    .where(isOneOf(aboutId, ids));
  const concerned = about.filter((row) =>
    erased.some((one) => one.kind === row.aboutKind && one.ids.some((own) => own === row.aboutId)),
  );
  await eraseRows(tx, concerned);
}

/** An entry, by what is looked at to erase from it. */
export type NamingEntry = Pick<
  typeof auditEntries.$inferSelect,
  "id" | "aboutKind" | "aboutId" | "whoLabel"
>;

/** As `eraseFromEntries`, of these entries. */
export async function eraseRows(tx: Transaction, concerned: readonly NamingEntry[]): Promise<void> {
  if (concerned.length === 0) return;
  await callFunction(tx, sql`set_config('rollcall.erasing_audit', 'on', true)`);
  await updateAll(
    tx,
    auditEntries,
    concerned.map((row) => ({
      ...{ id: row.id, aboutLabel: null, details: {}, words: wordsValue(row.whoLabel) },
      aboutId: row.aboutKind === "person" ? null : row.aboutId,
    })),
  );
}
