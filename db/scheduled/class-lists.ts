import { and, eq, isNotNull } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { RecordingClient } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import {
  classListEntries,
  classLists,
  roomClassLists,
  rosterAliases,
} from "#db/schema/class-lists.ts";
import { rooms } from "#db/schema/projected.ts";
import { insertAll } from "#db/sql/batch.ts";
import { foldName } from "#domain/identity/name.ts";
import type { Ms } from "#domain/time/ms.ts";
import { forgetOthers, type Roster, rosterRows } from "./roster-rows.ts";
import { RoomErased } from "./scheduled.ts";

/** Stores a class list; answers its id. */
export async function addClassList(
  database: RecordingClient,
  name: string,
  roster: Roster,
  by: string,
  now: Ms,
): Promise<string> {
  return database.transaction((tx) => insertClassList(tx, name, roster, by, now));
}

async function insertClassList(
  tx: Transaction,
  name: string,
  roster: Roster,
  by: string,
  now: Ms,
): Promise<string> {
  const id = uuid();
  await tx
    .insert(classLists)
    .values({ id, name, nameKey: foldName(name) ?? "", by, changedAt: now });
  await insertEntries(tx, id, roster);
  return id;
}

/** Changes a class list; a roster that is `null` stays. Answers whether there is such a list. */
export async function changeClassList(
  database: RecordingClient,
  id: string,
  { name, roster }: { name: string; roster: Roster | null },
  by: string,
  now: Ms,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const updated = await tx
      .update(classLists)
      .set({
        ...{ name, nameKey: foldName(name) ?? "", by, changedAt: now },
        ...(roster !== null && { erasedAt: null }),
      })
      .where(eq(classLists.id, id))
      .returning({ id: classLists.id });
    if (updated.length === 0) return false;
    if (roster === null) return true;
    await tx.delete(classListEntries).where(eq(classListEntries.listId, id));
    await insertEntries(tx, id, roster);
    await forgetOthers(tx, id, roster);
    return true;
  });
}

/**
 * Deletes a class list with its roster aliases. Rooms and scheduled meetings that used it have none then. Answers how
 * it was called; `null` where there is none.
 */
export async function removeClassList(
  database: RecordingClient,
  id: string,
): Promise<{ name: string | null } | null> {
  return database.transaction(async (tx) => {
    await tx.delete(rosterAliases).where(eq(rosterAliases.rosterId, id));
    const gone = await tx
      .delete(classLists)
      .where(eq(classLists.id, id))
      .returning({ name: classLists.name });
    return gone[0] ?? null;
  });
}

/** Attaches a class list to the series of a room, or none. Throws `RoomErased`. */
export async function attachClassList(
  database: RecordingClient,
  { sourceId, series, roomId }: { sourceId: string; series: string; roomId: string },
  listId: string | null,
  by: string,
  now: Ms,
): Promise<void> {
  await database.transaction(async (tx) => {
    const [erased] = await tx
      .select({ key: rooms.key })
      .from(rooms)
      .where(and(eq(rooms.id, Number(roomId)), isNotNull(rooms.erasedAt)))
      .for("share");
    if (erased !== undefined) throw new RoomErased(erased.key);
    if (listId === null) {
      const isIts = and(eq(roomClassLists.sourceId, sourceId), eq(roomClassLists.series, series));
      await tx.delete(roomClassLists).where(isIts);
      return;
    }
    const attached = { listId, by, at: now };
    await tx
      .insert(roomClassLists)
      .values({ sourceId, series, ...attached })
      .onConflictDoUpdate({
        target: [roomClassLists.sourceId, roomClassLists.series],
        set: attached,
      });
  });
}

/** A participant who was seen, and which person of a roster an operator says they are. */
export type NewRosterAlias = Omit<typeof rosterAliases.$inferSelect, "by" | "at">;

/** Stores that a participant who was seen is a person on a roster; an earlier entry about the same is replaced. */
export async function rememberAlias(
  database: RecordingClient,
  { rosterId, entry, knownBy, value, seenAs, sourceId, room }: NewRosterAlias,
  by: string,
  now: Ms,
): Promise<void> {
  const alias = { entry, seenAs, sourceId, room, by, at: now };
  await database.transaction((tx) =>
    tx
      .insert(rosterAliases)
      .values({ rosterId, knownBy, value, ...alias })
      .onConflictDoUpdate({
        target: [rosterAliases.rosterId, rosterAliases.knownBy, rosterAliases.value],
        set: alias,
      }),
  );
}

/** Deletes all aliases of a person on a roster. Answers whether there were any. */
export async function forgetAliases(
  database: RecordingClient,
  rosterId: string,
  entry: string,
): Promise<boolean> {
  const gone = await database.transaction((tx) =>
    tx
      .delete(rosterAliases)
      .where(and(eq(rosterAliases.rosterId, rosterId), eq(rosterAliases.entry, entry)))
      .returning({ value: rosterAliases.value }),
  );
  return gone.length > 0;
}

async function insertEntries(tx: Transaction, id: string, roster: Roster): Promise<void> {
  const rows = rosterRows(roster).map((row) => ({ listId: id, ...row }));
  await insertAll(tx, classListEntries, rows);
}
