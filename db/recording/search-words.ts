import { and, isNotNull, isNull } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { classListEntries } from "#db/schema/class-lists.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { aliases } from "#db/schema/people.ts";
import { rooms } from "#db/schema/projected.ts";
import { updateAll } from "#db/sql/batch.ts";
import { wordsValue } from "#db/sql/searching.ts";
import { keepWordsOfNames } from "./people.ts";
import { keepWordsOfRooms } from "./rooms.ts";

/*
 * Rows that were stored before words to find them by existed. The recorder locks the rows it writes: those
 * are left for later, so that neither waits for the other.
 */

const FREE = { skipLocked: true } as const;

/** Stores the words of some names that have none yet. Answers how many there were. */
export async function indexNames(tx: Transaction, most: number): Promise<number> {
  const names = await tx
    .select({ identity: aliases.identity, nameKey: aliases.nameKey })
    .from(aliases)
    .where(isNull(aliases.words))
    .limit(most)
    .for("update", FREE);
  await keepWordsOfNames(tx, names);
  return names.length;
}

/** Stores the words of some rooms that have none yet. Answers how many there were. */
export async function indexRooms(tx: Transaction, most: number): Promise<number> {
  const rows = await tx
    .select({ id: rooms.id, key: rooms.key, title: rooms.title })
    .from(rooms)
    .where(isNull(rooms.words))
    .limit(most)
    .for("update", FREE);
  if (rows.length > 0) await keepWordsOfRooms(tx, rows);
  return rows.length;
}

/** The same for scheduled meetings, also those whose title was erased. */
export async function indexScheduled(tx: Transaction, most: number): Promise<number> {
  const { id, room, title, words } = scheduledMeetings;
  const rows = await tx
    .select({ id, room, title })
    .from(scheduledMeetings)
    .where(isNull(words))
    .limit(most)
    .for("update", FREE);
  const indexed = rows.map((one) => ({ id: one.id, words: wordsValue(one.title, one.room) }));
  await updateAll(tx, scheduledMeetings, indexed);
  return rows.length;
}

/** The same for expected people. */
export async function indexExpected(tx: Transaction, most: number): Promise<number> {
  const { scheduledId, position, name, words } = expectedPeople;
  const rows = await tx
    .select({ scheduledId, position, name })
    .from(expectedPeople)
    .where(and(isNull(words), isNotNull(name)))
    .limit(most)
    .for("update", FREE);
  await updateAll(tx, expectedPeople, rows.map(withWords));
  return rows.length;
}

/** The same for people on class lists. */
export async function indexClassLists(tx: Transaction, most: number): Promise<number> {
  const { listId, position, name, words } = classListEntries;
  const rows = await tx
    .select({ listId, position, name })
    .from(classListEntries)
    .where(and(isNull(words), isNotNull(name)))
    .limit(most)
    .for("update", FREE);
  await updateAll(tx, classListEntries, rows.map(withWords));
  return rows.length;
}

function withWords<Entry extends { name: string | null }>({ name, ...key }: Entry) {
  return { ...key, words: wordsValue(name) };
}
