import { type SQL, sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { meetings } from "#db/schema/told.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import type { Tally } from "#domain/tally.ts";

/** A meeting as it is kept: where it is filed, how far its events go, and its numbers. */
export interface KeptMeeting {
  id: string;
  roomId: number;
  sourceId: string;
  seq: number;
  tally: Tally;
}

type Row = Omit<typeof meetings.$inferSelect, "mergedInto">;

const COLUMNS = sql.raw(
  `id, room_id as "roomId", source_id as "sourceId", seq, status, started_at as "startedAt",
   ended_at as "endedAt", ended_by as "endedBy", provider_ids as "providerIds",
   provider_started_at as "providerStartedAt", provider_ended_at as "providerEndedAt", observed,
   observed_from as "observedFrom", present_count as "presentCount", waiting_count as "waitingCount",
   people_count as "peopleCount", note_taker_count as "noteTakerCount",
   note_takers_in as "noteTakersIn", note_takers_out_at as "noteTakersOutAt",
   observer, peak_count as "peakCount",
   peak_at as "peakAt", first_at as "firstAt", first_joined_at as "firstJoinedAt",
   last_out_at as "lastOutAt", tip_at as "tipAt", stale_at as "staleAt",
   overtaken_at as "overtakenAt", recent, whole`,
);

export async function meetingsById(
  tx: Transaction,
  ids: readonly string[],
): Promise<KeptMeeting[]> {
  return select(tx, sql`id = any(${list("uuid", ids)})`);
}

/** The meeting at an address, or the one it was merged into; `null` for anything else. */
export async function meetingAt(tx: Transaction, id: string): Promise<KeptMeeting | null> {
  const [meeting] = await select(
    tx,
    sql`merged_into is null
      and id = (select coalesce(merged_into, id) from meetings where id = ${id}::uuid)`,
  );
  return meeting ?? null;
}

/** What of a room has to be looked at again: a stretch of time, and whoever is named. */
export interface Neighbourhood {
  roomId: number;
  from: Ms;
  /** `null`: without end. */
  to: Ms | null;
}

/** The meetings that touch the stretches, each in its own room. What still goes on reaches without end. */
export async function meetingsAround(
  tx: Transaction,
  around: readonly Neighbourhood[],
): Promise<KeptMeeting[]> {
  return select(
    tx,
    sql`merged_into is null and exists (
      select from unnest(
        ${column("bigint", around, ({ roomId }) => roomId)},
        ${column("bigint", around, ({ from }) => from)},
        ${column("bigint", around, ({ to }) => to)}
      ) as n (room_id, "from", "to")
      where n.room_id = m.room_id
        and (n."to" is null or m.first_at <= n."to")
        and (m.status <> 'ended' or m.note_takers_in > 0
          or greatest(m.tip_at, m.last_out_at, m.ended_at, m.note_takers_out_at) >= n."from")
    ) and room_id = any(${column("bigint", around, ({ roomId }) => roomId)})`,
  );
}

/** What an event says of other meetings of its room. Each field may name some; `null` names none. */
export interface Naming {
  roomId: number;
  /** Where the participant was heard of. */
  participantId: string | null;
  /** What carries the provider's id. */
  providerId: string | null;
  /** Where somebody waited since then, and it may not be known yet how that ended. */
  waitedSince: Ms | null;
  /** Where it is not known whether somebody was still in then, or whether the provider's meeting went on. */
  unheardAt: Ms | null;
}

/** For so long a meeting of the provider is looked for whose end was not heard. */
const SESSION_MS = 12 * 3_600_000;

/**
 * The meetings of rooms that are named by events which happened elsewhere in them. Each is asked by itself: what
 * `exists` asks may be looked up among all there are.
 */
export async function meetingsNamed(
  tx: Transaction,
  named: readonly Naming[],
): Promise<KeptMeeting[]> {
  return select(
    tx,
    sql`merged_into is null and room_id = any(${list(
      "bigint",
      named.map(({ roomId }) => roomId),
    )})
      and exists (
        select from unnest(
          ${column("bigint", named, ({ roomId }) => roomId)},
          ${column("text", named, ({ participantId }) => participantId)},
          ${column("text", named, ({ providerId }) => providerId)},
          ${column("bigint", named, ({ waitedSince }) => waitedSince)},
          ${column("bigint", named, ({ unheardAt }) => unheardAt)}
        ) as n (room_id, participant_id, provider_id, waited_since, unheard_at)
        where n.room_id = m.room_id and (
          n.provider_id = any(m.provider_ids)
          or (
            select true from events e
            where e.meeting_id = m.id and e.participant_id = n.participant_id limit 1
          )
          or (m.tip_at >= n.waited_since and ((
            select true from waits w
            where w.meeting_id = m.id and (w.inferred or w.outcome = 'admitted')
              and greatest(w.started_at, w.ended_at) >= n.waited_since limit 1
          ) or (m.note_taker_count > 0 and (
            select true from attendances a
            where a.meeting_id = m.id and a.is_note_taker and a.wait_count > 0 limit 1
          ))))
          or (m.first_at <= n.unheard_at and (
            (
              select true from attendances a
              where a.meeting_id = m.id and a.left_by >= n.unheard_at limit 1
            )
            or (m.provider_started_at is not null and m.provider_ended_at is null
              and m.tip_at >= n.unheard_at - ${SESSION_MS})
          ))
        )
      )`,
  );
}

/** Rooms with a meeting whose telling changes by the clock alone, soonest first. */
export async function roomsGoneStale(
  tx: Transaction,
  now: Ms,
  limit: number,
): Promise<{ roomId: number; meetingId: string }[]> {
  return tx.execute<{ roomId: number; meetingId: string }>(sql`
    select room_id as "roomId", id as "meetingId" from meetings
    where stale_at <= ${now} and merged_into is null
    order by stale_at
    limit ${limit}
  `);
}

async function select(tx: Transaction, where: SQL): Promise<KeptMeeting[]> {
  const rows = await tx.execute<Row & Record<string, unknown>>(
    sql`select ${COLUMNS} from meetings m where ${where} order by first_at, id`,
  );
  return rows.map(kept);
}

function kept(row: Row): KeptMeeting {
  const { id, roomId, sourceId, seq } = row;
  return {
    id,
    roomId,
    sourceId,
    seq,
    tally: {
      status: row.status,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      endedBy: row.endedBy,
      frame: {
        providerIds: row.providerIds,
        startedAt: row.providerStartedAt,
        endedAt: row.providerEndedAt,
        observed: row.observed,
        observedFrom: row.observedFrom,
      },
      presentCount: row.presentCount,
      waitingCount: row.waitingCount,
      peopleCount: row.peopleCount,
      noteTakers: {
        count: row.noteTakerCount,
        inCount: row.noteTakersIn,
        outAt: row.noteTakersOutAt,
      },
      observer: row.observer,
      peak:
        row.peakCount === null || row.peakAt === null
          ? null
          : { count: row.peakCount, at: row.peakAt },
      firstAt: row.firstAt,
      firstJoinedAt: row.firstJoinedAt,
      lastOutAt: row.lastOutAt,
      tipAt: row.tipAt,
      staleAt: row.staleAt,
      overtakenAt: row.overtakenAt,
      recent: row.recent,
      whole: row.whole,
    },
  };
}

/** Writes the meetings, new or known. */
export async function keepMeetings(tx: Transaction, all: readonly KeptMeeting[]): Promise<void> {
  await tx.execute(sql`
    insert into meetings (
      id, room_id, source_id, seq, status, started_at, ended_at, ended_by, provider_ids,
      provider_started_at, provider_ended_at, observed, observed_from, present_count, waiting_count,
      people_count, note_taker_count, note_takers_in, note_takers_out_at,
      observer, peak_count, peak_at, first_at, first_joined_at, last_out_at, tip_at,
      stale_at, overtaken_at, recent, whole
    )
    select
      id, room_id, source_id, seq, status, started_at, ended_at, ended_by,
      array(select jsonb_array_elements_text(provider_ids::jsonb)),
      provider_started_at, provider_ended_at, observed, observed_from, present_count, waiting_count,
      people_count, note_taker_count, note_takers_in, note_takers_out_at,
      observer::jsonb, peak_count, peak_at, first_at, first_joined_at, last_out_at, tip_at,
      stale_at, overtaken_at, recent::jsonb, whole
    from unnest(
      ${column("uuid", all, ({ id }) => id)},
      ${column("bigint", all, ({ roomId }) => roomId)},
      ${column("uuid", all, ({ sourceId }) => sourceId)},
      ${column("integer", all, ({ seq }) => seq)},
      ${column("text", all, ({ tally }) => tally.status)},
      ${column("bigint", all, ({ tally }) => tally.startedAt)},
      ${column("bigint", all, ({ tally }) => tally.endedAt)},
      ${column("text", all, ({ tally }) => tally.endedBy)},
      ${column("text", all, ({ tally }) => JSON.stringify(tally.frame.providerIds))},
      ${column("bigint", all, ({ tally }) => tally.frame.startedAt)},
      ${column("bigint", all, ({ tally }) => tally.frame.endedAt)},
      ${column("boolean", all, ({ tally }) => tally.frame.observed)},
      ${column("bigint", all, ({ tally }) => tally.frame.observedFrom)},
      ${column("integer", all, ({ tally }) => tally.presentCount)},
      ${column("integer", all, ({ tally }) => tally.waitingCount)},
      ${column("integer", all, ({ tally }) => tally.peopleCount)},
      ${column("integer", all, ({ tally }) => tally.noteTakers.count)},
      ${column("integer", all, ({ tally }) => tally.noteTakers.inCount)},
      ${column("bigint", all, ({ tally }) => tally.noteTakers.outAt)},
      ${column("text", all, ({ tally }) => tally.observer && JSON.stringify(tally.observer))},
      ${column("integer", all, ({ tally }) => tally.peak?.count ?? null)},
      ${column("bigint", all, ({ tally }) => tally.peak?.at ?? null)},
      ${column("bigint", all, ({ tally }) => tally.firstAt)},
      ${column("bigint", all, ({ tally }) => tally.firstJoinedAt)},
      ${column("bigint", all, ({ tally }) => tally.lastOutAt)},
      ${column("bigint", all, ({ tally }) => tally.tipAt)},
      ${column("bigint", all, ({ tally }) => tally.staleAt)},
      ${column("bigint", all, ({ tally }) => tally.overtakenAt)},
      ${column("text", all, ({ tally }) => tally.recent && JSON.stringify(tally.recent))},
      ${column("boolean", all, ({ tally }) => tally.whole)}
    ) as m (
      id, room_id, source_id, seq, status, started_at, ended_at, ended_by, provider_ids,
      provider_started_at, provider_ended_at, observed, observed_from, present_count, waiting_count,
      people_count, note_taker_count, note_takers_in, note_takers_out_at,
      observer, peak_count, peak_at, first_at, first_joined_at, last_out_at, tip_at,
      stale_at, overtaken_at, recent, whole
    )
    on conflict (id) do update set
      room_id = excluded.room_id, seq = excluded.seq, status = excluded.status, started_at = excluded.started_at,
      ended_at = excluded.ended_at, ended_by = excluded.ended_by, provider_ids = excluded.provider_ids,
      provider_started_at = excluded.provider_started_at,
      provider_ended_at = excluded.provider_ended_at, observed = excluded.observed,
      observed_from = excluded.observed_from, present_count = excluded.present_count,
      waiting_count = excluded.waiting_count, people_count = excluded.people_count,
      note_taker_count = excluded.note_taker_count, note_takers_in = excluded.note_takers_in,
      note_takers_out_at = excluded.note_takers_out_at,
      observer = excluded.observer, peak_count = excluded.peak_count, peak_at = excluded.peak_at,
      first_at = excluded.first_at, first_joined_at = excluded.first_joined_at,
      last_out_at = excluded.last_out_at, tip_at = excluded.tip_at, stale_at = excluded.stale_at,
      overtaken_at = excluded.overtaken_at, recent = excluded.recent,
      whole = excluded.whole
  `);
}

/** Lets the addresses of meetings that are no more lead to others, and whatever led to them too. */
export async function redirectMeetings(
  tx: Transaction,
  moves: readonly { from: string; into: string }[],
): Promise<void> {
  await tx.execute(sql`
    update meetings m set
      merged_into = n."into", status = 'ended', present_count = 0, waiting_count = 0,
      people_count = 0, note_taker_count = 0, note_takers_in = 0, observer = null, stale_at = null,
      recent = null
    from unnest(
      ${column("uuid", moves, ({ from }) => from)},
      ${column("uuid", moves, ({ into }) => into)}
    ) as n ("from", "into")
    where m.id = n."from" or m.merged_into = n."from"
  `);
}
