import { and, asc, eq, sql } from "drizzle-orm";
import { deliveries, events } from "#db/schema/facts.ts";
import { attendances } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { EventData } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An event about somebody, with the delivery that reported it; without one where that is not stored or not seen. */
export interface HeldEvent {
  meetingId: string;
  seq: number;
  type: string;
  at: Ms;
  participantId: string | null;
  data: EventData;
  deliveryId: number | null;
  receivedAt: Date | null;
  body: Buffer | null;
}

/** Everything that was recorded of people in meetings, in order. One statement. */
export async function eventsHeld(
  reader: Reader,
  identities: readonly string[],
  meetingIds: readonly string[],
): Promise<HeldEvent[]> {
  const { meetingId, seq, type, at, participantId, data } = events;
  return reader
    .select({
      ...{ meetingId, seq, type, at, participantId, data },
      ...{ deliveryId: deliveries.id, receivedAt: deliveries.receivedAt, body: deliveries.body },
    })
    .from(attendances)
    .innerJoin(
      events,
      and(
        eq(meetingId, attendances.meetingId),
        sql`${participantId} = any(${attendances.participantIds})`,
      ),
    )
    .leftJoin(deliveries, eq(deliveries.id, events.deliveryId))
    .where(
      and(isOneOf(attendances.identity, identities), isOneOf(attendances.meetingId, meetingIds)),
    )
    .orderBy(asc(meetingId), asc(seq));
}
