import { and, eq, isNotNull } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { waitHandlings } from "#db/schema/operators.ts";
import { rooms } from "#db/schema/projected.ts";
import { deleteAll, isOneOf, unnested, updateAll } from "#db/sql/batch.ts";
import { foldName } from "#domain/identity/name.ts";
import { hasWhole } from "#domain/identity/search.ts";

const { roomId, startedAt, participantId } = waitHandlings;

/** Takes away what the desk entered of the waits of some connections. */
export async function eraseHandlings(
  tx: Transaction,
  connections: readonly { roomId: number; participantId: string }[],
): Promise<void> {
  if (connections.length === 0) return;
  const { from, of } = unnested("n", { roomId, participantId }, connections);
  const rows = await tx
    .select({ roomId, startedAt, participantId })
    .from(from)
    .innerJoin(waitHandlings, and(eq(roomId, of.roomId), eq(participantId, of.participantId)));
  await deleteAll(tx, waitHandlings, rows);
}

/** Takes away notes about others that name somebody by one of these folded names, in the rooms of some sources. */
export async function eraseNotesNaming(
  tx: Transaction,
  sourceIds: readonly string[],
  nameKeys: readonly string[],
): Promise<void> {
  const noted = await tx
    .select({ roomId, startedAt, participantId, deskNote: waitHandlings.deskNote })
    .from(waitHandlings)
    .innerJoin(rooms, eq(rooms.id, roomId))
    .where(and(isNotNull(waitHandlings.deskNote), isOneOf(rooms.sourceId, sourceIds)));
  const naming = noted.filter(({ deskNote }) => {
    const folded = foldName(deskNote) ?? "";
    return nameKeys.some((name) => hasWhole(folded, name));
  });
  await updateAll(
    tx,
    waitHandlings,
    naming.map((row) => ({ ...row, deskNote: null, deskNoteBy: null, deskNoteAt: null })),
  );
}
