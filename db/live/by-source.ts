import { and, eq, gte, isNull, min, ne, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { meetings, rooms, waits } from "#db/schema/projected.ts";
import { latestOfSource } from "#db/sources/reading-sources.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { leftBeforeAdmitted } from "#db/waits/wait-outcome.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What goes on in the meetings of one source, in numbers. */
export type SourceNumbers = Awaited<ReturnType<typeof numbersBySource>>[number];

const waiting = parts
  .select({ meetingId: waits.meetingId, since: min(waits.startedAt).as("since") })
  .from(waits)
  .where(eq(waits.outcome, "waiting").inlineParams())
  .groupBy(waits.meetingId)
  .as("waiting");

/**
 * The numbers of every source that receives webhooks; the waits of those who left are counted from `today` on. One
 * statement, which reads what goes on and what left today by their indexes, and no past.
 */
export function numbersBySource(reader: Reader, today: Ms) {
  const going = parts
    .select({
      sourceId: meetings.sourceId,
      meetings: sql<number>`count(*)`.as("going_meetings"),
      present: sql<number>`sum(${meetings.presentCount})`.as("going_present"),
      waiting: sql<number>`sum(${meetings.waitingCount})`.as("going_waiting"),
      longestSince: sql<Ms | null>`min(${waiting.since})`.as("longest_since"),
    })
    .from(meetings)
    .leftJoin(waiting, eq(waiting.meetingId, meetings.id))
    .where(and(isNull(meetings.mergedInto), ne(meetings.status, "ended").inlineParams()))
    .groupBy(meetings.sourceId)
    .as("going");
  // By themselves, so that they are found by when they began: not by their rooms, nor by how they ended.
  const ofToday = parts
    .select({ roomId: waits.roomId, outcome: waits.outcome, returned: waits.returned })
    .from(waits)
    .where(gte(waits.startedAt, today))
    .offset(0)
    .as("of_today");
  const left = parts
    .select({ sourceId: rooms.sourceId, count: sql<number>`count(*)`.as("left_count") })
    .from(ofToday)
    .innerJoin(rooms, eq(rooms.id, ofToday.roomId))
    .where(leftBeforeAdmitted(ofToday))
    .groupBy(rooms.sourceId)
    .as("gave_up");
  return reader
    .select({
      id: sources.id,
      provider: sources.provider,
      name: sources.name,
      isDemo: sources.isDemo,
      isPaused: sql<boolean>`${sources.pausedAt} is not null`,
      meetings: sql<number>`coalesce(${going.meetings}, 0)::int`,
      present: sql<number>`coalesce(${going.present}, 0)::int`,
      waiting: sql<number>`coalesce(${going.waiting}, 0)::int`,
      longestSince: going.longestSince,
      leftToday: sql<number>`coalesce(${left.count}, 0)::int`,
      lastReceivedAt: deliveries.receivedAt,
    })
    .from(sources)
    .crossJoinLateral(latestOfSource)
    .leftJoin(deliveries, eq(deliveries.id, latestOfSource.id))
    .leftJoin(going, eq(going.sourceId, sources.id))
    .leftJoin(left, eq(left.sourceId, sources.id))
    .where(ne(sources.provider, IMPORT))
    .orderBy(sources.createdAt, sources.id);
}
