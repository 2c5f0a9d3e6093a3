import { and, desc, gte, isNull, lt, type SQL, sql } from "drizzle-orm";
import { isLonger, ofSource, tookPlace } from "#db/meetings/meeting-filter.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What a list of rooms is narrowed to: rooms with a meeting first heard of in `[from, to)`. */
export interface RoomFilter {
  source: string | null;
  /** Text in the room's key or title. */
  q: string | null;
  from: Ms;
  to: Ms;
  /** Only meetings at least this long count, up to `now` where they go on; `null` for any. */
  longerThan: { ms: Ms; now: Ms } | null;
}

export type RoomsInRange = Pick<RoomFilter, "from" | "to" | "longerThan">;

/** How many rooms and meetings there are to read. */
export interface RoomsSize {
  /** The rooms of the source, or with the text, where those are few; else `null`. */
  few: readonly number[] | null;
  /** Whether the meetings of those days are few. */
  isShort: boolean;
}

/** Up to this many meetings it is fastest to read them all. */
const FEW_MEETINGS = 2_000;
/** Above this many rooms a page of them is soon found by reading the meetings in order. */
const FEW_ROOMS = 400;
/** Above this many hits a text is so common that rooms with it are soon found by looking. */
const RARE = 2_000;

/** Counts what a list is narrowed to, up to the limits above. One statement. */
export async function sizeRooms(reader: Reader, filter: RoomFilter): Promise<RoomsSize> {
  const { source, q } = filter;
  const most = q === null ? FEW_ROOMS : RARE;
  const wanted = and(
    source === null ? undefined : ofSource(rooms.sourceId, source),
    q === null ? undefined : hasWords(rooms.words, q),
  );
  const [found] = await sized(reader, "anew", { wanted, inRange: inRange(filter) }, { most });
  const { rooms: few = [], meetings: meetingCount = 0 } = found ?? {};
  return { few: few.length > most ? null : few, isShort: meetingCount <= FEW_MEETINGS };
}

const sized = madeOnce(
  (
    reader,
    { wanted, inRange }: { wanted: SQL | undefined; inRange: SQL | undefined },
    { most }: { most: number },
  ) => {
    const ids = parts
      .select({ id: rooms.id })
      .from(rooms)
      .where(wanted)
      .limit(most + 1);
    const newest = parts
      .select({ one: sql`1`.as("one") })
      .from(meetings)
      .where(inRange)
      .orderBy(desc(meetings.firstAt), desc(meetings.id))
      .limit(FEW_MEETINGS + 1)
      .as("newest");
    const counted = parts.select({ count: sql`count(*)::int` }).from(newest);
    return reader
      .select({
        rooms: sql<number[]>`to_jsonb(array${ids})`,
        meetings: sql<number>`${counted}`,
      })
      .from(oneRow);
  },
);

/** Whether a meeting is in those days, long enough, and of the source. */
export function inRange({ source, ...range }: RoomFilter): SQL | undefined {
  return and(
    meetingsInRange(range),
    source === null ? undefined : ofSource(meetings.sourceId, source),
  );
}

/** Whether a meeting is in those days, and long enough. */
export function meetingsInRange({ from, to, longerThan }: RoomsInRange): SQL | undefined {
  return and(
    isNull(meetings.mergedInto),
    tookPlace(),
    gte(meetings.firstAt, from),
    lt(meetings.firstAt, to),
    longerThan === null ? undefined : isLonger(longerThan),
  );
}

/** Whether one of `rooms` has the text, or is one of the few that do. */
export function isAsked(q: string | null, few: readonly number[] | null): SQL | undefined {
  if (few !== null) return isOneOf(rooms.id, few);
  return q === null ? undefined : hasWords(rooms.words, q);
}
