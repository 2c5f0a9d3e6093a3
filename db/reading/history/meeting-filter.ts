import { type SQL, sql } from "drizzle-orm";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import { personCondition, textCondition } from "#db/reading/meeting-search.ts";
import type { Ms } from "#domain/event.ts";

/** What a list over many meetings is narrowed to; `null` leaves a thing open. */
export interface MeetingFilter {
  status: "waiting" | "live" | "ended" | null;
  source: string | null;
  room: string | null;
  /** A person's id, user id or name. */
  person: string | null;
  /** Text in the room, the title or a name. */
  q: string | null;
  /** Of the first moment anything was heard of a meeting; `to` is not part of it. */
  from: Ms | null;
  to: Ms | null;
  /** At least so long, until `now` where it goes on; `null` for any length, none included. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/** Whether a meeting took place, as `tookPlace` has it. */
export function tookPlace(alias: string): SQL {
  return sql.raw(`coalesce(${alias}.observer ->> 'state', '') <> 'not_let_in'`);
}

/**
 * What rows of `meetings m`, and of their `rooms r` where a text is looked for, have to meet apart from the room
 * where one is asked for. Searching for text takes one statement before.
 */
export async function meetingConditions(reader: Reader, filter: MeetingFilter): Promise<SQL[]> {
  const conditions: SQL[] = [];
  // Written out, or a statement that is planned once would not know how few there are.
  if (filter.status !== null) conditions.push(sql.raw(`m.status = '${filter.status}'`));
  if (filter.source !== null) {
    const isId = isMeetingId(filter.source);
    conditions.push(isId ? sql`m.source_id = ${filter.source}::uuid` : sql`false`);
  }
  if (filter.from !== null) conditions.push(sql`m.first_at >= ${filter.from}`);
  if (filter.to !== null) conditions.push(sql`m.first_at < ${filter.to}`);
  if (filter.longerThan !== null) {
    const { ms, now } = filter.longerThan;
    conditions.push(sql`coalesce(m.ended_at, ${now}::bigint) - m.started_at >= ${ms}::bigint`);
  }
  if (filter.person !== null) conditions.push(personCondition(filter.person));
  if (filter.q !== null) conditions.push(await textCondition(reader, filter.q));
  return conditions;
}

/**
 * The first of the meetings `m` that meet conditions, in an order: of a room by its own part of an index, which
 * is in the order of time. Rooms of one key are few.
 */
export function firstMeetings(
  columns: SQL,
  { room, q }: MeetingFilter,
  conditions: readonly SQL[],
  order: SQL,
  limit: number,
): SQL {
  const wanted = sql.join([...conditions], sql` and `);
  const first = sql`order by ${order} limit ${sql.raw(String(limit))}`;
  if (room === null) {
    const rooms = q === null ? sql`` : sql`join rooms r on r.id = m.room_id`;
    return sql`
      select ${columns} from meetings m ${rooms}
      where ${wanted} ${first}`;
  }
  return sql`
    select ${columns} from rooms r cross join lateral (
      select * from meetings m where m.room_id = r.id and ${wanted} ${first}
    ) m
    where r.key = ${room} ${first}`;
}
