import { sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";

/** Gives an event of a room, by default its first, a type that only a later version knows. Returns how it is given back its own. */
export async function makeUnknown(
  { orm }: Pick<Database, "orm">,
  sourceId: string,
  room: string,
  seq = 1,
): Promise<() => Promise<void>> {
  const [event] = await orm.execute<{ meeting_id: string; type: string }>(sql`
    select e.meeting_id, e.type from events e
    join meetings m on m.id = e.meeting_id join rooms r on r.id = m.room_id
    where r.source_id = ${sourceId} and r.key = ${room} and e.seq = ${seq}`);
  if (event === undefined) throw new Error("the room has no event");
  const give = async (type: string) => {
    await orm.transaction(async (tx) => {
      // Events are never changed: a trigger sees to that.
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`
        update events set type = ${type}
        where meeting_id = ${event.meeting_id} and seq = ${seq}`);
    });
  };
  await give("hand_raised");
  return () => give(event.type);
}
