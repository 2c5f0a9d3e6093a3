import { and, asc, eq, getTableColumns, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { callFunction } from "#db/connection/call.ts";
import type { Transaction } from "#db/connection/session.ts";
import { events } from "#db/schema/facts.ts";
import { attendances } from "#db/schema/projected.ts";
import { deleteAll, insertAll, isOneOf, unnested } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import { selected } from "#db/sql/selected.ts";
import { type StoppingEvent, toEvent, UnreadableEvent } from "#domain/event/recorded.ts";
import type { Touched } from "#domain/projection/apply-to-room.ts";
import type { Changes } from "#domain/projection/changes.ts";
import type { RecordedEvent } from "#domain/projection/state.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { eventRow } from "./rows.ts";

const e = alias(events, "e");

/**
 * All events of the people whose view the touched may change: themselves, people with their user id, and
 * people with a name that they have or had.
 */
export async function eventsOfTouched(
  tx: Transaction,
  touched: readonly Touched[],
): Promise<RecordedEvent[]> {
  const rows = await selected(
    tx,
    getTableColumns(e),
    sql`(${participantsOf(touched)}) p cross join lateral (
      select * from ${events}
      where ${events.meetingId} = p.meeting_id and ${events.participantId} = p.participant_id offset 0
    ) e
    order by ${e.meetingId}, ${e.seq}`,
  );
  return rows.map(recordedOf);
}

/** Each step looks its rows up one by one, so that there is one possible plan, however many there are. */
function participantsOf(touched: readonly Touched[]): SQL {
  const { meetingId, userId, nameKey, participantIds } = attendances;
  const given = unnested(
    "t",
    { meetingId, participantId: events.participantId, userId, nameKey },
    touched,
  );
  const inMeeting = (of: string) => sql`${meetingId} = ${sql.identifier(of)}.meeting_id`;
  return sql`
    with touched as (
      select * from ${given.from}
    ), touched_people as (
      select distinct t.meeting_id, e.person_id
      from touched t cross join lateral (
        select ${events.personId} from ${events}
        where ${events.meetingId} = t.meeting_id and ${events.participantId} = t.participant_id offset 0
      ) e
    ), signed_in as (
      select distinct meeting_id, 'u:' || user_id as person_id from touched where user_id is not null
    ), names as (
      select meeting_id, name_key from touched where name_key is not null
      union
      select k.meeting_id, a.name_key
      from (select * from touched_people union select * from signed_in) k cross join lateral (
        select ${nameKey} from ${attendances}
        where ${inMeeting("k")} and ${attendances.personId} = k.person_id offset 0
      ) a
      where a.name_key is not null
    ), people as (
      select * from touched_people
      union select * from signed_in
      union
      select n.meeting_id, a.person_id
      from names n cross join lateral (
        select ${attendances.personId} from ${attendances}
        where ${inMeeting("n")} and ${nameKey} = n.name_key offset 0
      ) a
    )
    select p.meeting_id, a.participant_id
    from people p cross join lateral (
      select unnest(${participantIds}) as participant_id from ${attendances}
      where ${inMeeting("p")} and ${attendances.personId} = p.person_id offset 0
    ) a`;
}

export async function eventsOfMeetings(
  tx: Pick<Transaction, "select">,
  meetingIds: readonly string[],
): Promise<RecordedEvent[]> {
  const rows = await tx
    .select()
    .from(events)
    .where(isOneOf(events.meetingId, meetingIds))
    .orderBy(asc(events.meetingId), asc(events.seq));
  return rows.map(recordedOf);
}

type EventRow = typeof events.$inferSelect;

/** A recorded event cannot be read: it is broken, or of a later version. What it concerns cannot be projected. */
export class UnreadableRecord extends Error {
  override name = "UnreadableRecord";
  readonly event: StoppingEvent;

  constructor(event: StoppingEvent, options: ErrorOptions) {
    super(`event ${event.seq} of meeting ${event.meetingId} cannot be read`, options);
    this.event = event;
  }
}

function recordedOf(row: EventRow): RecordedEvent {
  const { meetingId, seq, personId, deliveryId } = row;
  return { meetingId, seq, personId, deliveryId, event: eventIn(row) };
}

/** Throws `UnreadableRecord`. */
function eventIn(row: EventRow): RecordedEvent["event"] {
  const { meetingId, seq, type, data, participantId } = row;
  try {
    return toEvent({ type, at: toWireTime(row.at), participant_id: participantId, data });
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    throw new UnreadableRecord({ meetingId, seq, type, field: error.field }, { cause: error });
  }
}

/** Which of these events can be read now, or are gone. One statement. */
export async function readableAgain(
  orm: Pick<Orm, "select">,
  all: readonly StoppingEvent[],
): Promise<StoppingEvent[]> {
  const keys = all.map(({ meetingId, seq }) =>
    and(eq(events.meetingId, meetingId), eq(events.seq, seq)),
  );
  const rows = await orm
    .select()
    .from(events)
    .where(or(...keys));
  const unreadable = new Set(rows.filter((row) => !isReadable(row)).map(nameOf));
  return all.filter((one) => !unreadable.has(nameOf(one)));
}

function nameOf({ meetingId, seq }: Pick<StoppingEvent, "meetingId" | "seq">): string {
  return `${meetingId} ${seq}`;
}

function isReadable(row: EventRow): boolean {
  try {
    eventIn(row);
    return true;
  } catch (error) {
    if (error instanceof UnreadableRecord) return false;
    throw error;
  }
}

/** Appends events. Their `seq` continues that of their meetings without a hole. */
export async function appendEvents(tx: Transaction, all: readonly RecordedEvent[]): Promise<void> {
  await insertAll(tx, events, all.map(eventRow));
}

/** Refiles events, where meetings merged or parted. The positions they move to are free. */
export async function refileEvents(tx: Transaction, moves: Changes["refiled"]): Promise<void> {
  if (moves.length === 0) return;
  const { meetingId, seq } = events;
  const given = unnested(
    "n",
    { oldMeetingId: meetingId, oldSeq: seq, meetingId, seq },
    moves.map(({ from, ...to }) => ({ oldMeetingId: from.meetingId, oldSeq: from.seq, ...to })),
  );
  await tx
    .update(events)
    .set({ meetingId: given.of.meetingId, seq: given.of.seq })
    .from(given.from)
    .where(
      and(
        eq(meetingId, given.of.oldMeetingId),
        eq(seq, given.of.oldSeq),
        inMeetingsOf(moves.map(({ from }) => from)),
      ),
    );
}

/** Names the meetings once more, so that the planner never reads all events, however few there seem to be. */
function inMeetingsOf(all: readonly { meetingId: string }[]): SQL {
  return isOneOf(events.meetingId, [...new Set(all.map(({ meetingId }) => meetingId))]);
}

/** Allows events to be deleted, for the rest of the transaction. Only a replay and an erasure do this. */
export async function allowWithdrawing(tx: Transaction): Promise<void> {
  await callFunction(tx, sql`set_config('rollcall.withdrawing', 'on', true)`);
}

/** Deletes events whose deliveries are read again. */
export async function withdrawEvents(
  tx: Transaction,
  all: readonly RecordedEvent[],
): Promise<void> {
  if (all.length === 0) return;
  const keys = all.map(({ meetingId, seq }) => ({ meetingId, seq }));
  await Promise.all([allowWithdrawing(tx), deleteAll(tx, events, keys)]);
}

/** Writes to which people participants turned out to belong. */
export async function assignPeople(tx: Transaction, who: Changes["assigned"]): Promise<void> {
  if (who.length === 0) return;
  const { meetingId, participantId, personId } = events;
  const given = unnested("n", { meetingId, participantId, personId }, who);
  await tx
    .update(events)
    .set({ personId: given.of.personId })
    .from(given.from)
    .where(
      and(
        eq(meetingId, given.of.meetingId),
        eq(participantId, given.of.participantId),
        inMeetingsOf(who),
        sql`${personId} is distinct from ${given.of.personId}`,
      ),
    );
}
