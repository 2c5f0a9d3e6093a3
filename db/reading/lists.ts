import { type SQL, sql } from "drizzle-orm";
import { PREPARED } from "#db/client.ts";
import { sourceJson } from "#db/source-json.ts";
import type { Ms } from "#domain/event.ts";
import type { Outcome } from "#domain/wait.ts";
import type { WireSource } from "#domain/wire.ts";
import { firstMeetings, type MeetingFilter, meetingConditions } from "./history/meeting-filter.ts";
import {
  IS_SAID,
  roomsOf,
  selectionConditions,
  type WaitSelection,
} from "./history/wait-filter.ts";
import { firstWaits, waitOrder } from "./history/waits.ts";
import { MEETING_COLUMNS, type MeetingRow, OUTCOME, type Reader } from "./meeting.ts";

/** Behind or before a row, by its sort values. */
export interface Place<Key> {
  key: Key;
  direction: "next" | "previous";
}

/** Meetings newest first (with a `previous` place: the rows before it, nearest first). */
export async function listMeetings(
  reader: Reader,
  filter: MeetingFilter,
  place: Place<{ firstAt: Ms; id: string }> | null,
  limit: number,
): Promise<MeetingRow[]> {
  const back = place?.direction === "previous";
  const conditions: SQL[] = [
    sql`m.merged_into is null`,
    ...(await meetingConditions(reader, filter)),
  ];
  if (place !== null) {
    const { firstAt, id } = place.key;
    conditions.push(
      back
        ? sql`(m.first_at, m.id) > (${firstAt}, ${id}::uuid)`
        : sql`(m.first_at, m.id) < (${firstAt}, ${id}::uuid)`,
    );
  }
  const order = back ? sql`m.first_at, m.id` : sql`m.first_at desc, m.id desc`;
  // Sources have much or little, names and texts are rare or not: each time a plan of its own.
  const once = filter.source === null && filter.person === null && filter.q === null;
  return reader.execute<MeetingRow & Record<string, unknown>>(sql`${sql.raw(once ? PREPARED : "")}
    select ${MEETING_COLUMNS}
    from (${firstMeetings(sql`m.*`, filter, conditions, order, limit)}) m
    join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
    order by ${order}`);
}

/** One wait with where it was. */
export interface WaitRow {
  meetingId: string;
  source: WireSource;
  room: string;
  title: string | null;
  personId: string;
  participantId: string;
  name: string | null;
  startedAt: Ms;
  endedAt: Ms | null;
  outcome: Outcome;
  inferred: boolean;
  /** Nobody reported when it ended, and an operator said when. */
  isSaid: boolean;
}

/** The selected waits newest first (with a `previous` place: the rows before it, nearest first). */
export async function listWaits(
  reader: Reader,
  selection: WaitSelection,
  place: Place<{ startedAt: Ms; meetingId: string; participantId: string }> | null,
  limit: number,
): Promise<WaitRow[]> {
  const back = place?.direction === "previous";
  const conditions: SQL[] = [sql`true`, ...selectionConditions(selection)];
  if (place !== null) {
    const { startedAt, meetingId, participantId } = place.key;
    const key = sql`(-(${startedAt}::bigint), ${meetingId}::uuid, ${participantId}::text)`;
    const row = sql`(-w.started_at, w.meeting_id, w.participant_id)`;
    conditions.push(back ? sql`${row} < ${key}` : sql`${row} > ${key}`);
    conditions.push(back ? sql`w.started_at >= ${startedAt}` : sql`w.started_at <= ${startedAt}`);
  }
  const order = waitOrder(back);
  const rooms = selection.room === null ? null : roomsOf(selection);
  // Sources have much or little: each time a plan of its own.
  const once = sql.raw(selection.source === null ? PREPARED : "");
  return reader.execute<WaitRow & Record<string, unknown>>(sql`${once}
    select w.meeting_id as "meetingId", r.key as room, r.title, w.person_id as "personId",
      w.participant_id as "participantId", w.name, w.started_at as "startedAt",
      w.ended_at as "endedAt", ${OUTCOME} as outcome, w.inferred,
      ${IS_SAID} as "isSaid", ${sql.raw(sourceJson("s"))} as source
    from (${firstWaits(conditions, rooms, order, limit)}) w
    join rooms r on r.id = w.room_id join sources s on s.id = r.source_id
    order by ${order}`);
}
