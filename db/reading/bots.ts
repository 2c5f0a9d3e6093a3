import { type SQL, sql } from "drizzle-orm";
import { DELIVERIES_A_MONTH } from "#domain/delivery.ts";
import type { Ms } from "#domain/event.ts";
import type { MeetingStatus } from "#domain/meeting.ts";
import type { EventData } from "#domain/wire.ts";
import type { Place } from "./lists.ts";
import { isMeetingId, type Reader } from "./meeting.ts";

/** What a bot's id leads to: a room and its meeting, which is all `null` where nothing was told of it yet. */
export interface BotRow {
  sourceId: string;
  provider: string;
  room: string;
  meetingId: string | null;
  status: MeetingStatus | null;
  startedAt: Ms | null;
  endedAt: Ms | null;
}

const BOT_COLUMNS = sql.raw(`
  s.id as "sourceId", s.provider, r.key as room, m.id as "meetingId", m.status,
  m.started_at as "startedAt", m.ended_at as "endedAt"`);

/** The meeting at an address, or the one it was merged into. */
export async function botAtAddress(reader: Reader, id: string): Promise<BotRow | null> {
  if (!isMeetingId(id)) return null;
  const [row] = await reader.execute<BotRow & Record<string, unknown>>(sql`
    select ${BOT_COLUMNS}
    from meetings a
    join meetings m on m.id = coalesce(a.merged_into, a.id)
    join rooms r on r.id = m.room_id
    join sources s on s.id = m.source_id
    where a.id = ${id}`);
  return row ?? null;
}

/** The room with that key of a provider's sources; of several the one whose source was added last. */
export async function botInRoom(
  reader: Reader,
  provider: string,
  key: string,
): Promise<BotRow | null> {
  const [row] = await reader.execute<BotRow & Record<string, unknown>>(sql`
    select ${BOT_COLUMNS}
    from sources s
    join rooms r on r.source_id = s.id and r.key = ${key}
    left join lateral (
      select * from meetings where room_id = r.id and merged_into is null
      order by first_at desc, id desc limit 1
    ) m on true
    where s.provider = ${provider}
    order by s.created_at desc, s.id desc limit 1`);
  return row ?? null;
}

/** What somebody did, as it was told, with the body that told it; `null` where that is no longer kept. */
export interface BotEventRow {
  seq: number;
  type: "joined" | "left" | "updated";
  at: Ms;
  participantId: string;
  data: EventData;
  /** Sixteen characters that name the event, the same however its meeting is merged or parted. */
  name: string;
  body: Buffer | null;
}

/** Coming, going and changing have an equivalent at Attendee; waiting has none. */
const TOLD = sql.raw(`e.type in ('joined', 'left', 'updated')`);

/** When a delivery came stands for when its event was recorded. */
const RECORDED_AT = sql.raw("coalesce(d.received_at, to_timestamp(e.at / 1000.0))");

/** What a delivery was known by before its id began with its month: an event's name stays what it was. */
const NUMBER = sql.raw(`e.delivery_id % ${DELIVERIES_A_MONTH}`);

/** Events in the order of their recording (with a `previous` place: those before it, nearest first). */
export async function botEvents(
  reader: Reader,
  { sourceId, meetingId }: BotRow,
  { after, before }: { after: Ms | null; before: Ms | null },
  place: Place<number> | null,
  limit: number,
): Promise<BotEventRow[]> {
  const conditions: SQL[] = [sql`e.meeting_id = ${meetingId}`, TOLD];
  if (after !== null) conditions.push(sql`${RECORDED_AT} > to_timestamp(${after} / 1000.0)`);
  if (before !== null) conditions.push(sql`${RECORDED_AT} < to_timestamp(${before} / 1000.0)`);
  const rows = await reader.execute<BotEventRow & Record<string, unknown>>(sql`
    select e.seq, e.type, e.at, e.participant_id as "participantId", e.data, d.body,
      ${nameOf(sql`${sourceId}::text`, NUMBER, sql`e.type`, sql`e.at`, sql`e.participant_id`)}
        as name
    from events e left join deliveries d on d.id = e.delivery_id
    where ${sql.join([...conditions, ...beyond(sql`e.seq`, place)], sql` and `)}
    order by e.seq ${direction(place)} limit ${limit}`);
  return rows;
}

/** One connection: named as when it was first told, host or not as told last. */
export interface BotParticipantRow {
  /** The `seq` of the first event about them. */
  seq: number;
  participantId: string;
  /** Sixteen characters that name the connection in its room. */
  name: string;
  fullName: string | null;
  userId: string | null;
  isHost: boolean;
}

/** Participants in the order in which they were first told of; as for `botEvents`. */
export async function botParticipants(
  reader: Reader,
  { sourceId, room, meetingId }: BotRow,
  { isHost, name }: { isHost: boolean | null; name: string | null },
  place: Place<number> | null,
  limit: number,
): Promise<BotParticipantRow[]> {
  const conditions: SQL[] = [sql`true`, ...beyond(sql`p.seq`, place)];
  if (isHost !== null) conditions.push(sql`p."isHost" = ${isHost}`);
  if (name !== null) conditions.push(sql`p.name = ${name}`);
  return reader.execute<BotParticipantRow & Record<string, unknown>>(sql`
    select * from (
      select min(e.seq) as seq, e.participant_id as "participantId",
        ${nameOf(sql`${sourceId}::text`, sql`${room}::text`, sql`e.participant_id`)} as name,
        (array_agg(e.data ->> 'name' order by e.at, e.seq)
          filter (where e.data ->> 'name' is not null))[1] as "fullName",
        (array_agg(e.data ->> 'user_id' order by e.at, e.seq)
          filter (where e.data ->> 'user_id' is not null))[1] as "userId",
        coalesce((array_agg((e.data ->> 'is_host')::boolean order by e.at desc, e.seq desc)
          filter (where e.data ->> 'is_host' is not null))[1], false) as "isHost"
      from events e
      where e.meeting_id = ${meetingId} and ${TOLD}
      group by e.participant_id
    ) p
    where ${sql.join(conditions, sql` and `)}
    order by p.seq ${direction(place)} limit ${limit}`);
}

/** A kept delivery about a bot. */
export interface BotDeliveryRow {
  id: number;
  type: string | null;
  body: Buffer;
}

/**
 * The deliveries of a bot that have the type `type`, and the latest of any type, in the order they came:
 * those that told something are found through the events they told, the others through their room.
 */
export async function botDeliveries(
  reader: Reader,
  { sourceId, room, meetingId }: BotRow,
  type: string,
): Promise<BotDeliveryRow[]> {
  return reader.execute<BotDeliveryRow & Record<string, unknown>>(sql`
    with told as (
      (select delivery_id as id from events
        where meeting_id = ${meetingId} and participant_id is null and delivery_id is not null)
      union
      (select delivery_id from events
        where meeting_id = ${meetingId} and delivery_id is not null order by seq desc limit 1)
    ), silent as (
      select id, type from deliveries
      where source_id = ${sourceId} and room = ${room} and status <> 'recorded' and body <> ''
    ), found as (
      select id from told
      union select id from silent where type = ${type}
      union select max(id) from silent
    )
    select d.id, d.type, d.body from found join deliveries d using (id)
    order by d.id`);
}

/** Sixteen characters of a digest: enough to tell whatever one installation will ever hold apart. */
function nameOf(...parts: readonly SQL[]): SQL {
  return sql`left(encode(sha256(convert_to(
    concat_ws('|', ${sql.join([...parts], sql`, `)}), 'UTF8')), 'hex'), 16)`;
}

function beyond(column: SQL, place: Place<number> | null): SQL[] {
  if (place === null) return [];
  return [
    place.direction === "previous" ? sql`${column} < ${place.key}` : sql`${column} > ${place.key}`,
  ];
}

function direction(place: Place<number> | null): SQL {
  return place?.direction === "previous" ? sql`desc` : sql`asc`;
}
