import { and, asc, eq, gt, isNull, ne, notExists, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database, Sql } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { deliveries, events, unprojected } from "#db/schema/facts.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The lock of the only replay: two at once would each project what both found unprojected. */
const REPLAY_LOCK = 0x5245504c;

/** What a replay has to do, found in one pass, however much it is. */
export interface SearchResult<Id> {
  total: number;
  /** The next ids; none at the end. */
  next(limit: number): Promise<Id[]>;
}

/** The searches of a replay. */
export interface Search {
  /**
   * Deliveries without events, whether they gave none or lost them; without erased ones, and without those
   * not projected yet.
   */
  untold(): Promise<SearchResult<number>>;
  /** Ids of meetings that have events but no row, or whose room is gone. */
  homeless(): Promise<SearchResult<string>>;
}

/** Runs the only replay; `null` where another process runs one. */
export async function replayAlone<T>(
  database: Pick<Database, "session">,
  work: (search: Search) => Promise<T>,
): Promise<T | null> {
  return withAdvisoryLock(database, REPLAY_LOCK, async (session) => {
    try {
      return await work({
        untold: () => find(session, "untold", WITHOUT_EVENTS),
        homeless: () => find(session, "homeless", HOMELESS),
      });
    } finally {
      await session`close all`;
    }
  });
}

const WITHOUT_EVENTS = parts
  .select({ id: deliveries.id })
  .from(deliveries)
  .where(
    and(
      sql`${deliveries.body} <> ''`,
      notExists(
        parts.select({ seq: events.seq }).from(events).where(eq(events.deliveryId, deliveries.id)),
      ),
      notExists(
        parts
          .select({ id: unprojected.deliveryId })
          .from(unprojected)
          .where(eq(unprojected.deliveryId, deliveries.id)),
      ),
    ),
  )
  .orderBy(asc(deliveries.id));

const hasNoRoom = notExists(
  parts.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, meetings.roomId)),
);
const hasNoMeeting = notExists(
  parts.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, events.meetingId)),
);
const HOMELESS = parts
  .select({ id: meetings.id })
  .from(meetings)
  .where(and(isNull(meetings.mergedInto), hasNoRoom))
  .union(parts.select({ id: events.meetingId }).from(events).where(hasNoMeeting));

/** The database holds the ids, on its disk where they are many. The query of a cursor takes no parameters. */
async function find<Id>(
  session: Sql,
  name: string,
  query: { toSQL(): { sql: string } },
): Promise<SearchResult<Id>> {
  await session`begin`;
  await session.unsafe(`declare ${name} scroll cursor with hold for ${query.toSQL().sql}`);
  await session`commit`;
  const { count } = await session.unsafe(`move forward all from ${name}`);
  await session.unsafe(`move absolute 0 from ${name}`);
  return {
    total: count,
    next: async (limit) => {
      const rows = await session.unsafe<{ id: Id }[]>(`fetch forward ${limit} from ${name}`);
      return rows.map(({ id }) => id);
    },
  };
}

/** The room of a meeting; `null` where there is no such meeting. */
export async function roomOfMeeting(orm: Orm, meetingId: string): Promise<number | null> {
  const [row] = await orm
    .select({ id: meetings.roomId })
    .from(meetings)
    .where(eq(meetings.id, meetingId));
  return row?.id ?? null;
}

/** How many events the meetings of all rooms have, or those of one. */
export async function countEvents(
  orm: Orm,
  roomId: number | null,
  sourceId: string | null = null,
): Promise<number> {
  const [row] = await orm
    .select({ events: SEQS })
    .from(meetings)
    .where(
      and(
        isNull(meetings.mergedInto),
        roomId === null ? undefined : eq(meetings.roomId, roomId),
        isOfSource(sourceId),
      ),
    );
  return row?.events ?? 0;
}

const SEQS = sql`coalesce(sum(${meetings.seq}), 0)`.mapWith(Number);

function isOfSource(sourceId: string | null) {
  return sourceId === null ? undefined : eq(meetings.sourceId, sourceId);
}

/** A room with how many events its meetings have. */
export interface RoomSize {
  id: number;
  events: number;
}

/** The next rooms that have meetings, in the order of their ids. */
export async function roomsAfter(
  orm: Orm,
  after: number,
  limit: number,
  sourceId: string | null = null,
): Promise<RoomSize[]> {
  return orm
    .select({ id: meetings.roomId, events: SEQS })
    .from(meetings)
    .where(and(gt(meetings.roomId, after), isNull(meetings.mergedInto), isOfSource(sourceId)))
    .groupBy(meetings.roomId)
    .orderBy(asc(meetings.roomId))
    .limit(limit);
}

/** The position of a meeting among all: its room, when it began, and its id. */
export interface ReplayPosition {
  roomId: number;
  firstAt: Ms;
  id: string;
}

export const REPLAY_START: ReplayPosition = {
  roomId: 0,
  firstAt: 0,
  id: "00000000-0000-0000-0000-000000000000",
};

/** A meeting with its position, and how many events it has. */
export interface PositionedMeeting extends ReplayPosition {
  seq: number;
}

/** The next meetings of rooms, by position. */
export async function meetingsAfter(
  tx: Transaction,
  roomIds: readonly number[],
  after: ReplayPosition,
  limit: number,
): Promise<PositionedMeeting[]> {
  const { id, roomId, firstAt, seq } = meetings;
  const isAfter = sql`(${roomId}, ${firstAt}, ${id})
    > (${after.roomId}::bigint, ${after.firstAt}::bigint, ${after.id}::uuid)`;
  return tx
    .select({ id, roomId, firstAt: sql<Ms>`${firstAt}`, seq })
    .from(meetings)
    .where(and(isOneOf(roomId, roomIds), isNull(meetings.mergedInto), isAfter))
    .orderBy(asc(roomId), asc(firstAt), asc(id))
    .limit(limit);
}

/** The ids of the next people after an id, of those with a row or an attendance. */
export async function peopleAfter(orm: Orm, after: string, limit: number): Promise<string[]> {
  const withRow = orm
    .select({ id: people.id })
    .from(people)
    .where(and(gt(people.id, after), ne(people.knownBy, "joined")))
    .orderBy(asc(people.id))
    .limit(limit);
  const attending = orm
    .selectDistinct({ id: sql<string>`${attendances.identity}` })
    .from(attendances)
    .where(gt(attendances.identity, after))
    .orderBy(asc(attendances.identity))
    .limit(limit);
  const rows = await union(withRow, attending).orderBy(asc(people.id)).limit(limit);
  return rows.map(({ id }) => id);
}

/** About how many ids `peopleAfter` answers in all. */
export async function countPeople(orm: Orm): Promise<number> {
  return orm.$count(people, ne(people.knownBy, "joined"));
}
