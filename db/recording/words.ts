import { type SQL, sql } from "drizzle-orm";
import { column } from "#db/array.ts";
import { keptWords } from "#db/searching.ts";
import type { Transaction } from "#db/session.ts";
import { keepWordsOfNames } from "./everybody.ts";
import { keepWordsOfRooms, type Room } from "./rooms.ts";

/*
 * Rows that were kept before there were words to find them by. Whoever records holds what they record: those
 * rows are left for later, so that nobody waits for anybody.
 */

/** Tells the words of some names that have none yet. Answers how many there were. */
export async function wordNames(tx: Transaction, most: number): Promise<number> {
  const names = await tx.execute<{ identity: string; nameKey: string }>(sql`
    select identity, name_key as "nameKey" from aliases where words is null
    limit ${most} for update skip locked`);
  if (names.length > 0) await keepWordsOfNames(tx, names);
  return names.length;
}

/** Tells the words of some rooms that have none yet. Answers how many there were. */
export async function wordRooms(tx: Transaction, most: number): Promise<number> {
  const rooms = await tx.execute<Pick<Room, "id" | "key" | "title"> & Record<string, unknown>>(sql`
    select id, key, title from rooms where words is null
    limit ${most} for update skip locked`);
  if (rooms.length > 0) await keepWordsOfRooms(tx, rooms);
  return rooms.length;
}

/** Of scheduled meetings, also those whose title was taken away. */
export async function wordScheduled(tx: Transaction, most: number): Promise<number> {
  const rows = await tx.execute<{ id: string; room: string; title: string | null }>(sql`
    select id, room, title from scheduled_meetings where words is null
    limit ${most} for update skip locked`);
  if (rows.length > 0) {
    await tx.execute(sql`
      update scheduled_meetings s set words = n.words::tsvector
      from unnest(
        ${column("uuid", rows, ({ id }) => id)},
        ${column("text", rows, ({ title, room }) => keptWords(title, room))}
      ) as n (id, words)
      where s.id = n.id`);
  }
  return rows.length;
}

interface Entry extends Record<string, unknown> {
  id: string;
  position: number;
  name: string;
}

/** Of people who are expected. */
export async function wordExpected(tx: Transaction, most: number): Promise<number> {
  const rows = await tx.execute<Entry>(sql`
    select scheduled_id as id, position, name from expected_people
    where words is null and name is not null limit ${most} for update skip locked`);
  if (rows.length > 0) {
    await tx.execute(sql`
      update expected_people e set words = n.words::tsvector from ${entryWords(rows)}
      where e.scheduled_id = n.id and e.position = n.position`);
  }
  return rows.length;
}

/** Of people on class lists. */
export async function wordClassLists(tx: Transaction, most: number): Promise<number> {
  const rows = await tx.execute<Entry>(sql`
    select list_id as id, position, name from class_list_entries
    where words is null and name is not null limit ${most} for update skip locked`);
  if (rows.length > 0) {
    await tx.execute(sql`
      update class_list_entries e set words = n.words::tsvector from ${entryWords(rows)}
      where e.list_id = n.id and e.position = n.position`);
  }
  return rows.length;
}

function entryWords(rows: readonly Entry[]): SQL {
  return sql`unnest(
    ${column("uuid", rows, ({ id }) => id)},
    ${column("integer", rows, ({ position }) => position)},
    ${column("text", rows, ({ name }) => keptWords(name))}
  ) as n (id, position, words)`;
}
