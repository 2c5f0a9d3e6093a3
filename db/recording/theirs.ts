import { and, eq, type SQL, sql } from "drizzle-orm";
import { events } from "#db/schema/facts.ts";
import { attendances } from "#db/schema/projected.ts";

/** The events of an attendance: those of its connections. */
export function isTheirs(): SQL | undefined {
  return and(
    eq(events.meetingId, attendances.meetingId),
    sql`${events.participantId} = any(${attendances.participantIds})`,
  );
}
