import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Transaction } from "#db/client.ts";
import type { Ms } from "#domain/event.ts";
import { toEventData } from "#domain/wire.ts";
import { redirectMeetings } from "./meetings.ts";

/** Why a body is no longer there. */
const WIPED = "erased with what we held of its meeting";

/** An erasure that was recorded: in which room, by which delivery, and what it says. */
export interface Erasure {
  room: { id: number; sourceId: string; key: string };
  deliveryId: number;
  at: Ms;
  reason: string | null;
}

/**
 * Erases what is held of a room's people: events, attendances, waits, and the bodies of all its deliveries
 * but the one that asked for it. A meeting of its own keeps the numbers, its only event the erasure, and
 * the old address leads to it. The room is locked. Answers the move.
 */
export async function eraseRoom(
  tx: Transaction,
  { room, deliveryId, at, reason }: Erasure,
  newId: string,
): Promise<{ from: string; into: string } | null> {
  const [kept] = await tx.execute<{ id: string }>(sql`
    insert into meetings (
      id, room_id, source_id, seq, status, started_at, ended_at, ended_by, provider_ids,
      provider_started_at, provider_ended_at, people_count, lost_count, peak_count, peak_at, first_at,
      first_joined_at, last_out_at, tip_at, erased_at, erased_reason
    )
    select ${newId}::uuid, room_id, source_id, 1, 'ended', started_at, ended_at, ended_by, provider_ids,
      provider_started_at, provider_ended_at, people_count, lost_count, peak_count, peak_at, first_at,
      first_joined_at, last_out_at, tip_at, ${at}::bigint, ${reason}::text
    from meetings m
    where m.room_id = ${room.id} and m.merged_into is null
    order by m.first_at limit 1
    returning (
      select old.id from meetings old
      where old.room_id = ${room.id} and old.merged_into is null order by old.first_at limit 1
    ) as id`);
  if (!kept) return null;
  const old = kept.id;
  const move = { from: old, into: newId };
  await wipeRoom(tx, room, old, deliveryId);
  await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
  await tx.execute(sql`delete from events where meeting_id = ${old}::uuid`);
  await tx.execute(sql`delete from attendances where meeting_id = ${old}::uuid`);
  await tx.execute(sql`delete from waits where meeting_id = ${old}::uuid`);
  await redirectMeetings(tx, [move]);
  const data = JSON.stringify(toEventData({ type: "data_deleted", at, reason }));
  await tx.execute(sql`
    insert into events (meeting_id, seq, type, at, data, delivery_id)
    values (${newId}::uuid, 1, 'data_deleted', ${at}::bigint, ${data}::text::jsonb, ${deliveryId}::bigint)`);
  await tx.execute(sql`
    update rooms set erased_at = ${at}::bigint, current_meeting_id = ${newId}::uuid,
      unresolved_until = null, lost_until = null
    where id = ${room.id}`);
  return move;
}

async function wipeRoom(
  tx: Transaction,
  { sourceId, key }: Erasure["room"],
  meetingId: string,
  but: number,
): Promise<void> {
  await tx.execute(sql`
    update deliveries d set body = '', reason = ${WIPED}
    where d.id <> ${but} and (
      d.id in (select delivery_id from events where meeting_id = ${meetingId}::uuid)
      or (d.source_id = ${sourceId}::uuid and d.room = ${key} and d.status <> 'recorded')
    )`);
}

/**
 * Wipes those of the deliveries that speak of a room which was erased, and answers them. No erasure of
 * their rooms can slip in between: it waits until the transaction ends.
 */
export async function wipeErased(tx: Transaction, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    with around as (
      select r.id, d.id as delivery_id, r.erased_at
      from deliveries d
      join rooms r on r.source_id = d.source_id and r.key = d.room
      where d.id = any(${list("bigint", ids)})
      order by r.id
      for share of r
    )
    update deliveries d set body = '', status = 'ignored', reason = ${WIPED}
    from around a
    where d.id = a.delivery_id and a.erased_at is not null
    returning d.id`);
  return rows.map(({ id }) => id);
}
