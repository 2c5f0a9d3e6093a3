import { and, between, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { events } from "#db/schema/facts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";

interface InRoom {
  room: string;
  events: readonly MeetingEvent[];
}

/** Whether an event of a room was told before: of the same kind, moment and connection, whatever else it said. */
export type IsTold = (room: string, event: MeetingEvent) => boolean;

/** What was told before, among events that were found in rooms of a source. One statement. */
export async function toldBefore(
  reader: Reader,
  sourceId: string,
  found: readonly InRoom[],
): Promise<IsTold> {
  const moments = found.flatMap(({ events: own }) => own.map(({ at }) => at));
  if (moments.length === 0) return () => false;
  const { type, at, participantId } = events;
  // Several bots may have watched one meeting: then it is in the room of one of them.
  const own = alias(rooms, "own");
  const reportedIn = sql<string>`coalesce(${events.data} ->> 'observer', ${own.key})`;
  const rows = await reader
    .select({ room: reportedIn, type, at, participantId })
    .from(rooms)
    .innerJoin(own, eq(own.id, sql`coalesce(${rooms.joinedTo}, ${rooms.id})`))
    .innerJoin(meetings, eq(meetings.roomId, own.id))
    .innerJoin(events, eq(events.meetingId, meetings.id))
    .where(
      and(
        eq(rooms.sourceId, sourceId),
        isOneOf(rooms.key, [...new Set(found.map(({ room }) => room))]),
        isNull(meetings.mergedInto),
        between(at, least(moments), greatest(moments)),
      ),
    );
  const told = new Set(rows.map((row) => nameOf(row.room, row)));
  return (room, event) => {
    const connection = isAboutParticipant(event) ? event.participantId : null;
    return told.has(nameOf(room, { type: event.type, at: event.at, participantId: connection }));
  };
}

function nameOf(
  room: string,
  { type, at, participantId }: { type: string; at: number; participantId: string | null },
): string {
  return JSON.stringify([room, type, at, participantId]);
}

function least(moments: readonly number[]): number {
  return moments.reduce((a, b) => Math.min(a, b));
}

function greatest(moments: readonly number[]): number {
  return moments.reduce((a, b) => Math.max(a, b));
}
