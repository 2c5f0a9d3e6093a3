import { and, asc, eq, gt, isNull, ne, notExists, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { inExclusion } from "#db/connection/alone.ts";
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

/** A delivery as it was kept. */
export interface KeptDelivery extends Omit<NewDelivery, "receivedAt" | "body"> {
  id: number;
  provider: string;
  body: Buffer;
  /** Its room's people were erased. */
  isErased: boolean;
}

/** Names the lock that only one replay holds: two at once would each tell what neither found told. */
const REPLAY_LOCK = 0x5245504c;

/** What a replay has before it, found in one pass, whatever its number. */
export interface SearchResult<Id> {
  total: number;
  /** The next ids; none at the end. */
  next(limit: number): Promise<Id[]>;
}

/** What a replay looks for. */
export interface Search {
  /**
   * Deliveries without events, whether they told none or lost them; without erased ones, and those that are
   * still to be projected.
   */
  untold(): Promise<SearchResult<number>>;
  /** Meetings that have events and are no more, or whose room is no more. */
  homeless(): Promise<SearchResult<string>>;
}

/** Runs a replay alone; `null` where another is at work, in whatever process. */
export async function replayAlone<T>(
  database: Pick<Database, "session">,
  work: (search: Search) => Promise<T>,
): Promise<T | null> {
  return inExclusion(database, REPLAY_LOCK, async (session) => {
    try {
      return await work({
        untold: () => find(session, "untold", UNTOLD),
        homeless: () => find(session, "homeless", HOMELESS),
      });
    } finally {
      await session`close all`;
    }
  });
}

const UNTOLD = parts
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

const isNowhere = notExists(
  parts.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, meetings.roomId)),
);
const isOfNone = notExists(
  parts.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, events.meetingId)),
);
const HOMELESS = parts
  .select({ id: meetings.id })
  .from(meetings)
  .where(and(isNull(meetings.mergedInto), isNowhere))
  .union(parts.select({ id: events.meetingId }).from(events).where(isOfNone));

/** The ids are kept by the database, on its disk where they are many. Of a cursor's query nothing is a parameter. */
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

/** Where a meeting stands among all: by its room, when it began, and its id. */
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

/** A meeting in its place, with how many events it has. */
export interface PositionedMeeting extends ReplayPosition {
  seq: number;
}

/** The next meetings of rooms, by their places. */
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

/** Those of the deliveries that are still kept. */
export async function deliveriesById(
  tx: Transaction,
  ids: readonly number[],
): Promise<KeptDelivery[]> {
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
      // There always is one; said like this it is looked up after the delivery, by the whole index.
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

/** Locks deliveries; answers those that are still kept, with what they are kept as. */
export async function lockDeliveries(
  tx: Transaction,
  ids: readonly number[],
): Promise<Pick<KeptDelivery, "id" | "status">[]> {
  const given = givenOf(ids);
  return tx
    .select({ id: deliveries.id, status: deliveries.status })
    .from(given.from)
    .innerJoin(deliveries, eq(deliveries.id, given.of.id))
    .orderBy(asc(deliveries.id))
    .for("update", { of: deliveries });
}

/** What names a delivery in its source. */
export type DeliveryNames = Pick<KeptDelivery, "id" | "sourceId" | "key" | "occurrence">;

/** Who has the names of deliveries: themselves, or others, which need not be kept any more. */
export async function holdersOf(
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

/** Says what kept deliveries turned out to be. Fails where another has one of their names. */
export async function restateDeliveries(
  tx: Transaction,
  all: readonly Omit<KeptDelivery, "provider" | "body" | "isErased">[],
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

/**
 * Keeps deliveries that turned out to be repeats as all repeats are kept: counted on the first, where that is
 * still kept.
 */
export async function foldRepeats(
  tx: Transaction,
  repeats: readonly { id: number; of: number }[],
): Promise<void> {
  const known = {
    deliveryId: deliveries.id,
    sourceId: deliveries.sourceId,
    repeats: deliveries.repeats,
  };
  const gone = await deletedLike(
    tx,
    deliveries,
    repeats.map(({ id }) => ({ id })),
    known,
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

/** The next of everybody, of whom there is a row or an attendance, after an id. */
export async function peopleAfter(orm: Orm, after: string, limit: number): Promise<string[]> {
  const kept = orm
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
  const rows = await union(kept, attending).orderBy(asc(people.id)).limit(limit);
  return rows.map(({ id }) => id);
}

/** About how many `peopleAfter` will answer. */
export async function countPeople(orm: Orm): Promise<number> {
  return orm.$count(people, ne(people.knownBy, "joined"));
}
