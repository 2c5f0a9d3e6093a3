import {
  and,
  eq,
  gt,
  inArray,
  isNull,
  lt,
  notExists,
  type SQL,
  type SQLWrapper,
  sql,
  sum,
} from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { dropToldOf } from "#db/integrations/outgoing/forgetting.ts";
import { leavePeopleOut } from "#db/recording/erasing.ts";
import { allowWithdrawing } from "#db/recording/events.ts";
import { sources } from "#db/schema/accounts.ts";
import { askedActs } from "#db/schema/acts.ts";
import { alerts } from "#db/schema/alerts.ts";
import { rosterAliases } from "#db/schema/class-lists.ts";
import { keptReturns } from "#db/schema/erased.ts";
import { deliveries, deliveryKeys, events, projections, unprojected } from "#db/schema/facts.ts";
import {
  importLines,
  imports,
  scheduledMeetings,
  statements,
  waitHandlings,
} from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { sharedLinks } from "#db/schema/shares.ts";
import { deleteAll, isOneOf } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";

/** Which sources are removed: a subquery of their ids. */
export type RemovedSources = SQLWrapper;

/** The sources of demonstrations, which `simulate` and `seed` made. */
export const DEMO: RemovedSources = parts
  .select({ id: sources.id })
  .from(sources)
  .where(sql`${sources.isDemo}`);

/** One source. */
export function onlySource(id: string): RemovedSources {
  return parts.select({ id: sources.id }).from(sources).where(eq(sources.id, id));
}

/** What is stored of some sources: what came from them, and what operators entered about it since. */
export interface SourceCounts {
  meetings: number;
  people: number;
  waits: number;
  events: number;
  deliveries: number;
  /** Meetings scheduled there, and statements about nothing else. */
  scheduled: number;
  statements: number;
}

function roomsOf(which: RemovedSources) {
  return parts.select({ id: rooms.id }).from(rooms).where(sql`${rooms.sourceId} in ${which}`);
}

function isAboutAlone(which: RemovedSources): SQL {
  return sql`${statements.roomIds} && array${roomsOf(which)}
    and ${statements.roomIds} <@ array${roomsOf(which)}`;
}

/** What is stored of some sources. */
export async function countSources(
  orm: Pick<Orm, "$count" | "select">,
  which: RemovedSources,
): Promise<SourceCounts> {
  const isTheirs = and(sql`${meetings.sourceId} in ${which}`, isNull(meetings.mergedInto));
  const isMet = and(
    sql`${people.sourceId} in ${which}`,
    sql`${people.knownBy} <> 'joined'`,
    gt(people.meetings, 0),
  );
  const isScheduled = and(
    sql`${scheduledMeetings.sourceId} in ${which}`,
    isNull(scheduledMeetings.withdrawnAt),
  );
  const [row] = await orm
    .select({
      meetings: orm.$count(meetings, isTheirs),
      events: sql`coalesce(${seqOf(isTheirs)}, 0)`.mapWith(Number),
      people: orm.$count(people, isMet),
      waits: orm.$count(waits, inArray(waits.roomId, roomsOf(which))),
      deliveries: orm.$count(deliveryKeys, sql`${deliveryKeys.sourceId} in ${which}`),
      scheduled: orm.$count(scheduledMeetings, isScheduled),
      statements: orm.$count(statements, isAboutAlone(which)),
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

/** Deletes statements about nothing but these sources. Their rooms must still exist. */
export async function dropStatementsOf(
  orm: Pick<Orm, "delete">,
  which: RemovedSources,
): Promise<void> {
  await orm.delete(statements).where(isAboutAlone(which));
}

/** Deletes some deliveries of sources. Answers how many. */
export async function dropDeliveriesOf(
  orm: Orm,
  which: RemovedSources,
  limit: number,
): Promise<number> {
  return orm.transaction(async (tx) => {
    const { sourceId, deliveryId } = deliveryKeys;
    const deliveryRows = await tx
      .select({ sourceId, deliveryId })
      .from(deliveryKeys)
      .where(sql`${sourceId} in ${which}`)
      .orderBy(sourceId, deliveryId)
      .limit(limit);
    await deleteAll(
      tx,
      deliveries,
      deliveryRows.map((one) => ({ id: one.deliveryId })),
    );
    await deleteAll(tx, unprojected, deliveryRows);
    await deleteAll(
      tx,
      projections,
      deliveryRows.map((one) => ({ deliveryId: one.deliveryId })),
    );
    await deleteAll(tx, deliveryKeys, deliveryRows);
    return deliveryRows.length;
  });
}

/** Rooms considered for one removal. */
const ROOMS_AT_ONCE = 500;

/**
 * Removes some rooms of sources, with their meetings and everything that follows from them. A person
 * who was in them keeps what they attended elsewhere. Answers how many events were removed, `null` where no
 * room is left.
 */
export async function dropRoomsOf(
  tx: Transaction,
  which: RemovedSources,
  most: number,
): Promise<number | null> {
  const size = seqOf(and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto)));
  const own = tx.$with("own").as(
    tx
      .select({ id: rooms.id, events: sql<number>`coalesce(${size}, 0)`.as("events") })
      .from(rooms)
      .where(sql`${rooms.sourceId} in ${which}`)
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
  await tx.delete(keptReturns).where(isOneOf(keptReturns.roomId, roomIds));
  await tx.delete(waitHandlings).where(isOneOf(waitHandlings.roomId, roomIds));
  await tx.delete(askedActs).where(isOneOf(askedActs.roomId, roomIds));
  await tx.delete(alerts).where(isOneOf(alerts.roomId, roomIds));
  await tx.delete(sharedLinks).where(isOneOf(sharedLinks.meetingId, ids));
  const merged = await tx
    .delete(meetings)
    .where(isOneOf(meetings.mergedInto, ids))
    .returning({ id: meetings.id });
  await dropToldOf(tx, [...ids, ...merged.map(({ id }) => id)]);
  await tx.delete(meetings).where(isOneOf(meetings.id, ids));
  await tx.delete(rooms).where(isOneOf(rooms.id, roomIds));
  const identities = [...new Set(attended.flatMap(({ identity }) => identity ?? []))];
  if (identities.length > 0) await leavePeopleOut(tx, identities);
  return roomMeetings.reduce((all, { seq }) => all + seq, 0);
}

/** Deletes those of the sources that have no room left, with their settings, imports and scheduled meetings. */
export async function dropSources(tx: Transaction, which: RemovedSources): Promise<void> {
  const left = tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.sourceId, sources.id));
  const gone = await tx
    .select({ id: sources.id })
    .from(sources)
    .where(and(sql`${sources.id} in ${which}`, notExists(left)))
    .for("update");
  const ids = gone.map(({ id }) => id);
  await tx.delete(meetings).where(isOneOf(meetings.sourceId, ids));
  await tx.delete(rosterAliases).where(isOneOf(rosterAliases.sourceId, ids));
  await tx.delete(importLines).where(isOneOf(importLines.sourceId, ids));
  await tx.delete(imports).where(isOneOf(imports.sourceId, ids));
  await tx.delete(sources).where(isOneOf(sources.id, ids));
}
