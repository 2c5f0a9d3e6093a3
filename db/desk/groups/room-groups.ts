import { asc, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { roomGroups } from "#db/schema/groups.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { MOST_GROUPS, type RoomGroup } from "#domain/desk/groups/room-group.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A group with who changed it last, and when. */
export interface RoomGroupRow extends RoomGroup {
  by: string;
  changedAt: Ms;
}

/** What is entered of a group. */
export type RoomGroupFacts = Omit<RoomGroup, "id">;

/** Every group, by name. One statement. */
export async function listRoomGroups(reader: Reader): Promise<RoomGroupRow[]> {
  return listed(reader, "once", {});
}

const listed = madeOnce((reader) =>
  reader
    .select()
    .from(roomGroups)
    .orderBy(asc(roomGroups.name), asc(roomGroups.id))
    .limit(MOST_GROUPS),
);

/** Stores a group; `null` where there are as many as may be. */
export async function insertRoomGroup(
  orm: Orm,
  facts: RoomGroupFacts,
  by: string,
  changedAt: Ms,
): Promise<RoomGroupRow | null> {
  if ((await listRoomGroups(orm)).length >= MOST_GROUPS) return null;
  const [row] = await orm
    .insert(roomGroups)
    .values({ id: uuid(), ...columnsOf(facts), by, changedAt })
    .returning();
  return row ?? null;
}

/** Replaces what is entered of a group; `null` where there is none. */
export async function replaceRoomGroup(
  orm: Orm,
  id: string,
  facts: RoomGroupFacts,
  by: string,
  changedAt: Ms,
): Promise<RoomGroupRow | null> {
  const set = { ...columnsOf(facts), by, changedAt };
  const [row] = await orm.update(roomGroups).set(set).where(eq(roomGroups.id, id)).returning();
  return row ?? null;
}

/** Takes a group away; `null` where there is none. */
export async function deleteRoomGroup(orm: Orm, id: string): Promise<RoomGroupRow | null> {
  const [row] = await orm.delete(roomGroups).where(eq(roomGroups.id, id)).returning();
  return row ?? null;
}

function columnsOf({ patterns, ...facts }: RoomGroupFacts) {
  return { ...facts, patterns: [...patterns] };
}
