import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Orm } from "#db/client.ts";
import { sourceJson } from "#db/source-json.ts";
import type { Ms } from "#domain/event.ts";
import type { MeetingStatus } from "#domain/meeting.ts";
import type { Observer } from "#domain/observer.ts";
import { type Recorded, toWireTime, type WireSource } from "#domain/wire.ts";

/** Anything queries can be sent to: the pool, or a transaction. */
export type Reader = Pick<Orm, "execute">;

/** A meeting with its room and source, without its people. */
export interface MeetingRow {
  id: string;
  seq: number;
  status: MeetingStatus;
  roomId: string;
  room: string;
  title: string | null;
  source: WireSource & {
    emptyGapMs: Ms;
    graceMs: Ms;
    noteTakers: string[];
  };
  startedAt: Ms | null;
  endedAt: Ms | null;
  endedBy: "provider" | "inferred" | null;
  providerIds: string[];
  presentCount: number;
  waitingCount: number;
  peopleCount: number;
  /** Programs that took notes, who are none of them. */
  noteTakerCount: number;
  /** Waits left before admitted, and the people these were of. */
  waitsLeftCount: number;
  peopleLeftCount: number;
  /** People with a wait that was really lost. */
  peopleLostCount: number;
  observer: Observer | null;
  peakCount: number | null;
  peakAt: Ms | null;
  firstAt: Ms;
  overtakenAt: Ms | null;
  mergedInto: string | null;
  erasedAt: Ms | null;
  erasedReason: string | null;
}

/** The columns of a `MeetingRow`, of `meetings m`, `rooms r` and `sources s`. */
export const MEETING_COLUMNS = sql.raw(`
  m.id, m.seq, m.status, r.id::text as "roomId", r.key as room, r.title, m.started_at as "startedAt", m.ended_at as "endedAt",
  m.ended_by as "endedBy", m.provider_ids as "providerIds", m.present_count as "presentCount",
  m.waiting_count as "waitingCount", m.people_count as "peopleCount",
  m.note_taker_count as "noteTakerCount", m.lost_count as "waitsLeftCount",
  m.people_left_count as "peopleLeftCount", m.left_count as "peopleLostCount", m.observer,
  m.peak_count as "peakCount", m.peak_at as "peakAt", m.first_at as "firstAt",
  m.overtaken_at as "overtakenAt", m.merged_into as "mergedInto", m.erased_at as "erasedAt", m.erased_reason as "erasedReason",
  ${sourceJson(
    "s",
    ", 'emptyGapMs', s.empty_gap_ms, 'graceMs', s.grace_ms, 'noteTakers', s.note_takers",
  )} as source`);

const MEETING_TABLES = sql.raw(
  "meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id",
);

/** How a wait of `waits w` ended, its person's return to a later meeting of the day considered. */
export const OUTCOME = sql.raw("case when w.returned then 'came_back' else w.outcome end");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isMeetingId(id: string): boolean {
  return UUID.test(id);
}

/** One meeting by its id, merged ones included; `null` for anything else. */
export async function meetingById(reader: Reader, id: string): Promise<MeetingRow | null> {
  if (!isMeetingId(id)) return null;
  const [row] = await meetingsByIds(reader, [id]);
  return row ?? null;
}

/** The meetings of the same room before and after one, by when they were first heard of. One statement. */
export async function neighboursOf(
  reader: Reader,
  { id, firstAt, roomId }: MeetingRow,
): Promise<{ before: MeetingRow | null; after: MeetingRow | null }> {
  const rows = await reader.execute<MeetingRow & Record<string, unknown>>(sql`
    (select ${MEETING_COLUMNS} from ${MEETING_TABLES}
      where m.room_id = ${roomId}::bigint and m.merged_into is null and m.id <> ${id}
        and m.first_at <= ${firstAt} order by m.first_at desc limit 1)
    union all
    (select ${MEETING_COLUMNS} from ${MEETING_TABLES}
      where m.room_id = ${roomId}::bigint and m.merged_into is null and m.id <> ${id}
        and m.first_at > ${firstAt} order by m.first_at limit 1)`);
  return {
    before: rows.find((row) => row.firstAt <= firstAt) ?? null,
    after: rows.find((row) => row.firstAt > firstAt) ?? null,
  };
}

export async function meetingsByIds(reader: Reader, ids: readonly string[]): Promise<MeetingRow[]> {
  return reader.execute<MeetingRow & Record<string, unknown>>(
    sql`select ${MEETING_COLUMNS} from ${MEETING_TABLES} where m.id = any(${list("uuid", ids)})`,
  );
}

interface EventRow extends Record<string, unknown> {
  meetingId: string;
  seq: number;
  type: Recorded["type"];
  at: Ms;
  participantId: string | null;
  personId: string | null;
  data: Recorded["data"];
  deliveryId: number | null;
}

/** A record, and which meeting it is of. */
export interface MeetingRecord {
  meetingId: string;
  record: Recorded;
}

const EVENT_COLUMNS = sql.raw(`
  e.meeting_id as "meetingId", e.seq, e.type, e.at, e.participant_id as "participantId",
  e.person_id as "personId", e.data, e.delivery_id as "deliveryId"`);

/** The records of a meeting after a `seq`, in order, at most `limit`. */
export async function recordsAfter(
  reader: Reader,
  meetingId: string,
  afterSeq: number,
  limit: number | null = null,
): Promise<Recorded[]> {
  const rows = await reader.execute<EventRow>(sql`
    select ${EVENT_COLUMNS} from events e
    where e.meeting_id = ${meetingId} and e.seq > ${afterSeq}
    order by e.seq limit ${limit}`);
  return rows.map((row) => recordOf(row).record);
}

/** The records of several meetings, each from `from` to `to`: one statement. */
export async function recordsBetween(
  reader: Reader,
  ranges: readonly { id: string; from: number; to: number }[],
): Promise<MeetingRecord[]> {
  const rows = await reader.execute<EventRow>(sql`
    select ${EVENT_COLUMNS}
    from unnest(
      ${column("uuid", ranges, ({ id }) => id)},
      ${column("integer", ranges, ({ from }) => from)},
      ${column("integer", ranges, ({ to }) => to)}
    ) as n (id, "from", "to")
    join events e on e.meeting_id = n.id and e.seq between n."from" and n."to"
    order by e.meeting_id, e.seq`);
  return rows.map(recordOf);
}

/** The latest records over all meetings, newest first: from the meetings heard of last. */
export async function latestRecords(reader: Reader, limit: number): Promise<MeetingRecord[]> {
  const rows = await reader.execute<EventRow>(sql`
    select ${EVENT_COLUMNS}
    from (
      select id from meetings where merged_into is null order by tip_at desc limit ${limit}
    ) m
    cross join lateral (
      select * from events where meeting_id = m.id order by seq desc limit ${limit}
    ) e
    order by e.at desc limit ${limit}`);
  return rows.map(recordOf);
}

function recordOf(row: EventRow): MeetingRecord {
  return {
    meetingId: row.meetingId,
    record: {
      seq: row.seq,
      type: row.type,
      at: toWireTime(row.at),
      person_id: row.personId,
      participant_id: row.participantId,
      data: row.data,
      delivery_id: row.deliveryId === null ? null : String(row.deliveryId),
    },
  };
}

/** The waits of a meeting that ended without admission, and whose person came in to a later one that day. */
export async function returnedIn(
  reader: Reader,
  meetingId: string,
): Promise<{ participantId: string; startedAt: Ms }[]> {
  return reader.execute<{ participantId: string; startedAt: Ms }>(sql`
    select participant_id as "participantId", started_at as "startedAt" from waits
    where meeting_id = ${meetingId} and returned`);
}
