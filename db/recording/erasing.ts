import { and, eq, gt, isNotNull, isNull, not, sql } from "drizzle-orm";
import { alias, union } from "drizzle-orm/pg-core";
import { eraseFromEntries } from "#db/access/audit.ts";
import type { Transaction } from "#db/connection/session.ts";
import { forgetMessagesOf } from "#db/integrations/outgoing/forgetting.ts";
import { askedActs } from "#db/schema/acts.ts";
import { alerts } from "#db/schema/alerts.ts";
import { keptReturns } from "#db/schema/erased.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { statements, waitHandlings } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { isOneOf, unnested, updateAll } from "#db/sql/batch.ts";
import { eachLeftCount } from "#domain/meetings/left-counts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { ERASED } from "./deliveries.ts";
import { allowWithdrawing } from "./events.ts";
import { eraseLines } from "./imports.ts";
import { forgetLinks } from "./links.ts";
import { lockPeople, recountJoined, recountPeople } from "./people.ts";

/** A room whose people are erased: since when, and the delivery that reported it, which stays stored. */
export interface ErasedRoom {
  id: number;
  sourceId: string;
  key: string;
  at: Ms;
  proof: number | null;
}

/** A meeting whose people are erased, if there was one, and the meeting that keeps its numbers. */
export interface ErasedMeeting {
  id: string | null;
  remains: string;
  at: Ms;
  reason: string | null;
}

const REMAINS_COLUMNS = {
  remains: meetings.id,
  id: meetings.mergedInto,
  at: meetings.erasedAt,
  reason: meetings.erasedReason,
};

/**
 * Erases the people from everything stored of locked rooms and their meetings: events, attendances, waits,
 * their rows in `people`, statements, and the bodies of deliveries.
 */
export async function eraseRooms(
  tx: Transaction,
  erased: readonly ErasedRoom[],
  erasedMeetings: readonly ErasedMeeting[],
): Promise<void> {
  const ids = erasedMeetings.flatMap(({ id }) => id ?? []);
  await eraseLines(tx, erased);
  await eraseBodies(tx, erased, ids);
  const given = unnested("n", { id: rooms.id, at: rooms.erasedAt }, erased);
  const remains = unnested("n", REMAINS_COLUMNS, erasedMeetings);
  const own = alias(meetings, "own");
  const [, attended, , , waited, , , , , stated] = await Promise.all([
    allowWithdrawing(tx),
    tx
      .delete(attendances)
      .where(isOneOf(attendances.meetingId, ids))
      .returning({ identity: attendances.identity }),
    tx.delete(events).where(isOneOf(events.meetingId, ids)),
    forgetMessagesOf(tx, ids),
    tx.delete(waits).where(isOneOf(waits.meetingId, ids)).returning({ id: waits.id }),
    tx.delete(waitHandlings).where(
      isOneOf(
        waitHandlings.roomId,
        erased.map(({ id }) => id),
      ),
    ),
    tx.delete(askedActs).where(
      isOneOf(
        askedActs.roomId,
        erased.map(({ id }) => id),
      ),
    ),
    tx.delete(keptReturns).where(
      isOneOf(
        keptReturns.roomId,
        erased.map(({ id }) => id),
      ),
    ),
    tx.delete(alerts).where(
      isOneOf(
        alerts.roomId,
        erased.map(({ id }) => id),
      ),
    ),
    tx
      .update(statements)
      .set({ facts: null, erasedAt: sql`coalesce(${statements.erasedAt}, ${given.of.at})` })
      .from(given.from)
      .where(sql`${statements.roomIds} @> array[${given.of.id}]`)
      .returning({ hash: statements.hash }),
    tx
      .update(meetings)
      .set({
        erasedAt: remains.of.at,
        erasedReason: remains.of.reason,
        ...eachLeftCount(({ name }) => sql`coalesce(${own[name]}, ${meetings[name]})`),
      })
      .from(remains.from)
      .leftJoin(own, eq(own.id, remains.of.id))
      .where(eq(meetings.id, remains.of.remains)),
    updateAll(
      tx,
      rooms,
      erased.map(({ id, at }) => ({ id, erasedAt: at })),
    ),
  ]);
  const attendees = new Set(attended.flatMap(({ identity }) => identity ?? []));
  const joined = attendees.size > 0 ? await leavePeopleOut(tx, [...attendees]) : [];
  await eraseFromEntries(tx, [
    { kind: "person", ids: await goneAmong(tx, [...attendees, ...joined]) },
    { kind: "meeting", ids: erasedMeetings.flatMap(({ id, remains }) => [remains, id ?? remains]) },
    { kind: "wait", ids: waited.map(({ id }) => id) },
    { kind: "room", ids: erased.map(({ id }) => String(id)) },
    { kind: "statement", ids: stated.map(({ hash }) => hash) },
  ]);
}

/**
 * Empties deliveries of erased rooms: those that gave events of their meetings, and those that gave none by
 * their room, or, where that is not known, by its key in their bodies. The delivery that reported the erasure
 * stays.
 */
async function eraseBodies(
  tx: Transaction,
  erased: readonly ErasedRoom[],
  meetingIds: readonly string[],
): Promise<void> {
  const { id, sourceId, room, status, body } = deliveries;
  const given = unnested(
    "r",
    { sourceId, room: rooms.key, written: body },
    erased.map((one) => ({
      ...{ sourceId: one.sourceId, room: one.key },
      written: Buffer.from(JSON.stringify(one.key)),
    })),
  );
  // Written out, so that the planner can use the partial index of deliveries that gave no event.
  const isSilent = and(eq(sourceId, given.of.sourceId), sql`${status} <> 'recorded'`);
  const deliveryIds = union(
    tx
      .select({ id })
      .from(given.from)
      .innerJoin(deliveries, and(isSilent, eq(room, given.of.room))),
    tx
      .select({ id })
      .from(given.from)
      .innerJoin(
        deliveries,
        and(isSilent, isNull(room), sql`position(${given.of.written} in ${body}) > 0`),
      ),
    tx
      .select({ id: sql<number>`${events.deliveryId}` })
      .from(events)
      .where(and(isOneOf(events.meetingId, meetingIds), isNotNull(events.deliveryId))),
  ).as("delivery_ids");
  const proofs = erased.flatMap(({ proof }) => proof ?? []);
  await tx
    .update(deliveries)
    .set({
      ...{ body: Buffer.alloc(0), reason: ERASED },
      status: sql`case when ${status} = 'recorded' then ${status} else 'ignored' end`,
    })
    .from(deliveryIds)
    .where(and(eq(id, deliveryIds.id), not(isOneOf(id, proofs))));
}

/**
 * Recounts people without what was removed, and drops those who attended nothing else. Answers the joined people that
 * some of them are.
 */
export async function leavePeopleOut(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const joined = await lockPeople(tx, ids);
  await recountPeople(tx, ids);
  await recountJoined(tx, joined);
  await forgetLinks(tx, ids);
  return joined;
}

/** The people among these of whom nothing is left. */
export async function goneAmong(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const left = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(isOneOf(people.id, ids), gt(people.meetings, 0)));
  const there = new Set(left.map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
}

/** Empties deliveries of an erased room; their ids and keys stay. */
export async function eraseDeliveries(tx: Transaction, ids: readonly number[]): Promise<void> {
  await updateAll(
    tx,
    deliveries,
    ids.map((id) => ({ id, body: Buffer.alloc(0), reason: ERASED, status: "ignored" as const })),
  );
}
