import { and, asc, desc, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { DELIVERIES_A_MONTH } from "#domain/event/delivery.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { type BotRow, OBSERVER, ofBodies } from "./bot-row.ts";
import { SPAN } from "./meeting.ts";

/** A `BotRow`, of `sources`, `rooms` and `meetings`. */
const BOT = {
  sourceId: sources.id,
  provider: sources.provider,
  room: rooms.key,
  meetingId: meetings.id,
  ...SPAN,
};

/** The meeting at an address, or the one it was merged into. */
export async function botAtAddress(reader: Reader, id: string): Promise<BotRow | null> {
  if (!isUuid(id)) return null;
  const address = alias(meetings, "address");
  const [row] = await reader
    .select({ ...BOT, observer: sql<null>`null` })
    .from(address)
    .innerJoin(meetings, eq(meetings.id, sql`coalesce(${address.mergedInto}, ${address.id})`))
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .where(eq(address.id, id));
  return row ?? null;
}

/** The room with that key of a provider's sources; of several the one whose source was added last. */
export async function botInRoom(
  reader: Reader,
  provider: string,
  key: string,
): Promise<BotRow | null> {
  const latest = parts
    .select()
    .from(meetings)
    .where(
      and(
        eq(meetings.roomId, sql`coalesce(${rooms.joinedTo}, ${rooms.id})`),
        isNull(meetings.mergedInto),
      ),
    )
    .orderBy(desc(meetings.firstAt), desc(meetings.id))
    .limit(1);
  const [row] = await reader
    .select({
      ...BOT,
      observer: OBSERVER,
    })
    .from(sources)
    .innerJoin(rooms, and(eq(rooms.sourceId, sources.id), eq(rooms.key, key)))
    .leftJoinLateral(standingFor(meetings, latest), sql`true`)
    .where(eq(sources.provider, provider))
    .orderBy(desc(sources.createdAt), desc(sources.id))
    .limit(1);
  return row ?? null;
}

/** An event about a participant, with the body of its delivery; `null` where that is no longer stored. */
export type BotEventRow = Awaited<ReturnType<typeof botEvents>>[number];

/** Coming, going and changing have an equivalent at Attendee; waiting has none. */
const HAS_EQUIVALENT = sql`${events.type} in ('joined', 'left', 'updated')`;

/** The moment a delivery came stands for when its event was recorded. */
const RECORDED_AT = sql`coalesce(${deliveries.receivedAt}, to_timestamp(${events.at} / 1000.0))`;

/** The number of a delivery from before its id began with its month: an event's name stays what it was. */
const NUMBER = sql`${events.deliveryId} % ${sql.raw(String(DELIVERIES_A_MONTH))}`;

/** Events in the order of their recording (with a `previous` cursor: those before it, nearest first). */
export function botEvents(
  reader: Reader,
  { sourceId, meetingId, observer }: BotRow,
  { after, before }: { after: Ms | null; before: Ms | null },
  cursor: ListCursor<number> | null,
  limit: number,
) {
  const conditions: SQL[] = [
    sql`${events.meetingId} = ${meetingId}`,
    HAS_EQUIVALENT,
    ...of(observer),
  ];
  if (after !== null) conditions.push(sql`${RECORDED_AT} > to_timestamp(${after} / 1000.0)`);
  if (before !== null) conditions.push(sql`${RECORDED_AT} < to_timestamp(${before} / 1000.0)`);
  return reader
    .select({
      seq: events.seq,
      type: sql<"joined" | "left" | "updated">`${events.type}`,
      at: events.at,
      participantId: sql<string>`${events.participantId}`,
      data: events.data,
      body: deliveries.body,
      name: eventName(sql`${sourceId}`),
      wasHost: wasHost(),
    })
    .from(events)
    .leftJoin(deliveries, and(eq(deliveries.id, events.deliveryId), ofBodies()))
    .where(and(...conditions, beyond(events.seq, cursor)))
    .orderBy(direction(events.seq, cursor))
    .limit(limit);
}

/** What one of several observers reported; everything where none is named. */
function of(observer: string | null): SQL[] {
  return observer === null ? [] : [sql`coalesce(${events.data} ->> 'observer', '') = ${observer}`];
}

/** Whether a participant was host by the last report before an update of them; `null` for other events. */
export function wasHost(): SQL<boolean | null> {
  const earlier = alias(events, "earlier");
  const role = sql`(${earlier.data} ->> 'is_host')::boolean`;
  const reported = parts
    .select({ role })
    .from(earlier)
    .where(
      and(
        eq(earlier.meetingId, events.meetingId),
        eq(earlier.participantId, events.participantId),
        sql`${earlier.seq} < ${events.seq}`,
        sql`${role} is not null`,
      ),
    )
    .orderBy(desc(earlier.seq))
    .limit(1);
  return sql<boolean | null>`case when ${events.type} = 'updated' then (${reported}) end`;
}

/** One connection: its first reported name, and whether it is host by the last report. */
export type BotParticipantRow = Awaited<ReturnType<typeof botParticipants>>[number];

/** Participants in the order of their first events; otherwise as `botEvents`. */
export function botParticipants(
  reader: Reader,
  { sourceId, room, meetingId, observer }: BotRow,
  { isHost, name }: { isHost: boolean | null; name: string | null },
  cursor: ListCursor<number> | null,
  limit: number,
) {
  const { data, at, seq, participantId } = events;
  const named = [sql`${sourceId}::text`, sql`${room}::text`, participantId];
  const first = (field: SQL) =>
    sql<
      string | null
    >`(array_agg(${field} order by ${at}, ${seq}) filter (where ${field} is not null))[1]`;
  const host = sql`${data} ->> 'is_host'`;
  const participants = parts
    .select({
      /** The `seq` of the first event about them. */
      seq: sql<number>`min(${seq})`.as("first_seq"),
      participantId: sql<string>`${participantId}`.as("participant"),
      /** Sixteen characters that name the connection in its room. */
      name: nameOf(named).as("name"),
      fullName: first(sql`${data} ->> 'name'`).as("full_name"),
      userId: first(sql`${data} ->> 'user_id'`).as("user_id"),
      isHost: sql<boolean>`coalesce((array_agg((${host})::boolean order by ${at} desc, ${seq} desc)
        filter (where ${host} is not null))[1], false)`.as("is_host"),
    })
    .from(events)
    .where(and(sql`${events.meetingId} = ${meetingId}`, HAS_EQUIVALENT, ...of(observer)))
    .groupBy(participantId)
    .as("participants");
  return reader
    .select({
      seq: participants.seq,
      participantId: participants.participantId,
      name: participants.name,
      fullName: participants.fullName,
      userId: participants.userId,
      isHost: participants.isHost,
    })
    .from(participants)
    .where(
      and(
        beyond(participants.seq, cursor),
        isHost === null ? undefined : eq(participants.isHost, isHost),
        name === null ? undefined : eq(participants.name, name),
      ),
    )
    .orderBy(direction(participants.seq, cursor))
    .limit(limit);
}

/** Sixteen characters that name an event, the same however its meeting is merged or parted. */
export function eventName(sourceId: SQL): SQL<string> {
  return nameOf([sql`${sourceId}::text`, NUMBER, events.type, events.at, events.participantId]);
}

/** Sixteen characters of a digest: enough to distinguish everything one installation will ever hold. */
function nameOf(of: readonly SQLWrapper[]): SQL<string> {
  return sql`left(encode(sha256(convert_to(
    concat_ws('|', ${sql.join([...of], sql`, `)}), 'UTF8')), 'hex'), 16)`;
}

function beyond(seq: SQLWrapper, cursor: ListCursor<number> | null): SQL | undefined {
  if (cursor === null) return undefined;
  return cursor.direction === "previous"
    ? sql`${seq} < ${cursor.key}`
    : sql`${seq} > ${cursor.key}`;
}

function direction(seq: SQLWrapper, cursor: ListCursor<number> | null): SQL {
  return cursor?.direction === "previous" ? desc(seq) : asc(seq);
}
