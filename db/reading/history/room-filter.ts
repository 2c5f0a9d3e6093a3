import { type SQL, sql } from "drizzle-orm";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import { hasWords } from "#db/searching.ts";
import type { Ms } from "#domain/event.ts";
import { tookPlace } from "./meeting-filter.ts";

/** What a list of rooms is narrowed to: to rooms with a meeting that was first heard of in `[from, to)`. */
export interface RoomFilter {
  source: string | null;
  /** Text in the room's key or title. */
  q: string | null;
  from: Ms;
  to: Ms;
  /** Only meetings that lasted so long count, until `now` where they go on; `null` for any. */
  longerThan: { ms: Ms; now: Ms } | null;
}

export type Held = Pick<RoomFilter, "from" | "to" | "longerThan">;

/** How much there is to go through. */
export interface RoomsSize {
  /** The rooms of the source, or with the text, where those are few; else `null`. */
  few: readonly number[] | null;
  /** Whether the meetings of those days are few. */
  isShort: boolean;
}

/** Up to so many meetings it is quickest to go through all of them. */
const FEW_MEETINGS = 2_000;
/** Above so many rooms a page of them is soon found by walking the meetings. */
const FEW_ROOMS = 400;
/** Above so many finds a text is so common that rooms with it are soon found by looking. */
const RARE = 2_000;

/** How much there is of what a list is narrowed to. One statement. */
export async function sizeRooms(reader: Reader, filter: RoomFilter): Promise<RoomsSize> {
  const { source, q } = filter;
  const most = q === null ? FEW_ROOMS : RARE;
  const conditions = [
    sql`true`,
    ...(source === null ? [] : [ofSource(sql`r.source_id`, source)]),
    ...(q === null ? [] : [hasWords(sql`r.words`, q)]),
  ];
  const [found] = await reader.execute<{ rooms: number[]; meetings: number }>(sql`
    select to_jsonb(array(
        select r.id from rooms r where ${sql.join(conditions, sql` and `)} limit ${most + 1})) as rooms,
      (select count(*)::int from (
        select from meetings m where ${inRange(filter)}
        order by m.first_at desc, m.id desc limit ${FEW_MEETINGS + 1}) c) as meetings`);
  const { rooms = [], meetings = 0 } = found ?? {};
  return { few: rooms.length > most ? null : rooms, isShort: meetings <= FEW_MEETINGS };
}

/** Whether a meeting `m` is one of those days, long enough, of the source. */
export function inRange({ source, from, to, longerThan }: RoomFilter): SQL {
  const conditions = [
    ...heldIn({ from, to, longerThan }),
    ...(source === null ? [] : [ofSource(sql`m.source_id`, source)]),
  ];
  return sql.join(conditions, sql` and `);
}

/** Whether a meeting `m` is one of those days, and long enough. */
export function heldIn({ from, to, longerThan }: Held): SQL[] {
  return [
    sql`m.merged_into is null and ${tookPlace("m")}`,
    sql`m.first_at >= ${from}`,
    sql`m.first_at < ${to}`,
    ...(longerThan === null
      ? []
      : [
          sql`coalesce(m.ended_at, ${longerThan.now}::bigint) - m.started_at >= ${longerThan.ms}::bigint`,
        ]),
  ];
}

export function ofSource(sourceId: SQL, source: string): SQL {
  return isMeetingId(source) ? sql`${sourceId} = ${source}::uuid` : sql`false`;
}
