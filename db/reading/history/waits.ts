import { type SQL, sql } from "drizzle-orm";
import { PREPARED } from "#db/client.ts";
import type { Place } from "#db/reading/lists.ts";
import { OUTCOME, type Reader } from "#db/reading/meeting.ts";
import { sourceJson } from "#db/source-json.ts";
import type { Ms } from "#domain/event.ts";
import { SAME_TRY_MS } from "#domain/history/people-left.ts";
import type { WaitHeld } from "#domain/history/waiting-page.ts";
import {
  IS_SAID,
  personOf,
  roomsOf,
  selectionConditions,
  type WaitSelection,
} from "./wait-filter.ts";

/** What a list of waits goes on from. */
export interface WaitPlace {
  startedAt: Ms;
  meetingId: string;
  participantId: string;
}

/**
 * The selected waits newest first (with a `previous` place: those before it, nearest first). One statement,
 * which looks at nothing but the rows it answers and those between them.
 */
export async function listWaitsHeld(
  reader: Reader,
  selection: WaitSelection,
  place: Place<WaitPlace> | null,
  limit: number,
): Promise<WaitHeld[]> {
  const back = place?.direction === "previous";
  const conditions = [sql`true`, ...selectionConditions(selection)];
  if (place !== null) {
    const { startedAt, meetingId, participantId } = place.key;
    const key = sql`(${meetingId}::uuid, ${participantId}::text)`;
    const row = sql`(w.meeting_id, w.participant_id)`;
    conditions.push(
      back
        ? sql`w.started_at >= ${startedAt} and (w.started_at > ${startedAt} or ${row} < ${key})`
        : sql`w.started_at <= ${startedAt} and (w.started_at < ${startedAt} or ${row} > ${key})`,
    );
  }
  const order = waitOrder(back);
  const rooms = selection.room === null ? null : roomsOf(selection);
  // Sources have much or little: each time a plan of its own.
  const once = sql.raw(selection.source === null ? PREPARED : "");
  return reader.execute<WaitHeld & Record<string, unknown>>(sql`${once}
    select w.meeting_id as "meetingId", r.key as room, r.title, w.person_id as "personId",
      w.participant_id as "participantId", w.name, w.started_at as "startedAt",
      w.ended_at as "endedAt", ${OUTCOME} as outcome, w.inferred,
      ${IS_SAID} as "isSaid",
      ${sql.raw(sourceJson("s"))} as source,
      (select count(*)::int from waits o where o.room_id = w.room_id
        and o.started_at between w.started_at - ${SAME_TRY_MS}::bigint and w.started_at
        and o.outcome in ('left', 'short', 'came_back')
        and ${personOf("o")} = ${personOf("w")}) as leaves
    from (${firstWaits(conditions, rooms, order, limit)}) w
    join rooms r on r.id = w.room_id join sources s on s.id = r.source_id
    order by ${order}`);
}

/** Newest first, or back from there. */
export function waitOrder(back: boolean): SQL {
  return back
    ? sql`w.started_at, w.meeting_id desc, w.participant_id desc`
    : sql`w.started_at desc, w.meeting_id, w.participant_id`;
}

/**
 * The first of the waits `w` of some rooms `r` in an order: of each by its own part of an index, which is in
 * that order. Rooms of one key are few; `null` is all there are.
 */
export function firstWaits(
  conditions: readonly SQL[],
  rooms: SQL | null,
  order: SQL,
  limit: number,
): SQL {
  const wanted = sql.join([...conditions], sql` and `);
  const first = sql`order by ${order} limit ${sql.raw(String(limit))}`;
  if (rooms === null) {
    return sql`select w.* from waits w where ${wanted} ${first}`;
  }
  return sql`
    select w.* from (select r.id from rooms r where ${rooms}) o cross join lateral (
      select w.* from waits w where w.room_id = o.id and ${wanted} ${first}
    ) w
    ${first}`;
}
