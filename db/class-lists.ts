import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Ms } from "#domain/event.ts";
import { entryKeys } from "#domain/history/expected/entry-key.ts";
import { foldName } from "#domain/name.ts";
import { list } from "./array.ts";
import type { Database } from "./client.ts";
import { numbered, rosterRows } from "./roster-rows.ts";
import { RoomErased, type Roster } from "./scheduled.ts";
import type { Transaction } from "./session.ts";

/** Keeps a class list; answers its id. */
export async function addClassList(
  database: Database,
  name: string,
  roster: Roster,
  by: string,
  now: Ms,
): Promise<string> {
  return database.transaction((tx) => addListIn(tx, name, roster, by, now));
}

async function addListIn(
  tx: Transaction,
  name: string,
  roster: Roster,
  by: string,
  now: Ms,
): Promise<string> {
  const id = uuid();
  await tx.execute(sql`
    insert into class_lists (id, name, name_key, by, changed_at)
    values (${id}, ${name}, ${foldName(name) ?? ""}, ${by}, ${now})`);
  await insertEntries(tx, id, roster);
  return id;
}

/** Says a class list anew; a roster that is `null` stays. Answers whether there is such a list. */
export async function changeClassList(
  database: Database,
  id: string,
  { name, roster }: { name: string; roster: Roster | null },
  by: string,
  now: Ms,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const known = await tx.execute(sql`
      update class_lists set name = ${name}, name_key = ${foldName(name) ?? ""}, by = ${by},
        changed_at = ${now}, erased_at = case when ${roster !== null} then null else erased_at end
      where id = ${id} returning id`);
    if (known.length === 0) return false;
    if (roster === null) return true;
    await tx.execute(sql`delete from class_list_entries where list_id = ${id}`);
    await insertEntries(tx, id, roster);
    // Of whoever is no longer on the list nothing need be remembered.
    const keys = [...entryKeys(numbered(roster)).values()];
    await tx.execute(sql`
      delete from roster_aliases where roster_id = ${id} and entry <> all(${list("text", keys)})`);
    return true;
  });
}

/** Deletes a class list, with what was remembered of it. Rooms and scheduled meetings have none then. */
export async function removeClassList(database: Database, id: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.execute(sql`delete from roster_aliases where roster_id = ${id}`);
    const gone = await tx.execute(sql`delete from class_lists where id = ${id} returning id`);
    return gone.length > 0;
  });
}

/** Gives the series of a room a class list, or none. Throws `RoomErased`. */
export async function attachClassList(
  database: Database,
  { sourceId, series, roomId }: { sourceId: string; series: string; roomId: string },
  listId: string | null,
  by: string,
  now: Ms,
): Promise<void> {
  await database.transaction(async (tx) => {
    const erased = await tx.execute<{ key: string }>(sql`
      select key from rooms where id = ${roomId}::bigint and erased_at is not null for share`);
    const [room] = erased;
    if (room !== undefined) throw new RoomErased(room.key);
    await tx.execute(
      listId === null
        ? sql`delete from room_class_lists where source_id = ${sourceId} and series = ${series}`
        : sql`insert into room_class_lists (source_id, series, list_id, by, at)
            values (${sourceId}, ${series}, ${listId}, ${by}, ${now})
            on conflict (source_id, series) do update
            set list_id = excluded.list_id, by = excluded.by, at = excluded.at`,
    );
  });
}

/** Somebody seen, and whom of a roster an operator says they are. */
export interface ThisIsThem {
  rosterId: string;
  entry: string;
  knownBy: "user_id" | "name";
  value: string;
  seenAs: string | null;
  sourceId: string;
  room: string;
}

/** Remembers that somebody seen is somebody on a roster; what was said of the same before is replaced. */
export async function rememberAlias(
  database: Database,
  { rosterId, entry, knownBy, value, seenAs, sourceId, room }: ThisIsThem,
  by: string,
  now: Ms,
): Promise<void> {
  await database.orm.execute(sql`
    insert into roster_aliases (roster_id, entry, known_by, value, seen_as, source_id, room, by, at)
    values (${rosterId}, ${entry}, ${knownBy}, ${value}, ${seenAs}, ${sourceId}, ${room}, ${by}, ${now})
    on conflict (roster_id, known_by, value) do update set entry = excluded.entry,
      seen_as = excluded.seen_as, source_id = excluded.source_id, room = excluded.room,
      by = excluded.by, at = excluded.at`);
}

/** Takes back what was said of somebody on a roster: one name or user id, or all of it. */
export async function forgetAliases(
  database: Database,
  rosterId: string,
  entry: string,
): Promise<boolean> {
  const gone = await database.orm.execute(sql`
    delete from roster_aliases where roster_id = ${rosterId} and entry = ${entry} returning value`);
  return gone.length > 0;
}

async function insertEntries(tx: Transaction, id: string, roster: Roster): Promise<void> {
  if (roster.length === 0) return;
  await tx.execute(sql`
    insert into class_list_entries (list_id, position, name, name_key, user_id, email, role, words)
    ${rosterRows(id, roster)}`);
}
