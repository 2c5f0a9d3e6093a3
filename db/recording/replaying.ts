import { and, asc, eq, gt, isNull, ne, notExists, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database, Sql } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, deliveryKeys, events, unprojected } from "#db/schema/facts.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { deleteAll, deletedLike, isOneOf, unnested, updateAll } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { NewDelivery } from "./deliveries.ts";

/** A delivery as it is stored. */
export interface StoredDelivery extends Omit<NewDelivery, "receivedAt" | "body"> {
  id: number;
  provider: string;
  body: Buffer;
  /** The people of its room were erased. */
  isErased: boolean;
}

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

/** The deliveries among these that are still stored. */
export async function deliveriesById(
  tx: Transaction,
  ids: readonly number[],
): Promise<StoredDelivery[]> {
  const given = givenOf(ids);
  const { id, sourceId, room, status, type, reason, body } = deliveries;
  const isItsKey = and(eq(deliveryKeys.sourceId, sourceId), eq(deliveryKeys.deliveryId, id));
  return (
    tx
      .select({
        ...{ id, sourceId, provider: sources.provider, room, status, type, reason, body },
        key: sql<string>`${deliveryKeys.key}`,
        occurrence: sql<string>`${deliveryKeys.occurrence}`,
        isErased: sql<boolean>`${rooms.erasedAt} is not null`,
      })
      .from(given.from)
      .innerJoin(deliveries, eq(id, given.of.id))
      .innerJoin(sources, eq(sources.id, sourceId))
      // There always is one. As a left join it is looked up after the delivery, by the whole index.
      .leftJoin(deliveryKeys, isItsKey)
      .leftJoin(rooms, and(eq(rooms.sourceId, sourceId), eq(rooms.key, room)))
      .orderBy(asc(id))
  );
}

function givenOf(ids: readonly number[]) {
  return unnested(
    "n",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
}

/** Locks deliveries; answers those that are still stored, with their status. */
export async function lockDeliveries(
  tx: Transaction,
  ids: readonly number[],
): Promise<Pick<StoredDelivery, "id" | "status">[]> {
  const given = givenOf(ids);
  return tx
    .select({ id: deliveries.id, status: deliveries.status })
    .from(given.from)
    .innerJoin(deliveries, eq(deliveries.id, given.of.id))
    .orderBy(asc(deliveries.id))
    .for("update", { of: deliveries });
}

/** What names a delivery in its source. */
export type DeliveryNames = Pick<StoredDelivery, "id" | "sourceId" | "key" | "occurrence">;

/** The deliveries that have the keys of these: themselves, or others, which may no longer be stored. */
export async function deliveriesWithKeys(
  tx: Transaction,
  names: readonly DeliveryNames[],
): Promise<DeliveryNames[]> {
  const { deliveryId: id, sourceId, key, occurrence } = deliveryKeys;
  const given = unnested("n", { sourceId, key, occurrence }, names);
  const isOfSource = eq(sourceId, given.of.sourceId);
  return union(
    tx
      .select({ id, sourceId, key, occurrence })
      .from(given.from)
      .innerJoin(deliveryKeys, and(isOfSource, eq(key, given.of.key))),
    tx
      .select({ id, sourceId, key, occurrence })
      .from(given.from)
      .innerJoin(deliveryKeys, and(isOfSource, eq(occurrence, given.of.occurrence))),
  );
}

/** Rewrites stored deliveries that are now read otherwise. Fails where another delivery has one of their keys. */
export async function restateDeliveries(
  tx: Transaction,
  all: readonly Omit<StoredDelivery, "provider" | "body" | "isErased">[],
): Promise<void> {
  await updateAll(
    tx,
    deliveryKeys,
    all.map(({ id, sourceId, key, occurrence }) => ({ sourceId, deliveryId: id, key, occurrence })),
  );
  await updateAll(
    tx,
    deliveries,
    all.map(({ id, room, status, type, reason }) => ({ id, room, status, type, reason })),
  );
}

/** Removes deliveries that turned out to be repeats, and counts them on the first, where that is still stored. */
export async function foldRepeats(
  tx: Transaction,
  repeats: readonly { id: number; of: number }[],
): Promise<void> {
  const columns = {
    deliveryId: deliveries.id,
    sourceId: deliveries.sourceId,
    repeats: deliveries.repeats,
  };
  const gone = await deletedLike(
    tx,
    deliveries,
    repeats.map(({ id }) => ({ id })),
    columns,
  );
  await deleteAll(tx, deliveryKeys, gone);
  const firstOf = new Map(repeats.map(({ id, of }) => [id, of]));
  const times = new Map<number, number>();
  for (const { deliveryId, repeats } of gone) {
    const first = firstOf.get(deliveryId) ?? deliveryId;
    times.set(first, (times.get(first) ?? 0) + repeats + 1);
  }
  const given = unnested(
    "n",
    { id: deliveries.id, repeats: deliveries.repeats },
    [...times].map(([id, repeats]) => ({ id, repeats })),
  );
  await tx
    .update(deliveries)
    .set({ repeats: sql`${deliveries.repeats} + ${given.of.repeats}` })
    .from(given.from)
    .where(eq(deliveries.id, given.of.id));
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
