import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Transaction } from "#db/session.ts";
import { isAboutParticipant, type MeetingEvent } from "#domain/event.ts";
import type { EventData } from "#domain/wire.ts";
import { toEvent, toEventData, toWireTime } from "#domain/wire.ts";

/** An event in its place: the meeting, its `seq` there, and whom it is about. */
export interface FiledEvent {
  meetingId: string;
  seq: number;
  personId: string | null;
  deliveryId: number | null;
  event: MeetingEvent;
}

interface Row extends Record<string, unknown> {
  meetingId: string;
  seq: number;
  type: MeetingEvent["type"];
  at: number;
  participantId: string | null;
  personId: string | null;
  data: EventData;
  deliveryId: number | null;
}

const COLUMNS = sql.raw(
  `e.meeting_id as "meetingId", e.seq, e.type, e.at, e.participant_id as "participantId",
   e.person_id as "personId", e.data, e.delivery_id as "deliveryId"`,
);

/** Who, in one meeting, a batch has news of. */
export interface Touched {
  meetingId: string;
  participantId: string;
  userId: string | null;
  nameKey: string | null;
}

/**
 * All events of everybody whose story the touched may change: themselves, whoever has their user id,
 * and whoever has a name that they have or had.
 */
export async function eventsOfTouched(
  tx: Transaction,
  touched: readonly Touched[],
): Promise<FiledEvent[]> {
  const rows = await tx.execute<Row>(sql`
    -- Each step looks its rows up one by one: there is one way to go about it, however many there are.
    with touched as (
      select * from unnest(
        ${column("uuid", touched, (t) => t.meetingId)},
        ${column("text", touched, (t) => t.participantId)},
        ${column("text", touched, (t) => t.userId)},
        ${column("text", touched, (t) => t.nameKey)}
      ) as t (meeting_id, participant_id, user_id, name_key)
    ), known as (
      select distinct t.meeting_id, e.person_id
      from touched t cross join lateral (
        select person_id from events e
        where e.meeting_id = t.meeting_id and e.participant_id = t.participant_id offset 0
      ) e
    ), signed_in as (
      select distinct meeting_id, 'u:' || user_id as person_id from touched where user_id is not null
    ), names as (
      select meeting_id, name_key from touched where name_key is not null
      union
      select k.meeting_id, a.name_key
      from (select * from known union select * from signed_in) k cross join lateral (
        select name_key from attendances a
        where a.meeting_id = k.meeting_id and a.person_id = k.person_id offset 0
      ) a
      where a.name_key is not null
    ), people as (
      select * from known
      union select * from signed_in
      union
      select n.meeting_id, a.person_id
      from names n cross join lateral (
        select person_id from attendances a
        where a.meeting_id = n.meeting_id and a.name_key = n.name_key offset 0
      ) a
    ), participants as (
      select p.meeting_id, a.participant_id
      from people p cross join lateral (
        select unnest(participant_ids) as participant_id from attendances a
        where a.meeting_id = p.meeting_id and a.person_id = p.person_id offset 0
      ) a
    )
    select ${COLUMNS}
    from participants p cross join lateral (
      select * from events e
      where e.meeting_id = p.meeting_id and e.participant_id = p.participant_id offset 0
    ) e
    order by e.meeting_id, e.seq
  `);
  return rows.map(filed);
}

export async function eventsOfMeetings(
  tx: Pick<Transaction, "execute">,
  meetingIds: readonly string[],
): Promise<FiledEvent[]> {
  const rows = await tx.execute<Row>(sql`
    select ${COLUMNS} from events e
    where e.meeting_id = any(${list("uuid", meetingIds)})
    order by e.meeting_id, e.seq
  `);
  return rows.map(filed);
}

function filed(row: Row): FiledEvent {
  const { meetingId, seq, personId, deliveryId, type, data, participantId } = row;
  const event = toEvent({ type, at: toWireTime(row.at), participant_id: participantId, data });
  return { meetingId, seq, personId, deliveryId, event };
}

/** Appends events. Their `seq` continues that of their meetings without a hole. */
export async function appendEvents(tx: Transaction, all: readonly FiledEvent[]): Promise<void> {
  await tx.execute(sql`
    insert into events (meeting_id, seq, type, at, participant_id, person_id, data, delivery_id)
    select meeting_id, seq, type, at, participant_id, person_id, data::jsonb, delivery_id
    from unnest(
      ${column("uuid", all, ({ meetingId }) => meetingId)},
      ${column("integer", all, ({ seq }) => seq)},
      ${column("text", all, ({ event }) => event.type)},
      ${column("bigint", all, ({ event }) => event.at)},
      ${column("text", all, ({ event }) => (isAboutParticipant(event) ? event.participantId : null))},
      ${column("text", all, ({ personId }) => personId)},
      ${column("text", all, ({ event }) => JSON.stringify(toEventData(event)))},
      ${column("bigint", all, ({ deliveryId }) => deliveryId)}
    ) as e (meeting_id, seq, type, at, participant_id, person_id, data, delivery_id)
  `);
}

/** Files events elsewhere, where meetings merged or parted. The places they move to are free. */
export async function refileEvents(
  tx: Transaction,
  moves: readonly { from: FiledEvent; meetingId: string; seq: number }[],
): Promise<void> {
  await tx.execute(sql`
    update events e set meeting_id = n.meeting_id, seq = n.seq
    from unnest(
      ${column("uuid", moves, ({ from }) => from.meetingId)},
      ${column("integer", moves, ({ from }) => from.seq)},
      ${column("uuid", moves, ({ meetingId }) => meetingId)},
      ${column("integer", moves, ({ seq }) => seq)}
    ) as n (old_meeting_id, old_seq, meeting_id, seq)
    where e.meeting_id = n.old_meeting_id and e.seq = n.old_seq
      -- However few there seem to be, these and not all are looked through.
      and e.meeting_id = any(${list("uuid", distinct(moves.map(({ from }) => from.meetingId)))})
  `);
}

/** Lets events be taken back, for the rest of the transaction. A replay and an erasure may. */
export async function allowWithdrawing(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
}

/** Takes events back: what their deliveries say is told anew. */
export async function withdrawEvents(tx: Transaction, all: readonly FiledEvent[]): Promise<void> {
  await Promise.all([
    allowWithdrawing(tx),
    tx.execute(sql`
    delete from events e
    using unnest(
      ${column("uuid", all, ({ meetingId }) => meetingId)},
      ${column("integer", all, ({ seq }) => seq)}
    ) as k (meeting_id, seq)
    where e.meeting_id = k.meeting_id and e.seq = k.seq
  `),
  ]);
}

/** Says who participants turned out to be. */
export async function assignPeople(
  tx: Transaction,
  who: readonly { meetingId: string; participantId: string; personId: string }[],
): Promise<void> {
  await tx.execute(sql`
    update events e set person_id = n.person_id
    from unnest(
      ${column("uuid", who, ({ meetingId }) => meetingId)},
      ${column("text", who, ({ participantId }) => participantId)},
      ${column("text", who, ({ personId }) => personId)}
    ) as n (meeting_id, participant_id, person_id)
    where e.meeting_id = n.meeting_id and e.participant_id = n.participant_id
      and e.meeting_id = any(${list("uuid", distinct(who.map(({ meetingId }) => meetingId)))})
      and e.person_id is distinct from n.person_id
  `);
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
