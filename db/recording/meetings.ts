import { and, asc, eq, isNull, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { events } from "#db/schema/facts.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import { isOneOf, unnested, upsert } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { UNHEARD_MS } from "#domain/participant/rules.ts";
import type { MeetingSelector, RoomExtent } from "#domain/projection/around.ts";
import type { MeetingState } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { meetingRow } from "./rows.ts";

export async function meetingsById(
  tx: Transaction,
  ids: readonly string[],
): Promise<MeetingState[]> {
  return select(tx, isOneOf(meetings.id, ids));
}

/** The latest meetings of a source, newest first: their rooms, and how many events they have. */
export async function latestMeetings(
  tx: Transaction,
  sourceId: string,
  limit: number,
): Promise<Pick<MeetingState, "id" | "roomId" | "seq">[]> {
  return tx
    .select({ id: meetings.id, roomId: meetings.roomId, seq: meetings.seq })
    .from(meetings)
    .where(
      and(eq(meetings.sourceId, sourceId), isNull(meetings.mergedInto), isNull(meetings.erasedAt)),
    )
    .orderBy(sql`${meetings.firstAt} desc`, sql`${meetings.id} desc`)
    .limit(limit);
}

/** The meeting at an address, or the one it was merged into; `null` for anything else. */
export async function meetingAt(tx: Transaction, id: string): Promise<MeetingState | null> {
  const target = tx
    .select({ to: sql`coalesce(${meetings.mergedInto}, ${meetings.id})` })
    .from(meetings)
    .where(eq(meetings.id, id));
  const [meeting] = await select(
    tx,
    and(isNull(meetings.mergedInto), eq(meetings.id, sql`(${target})`)),
  );
  return meeting ?? null;
}

/**
 * The meetings that touch the intervals, each in its own room. A meeting that still goes on has no end, and
 * is found together with all that began after it: only these show who has left it.
 */
export async function meetingsAround(
  tx: Transaction,
  around: readonly RoomExtent[],
): Promise<MeetingState[]> {
  const given = unnested("n", INTERVAL, around);
  const { roomId, from, to } = given.of;
  const { firstAt, tipAt, lastOutAt, endedAt, noteTakersOutAt } = meetings;
  const goesOn = sql`(${meetings.status} <> 'ended' or ${meetings.noteTakersIn} > 0)`;
  const goingOn = parts
    .select({ since: sql<Ms | null>`min(${firstAt})`.as("since") })
    .from(inRoom(roomId, sql`${goesOn} and (${to} is null or ${firstAt} <= ${to})`))
    .as("going_on");
  const { since } = goingOn;
  const last = sql`greatest(${tipAt}, ${lastOutAt}, ${endedAt}, ${noteTakersOutAt})`;
  const touches = sql`(${since} is not null or ${to} is null or ${firstAt} <= ${to})
    and (${goesOn} or ${last} >= least(${from}, ${since}))`;
  const found = parts
    .select({ id: meetings.id })
    .from(given.from)
    .crossJoinLateral(goingOn)
    .crossJoinLateral(inRoom(roomId, touches));
  return select(tx, sql`${meetings.id} = any(array${found})`);
}

const INTERVAL = { roomId: meetings.roomId, from: "bigint", to: "bigint" } as const;

/**
 * Some meetings of a room. Looked up by room and put in order, which costs nothing: otherwise a small table,
 * or one that was just filled, is not searched by its rooms.
 */
function inRoom(roomId: SQL, condition: SQL) {
  const own = and(
    sql`${meetings.roomId} = any(array[${roomId}])`,
    isNull(meetings.mergedInto),
    condition,
  );
  const inOrder = parts.select().from(meetings).where(own).orderBy(meetings.roomId).offset(0);
  return standingFor(meetings, inOrder);
}

/**
 * The meetings of rooms that are named by events which happened elsewhere in them. Each condition is a
 * subquery of its own: an `exists` may be planned as a search among all rows.
 */
export async function meetingsNamed(
  tx: Transaction,
  named: readonly MeetingSelector[],
): Promise<MeetingState[]> {
  const { from, of } = unnested("n", NAMING, named);
  const { id, tipAt } = meetings;
  const hasParticipant = sql`(
    select true from ${events}
    where ${events.meetingId} = ${id} and ${events.participantId} = ${of.participantId} limit 1)`;
  const wasLetIn = sql`(
    select true from ${waits}
    where ${waits.meetingId} = ${id} and (${waits.inferred} or ${waits.outcome} = 'admitted')
      and greatest(${waits.startedAt}, ${waits.endedAt}) >= ${of.waitedSince} limit 1)`;
  const didNoteTakerWait = sql`(
    select true from ${attendances}
    where ${attendances.meetingId} = ${id} and ${attendances.isNoteTaker}
      and ${attendances.waitCount} > 0 limit 1)`;
  const hasUnreportedEnd = sql`(
    select true from ${attendances}
    where ${attendances.meetingId} = ${id}
      and ${attendances.leftBy} >= ${of.unheardFrom} - ${UNHEARD_MS} limit 1)`;
  const isStrayOf = sql`(
    select true from ${attendances}
    where ${attendances.meetingId} = ${id} and ${attendances.leftBy} is not null
      and ${of.strayId} = any(${attendances.participantIds}) limit 1)`;
  const isSessionOpen = sql`${meetings.providerStartedAt} is not null
    and ${meetings.providerEndedAt} is null and ${tipAt} >= ${of.unheardFrom} - ${UNHEARD_MS}`;
  const isNamed = sql`(
    ${of.providerId} = any(${meetings.providerIds})
    or ${hasParticipant}
    or (${tipAt} >= ${of.waitedSince}
      and (${wasLetIn} or (${meetings.noteTakerCount} > 0 and ${didNoteTakerWait})))
    or (${meetings.firstAt} <= ${of.unheardTo} and (${hasUnreportedEnd} or (${isSessionOpen})))
    or (${of.strayId} is not null and ${isStrayOf}))`;
  const found = parts
    .select({ id })
    .from(from)
    .crossJoinLateral(inRoom(sql`${of.roomId}`, isNamed));
  return select(tx, sql`${id} = any(array${found})`);
}

const NAMING = {
  roomId: meetings.roomId,
  participantId: "text",
  providerId: "text",
  waitedSince: "bigint",
  unheardFrom: "bigint",
  unheardTo: "bigint",
  strayId: "text",
} as const;

/** Rooms with a meeting whose projection changes by the clock alone, soonest first, but not those of these meetings. */
export async function roomsGoneStale(
  tx: Transaction,
  now: Ms,
  limit: number,
  notOf: readonly string[],
): Promise<{ roomId: number; meetingId: string }[]> {
  const named = alias(meetings, "named");
  const theirs = tx.select({ roomId: named.roomId }).from(named).where(isOneOf(named.id, notOf));
  return tx
    .select({ roomId: meetings.roomId, meetingId: meetings.id })
    .from(meetings)
    .where(
      and(
        lte(meetings.staleAt, now),
        isNull(meetings.mergedInto),
        notOf.length === 0 ? undefined : notInArray(meetings.roomId, theirs),
      ),
    )
    .orderBy(asc(meetings.staleAt))
    .limit(limit);
}

async function select(tx: Transaction, where: SQL | undefined): Promise<MeetingState[]> {
  const rows = await tx
    .select()
    .from(meetings)
    .where(where)
    .orderBy(asc(meetings.firstAt), asc(meetings.id));
  return rows.map(stateOf);
}

function stateOf(row: typeof meetings.$inferSelect): MeetingState {
  const { id, roomId, sourceId, seq } = row;
  return {
    id,
    roomId,
    sourceId,
    seq,
    tally: {
      status: row.status,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      endedBy: row.endedBy,
      frame: {
        providerIds: row.providerIds,
        startedAt: row.providerStartedAt,
        endedAt: row.providerEndedAt,
        observed: row.observed,
        observedFrom: row.observedFrom,
      },
      presentCount: row.presentCount,
      waitingCount: row.waitingCount,
      peopleCount: row.peopleCount,
      noteTakers: {
        count: row.noteTakerCount,
        inCount: row.noteTakersIn,
        outAt: row.noteTakersOutAt,
      },
      observer: row.observer,
      peak:
        row.peakCount === null || row.peakAt === null
          ? null
          : { count: row.peakCount, at: row.peakAt },
      firstAt: row.firstAt,
      firstJoinedAt: row.firstJoinedAt,
      lastOutAt: row.lastOutAt,
      tipAt: row.tipAt,
      staleAt: row.staleAt,
      overtakenAt: row.overtakenAt,
      recent: row.recent,
      whole: row.whole,
    },
  };
}

/** Writes the meetings, new or existing. */
export async function keepMeetings(tx: Transaction, all: readonly MeetingState[]): Promise<void> {
  await upsert(tx, meetings, all.map(meetingRow));
}

/** Makes the addresses of merged meetings lead to the others, and every address that led to them too. */
export async function redirectMeetings(
  tx: Transaction,
  moves: readonly { from: string; into: string }[],
): Promise<void> {
  if (moves.length === 0) return;
  const given = unnested("n", { from: meetings.id, into: meetings.id }, moves);
  await tx
    .update(meetings)
    .set({
      mergedInto: given.of.into,
      status: "ended",
      presentCount: 0,
      waitingCount: 0,
      peopleCount: 0,
      noteTakerCount: 0,
      noteTakersIn: 0,
      observer: null,
      staleAt: null,
      recent: null,
    })
    .from(given.from)
    .where(or(eq(meetings.id, given.of.from), eq(meetings.mergedInto, given.of.from)));
}
