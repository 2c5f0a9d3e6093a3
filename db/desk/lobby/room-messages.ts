import { and, eq, gte, type SQL } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { roomMessages } from "#db/schema/groups.ts";
import { deleteAll, isOneOf } from "#db/sql/batch.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { foldName } from "#domain/identity/name.ts";
import { hasWhole } from "#domain/identity/search.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What the desk tells those who wait for a room. */
export interface RoomMessage {
  sourceId: string;
  room: string;
  text: string;
  by: string;
  at: Ms;
}

/** The messages written since a moment. One statement. */
export async function roomMessagesSince(reader: Reader, since: Ms): Promise<RoomMessage[]> {
  return messages(reader, "once", { wanted: gte(roomMessages.at, since) });
}

const messages = madeOnce((reader, { wanted }: { wanted: SQL }) =>
  reader.select().from(roomMessages).where(wanted),
);

/** Writes the message of a room in place of what it had. */
export async function writeRoomMessage(orm: Orm, message: RoomMessage): Promise<void> {
  const { text, by, at } = message;
  await orm
    .insert(roomMessages)
    .values(message)
    .onConflictDoUpdate({
      target: [roomMessages.sourceId, roomMessages.room],
      set: { text, by, at },
    });
}

/** Takes the message of a room back. */
export async function removeRoomMessage(orm: Orm, sourceId: string, room: string): Promise<void> {
  await orm
    .delete(roomMessages)
    .where(and(eq(roomMessages.sourceId, sourceId), eq(roomMessages.room, room)));
}

/** Takes away messages in some sources that name somebody by one of these folded names. */
export async function eraseMessagesNaming(
  tx: Transaction,
  sourceIds: readonly string[],
  nameKeys: readonly string[],
): Promise<void> {
  const rows = await tx
    .select()
    .from(roomMessages)
    .where(isOneOf(roomMessages.sourceId, sourceIds));
  const naming = rows.filter(({ text }) => {
    const folded = foldName(text) ?? "";
    return nameKeys.some((name) => hasWhole(folded, name));
  });
  await deleteAll(
    tx,
    roomMessages,
    naming.map(({ sourceId, room }) => ({ sourceId, room })),
  );
}
