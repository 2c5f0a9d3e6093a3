import { and, eq, gt, inArray, isNull, lt, notExists, type SQL, sql, sum } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { leavePeopleOut } from "#db/recording/erasing.ts";
import { allowWithdrawing } from "#db/recording/events.ts";
import { sources } from "#db/schema/accounts.ts";
import { rosterAliases } from "#db/schema/class-lists.ts";
import { deliveries, deliveryKeys, events, unprojected } from "#db/schema/facts.ts";
import { scheduledMeetings, statements } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { sharedLinks } from "#db/schema/shares.ts";
import { deleteAll, isOneOf } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";

/** What is stored of demonstrations: what `simulate` and `seed` wrote, and what operators entered about it since. */
export interface DemoCounts {
  meetings: number;
  people: number;
  waits: number;
  events: number;
  deliveries: number;
  /** Meetings scheduled there, and statements about nothing else. */
  scheduled: number;
  statements: number;
}

const DEMO = parts.select({ id: sources.id }).from(sources).where(sql`${sources.isDemo}`);
const DEMO_ROOMS = parts.select({ id: rooms.id }).from(rooms).where(inArray(rooms.sourceId, DEMO));
const isOfDemoAlone = sql`${statements.roomIds} && array${DEMO_ROOMS}
  and ${statements.roomIds} <@ array${DEMO_ROOMS}`;
const isDemoMeeting = and(inArray(meetings.sourceId, DEMO), isNull(meetings.mergedInto));

export async function countDemo(orm: Pick<Orm, "$count" | "select">): Promise<DemoCounts> {
  const isMet = and(
    inArray(people.sourceId, DEMO),
    sql`${people.knownBy} <> 'joined'`,
    gt(people.meetings, 0),
  );
  const isScheduled = and(
    inArray(scheduledMeetings.sourceId, DEMO),
    isNull(scheduledMeetings.withdrawnAt),
  );
  const [row] = await orm
    .select({
      meetings: orm.$count(meetings, isDemoMeeting),
      events: sql`coalesce(${seqOf(isDemoMeeting)}, 0)`.mapWith(Number),
      people: orm.$count(people, isMet),
      waits: orm.$count(waits, inArray(waits.roomId, DEMO_ROOMS)),
      deliveries: orm.$count(deliveryKeys, inArray(deliveryKeys.sourceId, DEMO)),
      scheduled: orm.$count(scheduledMeetings, isScheduled),
      statements: orm.$count(statements, isOfDemoAlone),
    })
    .from(oneRow);
  if (row === undefined) throw new Error("a count has a row");
  return row;
}

/** How many events some meetings have; `null` for no meetings. */
function seqOf(which: SQL | undefined) {
  return parts
    .select({ events: sum(meetings.seq) })
    .from(meetings)
    .where(which);
}

/** Deletes statements about nothing but demonstrations. Their rooms must still exist. */
export async function dropDemoStatements(orm: Pick<Orm, "delete">): Promise<void> {
  await orm.delete(statements).where(isOfDemoAlone);
}

/** Deletes some deliveries of demonstrations. Answers how many. */
export async function dropDemoDeliveries(orm: Orm, limit: number): Promise<number> {
  return orm.transaction(async (tx) => {
    const { sourceId, deliveryId } = deliveryKeys;
    const deliveryRows = await tx
      .select({ sourceId, deliveryId })
      .from(deliveryKeys)
      .where(inArray(sourceId, DEMO))
      .orderBy(sourceId, deliveryId)
      .limit(limit);
    await deleteAll(
      tx,
      deliveries,
      deliveryRows.map((one) => ({ id: one.deliveryId })),
    );
    await deleteAll(tx, unprojected, deliveryRows);
    await deleteAll(tx, deliveryKeys, deliveryRows);
    return deliveryRows.length;
  });
}

/** Rooms considered for one removal. */
const ROOMS_AT_ONCE = 500;

/**
 * Removes some rooms of demonstrations, with their meetings and everything that follows from them. A person
 * who was in them keeps what they attended elsewhere. Answers how many events were removed, `null` where no
 * room is left.
 */
export async function dropDemoRooms(tx: Transaction, most: number): Promise<number | null> {
  const size = seqOf(and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto)));
  const own = tx.$with("own").as(
    tx
      .select({ id: rooms.id, events: sql<number>`coalesce(${size}, 0)`.as("events") })
      .from(rooms)
      .where(inArray(rooms.sourceId, DEMO))
      .orderBy(rooms.id)
      .limit(ROOMS_AT_ONCE),
  );
  const running = sql<number>`sum(${own.events}) over (order by ${own.id}) - ${own.events}`;
  const portion = tx
    .select({ id: own.id, before: running.as("before") })
    .from(own)
    .as("portion");
  const lockedRooms = await tx
    .with(own)
    .select({ id: rooms.id })
    .from(rooms)
    .innerJoin(portion, eq(portion.id, rooms.id))
    .where(lt(portion.before, most))
    .orderBy(rooms.id)
    .for("update", { of: rooms });
  if (lockedRooms.length === 0) return null;
  const roomIds = lockedRooms.map(({ id }) => id);
  const roomMeetings = await tx
    .select({ id: meetings.id, seq: meetings.seq })
    .from(meetings)
    .where(and(isOneOf(meetings.roomId, roomIds), isNull(meetings.mergedInto)));
  const ids = roomMeetings.map(({ id }) => id);
  await allowWithdrawing(tx);
  const attended = await tx
    .delete(attendances)
    .where(isOneOf(attendances.meetingId, ids))
    .returning({ identity: attendances.identity });
  await tx.delete(events).where(isOneOf(events.meetingId, ids));
  await tx.delete(waits).where(isOneOf(waits.meetingId, ids));
  await tx.delete(sharedLinks).where(isOneOf(sharedLinks.meetingId, ids));
  await tx.delete(meetings).where(isOneOf(meetings.mergedInto, ids));
  await tx.delete(meetings).where(isOneOf(meetings.id, ids));
  await tx.delete(rooms).where(isOneOf(rooms.id, roomIds));
  const identities = [...new Set(attended.flatMap(({ identity }) => identity ?? []))];
  if (identities.length > 0) await leavePeopleOut(tx, identities);
  return roomMeetings.reduce((all, { seq }) => all + seq, 0);
}

/** Deletes sources of demonstrations that have no room left, with their settings and scheduled meetings. */
export async function dropDemoSources(tx: Transaction): Promise<void> {
  const left = tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.sourceId, sources.id));
  const gone = await tx
    .select({ id: sources.id })
    .from(sources)
    .where(and(sql`${sources.isDemo}`, notExists(left)))
    .for("update");
  const ids = gone.map(({ id }) => id);
  await tx.delete(meetings).where(isOneOf(meetings.sourceId, ids));
  await tx.delete(rosterAliases).where(isOneOf(rosterAliases.sourceId, ids));
  await tx.delete(sources).where(isOneOf(sources.id, ids));
}
