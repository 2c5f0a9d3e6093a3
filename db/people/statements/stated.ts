import { and, eq, gte, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { IN_ROOM, SPAN } from "#db/meetings/meeting.ts";
import { withJoinedParts } from "#db/people/attended.ts";
import { sources } from "#db/schema/accounts.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Reader } from "#db/sql/orm.ts";
import { OUTCOME } from "#db/waits/wait-outcome.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { StatedAttendanceFacts, StatedMeetingFacts } from "#domain/people/statements/facts.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A person in a meeting, named by one of their connections there. */
export interface StatedAttendee {
  meetingId: string;
  participantId: string;
}

/**
 * Where a person over all meetings (by their row of `people`) first appeared within `[from, to)`, in meetings
 * that have ended, in order of time; at most `limit`. One statement.
 */
export async function attendedBetween(
  reader: Reader,
  personRow: string,
  { from, to }: { from: Ms; to: Ms },
  limit: number,
): Promise<StatedAttendee[]> {
  const joinedParts = withJoinedParts([personRow]);
  const { identity, firstAt, meetingId, personId, participantIds } = attendances;
  return reader
    .with(joinedParts)
    .select({ meetingId, participantId: sql<string>`${participantIds}[1]` })
    .from(joinedParts)
    .innerJoin(
      attendances,
      and(eq(identity, joinedParts.identity), gte(firstAt, from), lt(firstAt, to)),
    )
    .innerJoin(
      meetings,
      and(eq(meetings.id, meetingId), eq(meetings.status, "ended").inlineParams()),
    )
    .orderBy(firstAt, meetingId, personId)
    .limit(limit);
}

/** What the projections of today say of a person in a meeting. */
export interface StatedNow extends StatedAttendee {
  roomId: number;
  meeting: StatedMeetingFacts & { status: MeetingStatus };
  person: StatedAttendanceFacts;
}

/**
 * What the projections of today say of people named by a meeting, which may have become part of another
 * since, and a connection. People who no longer exist are left out. One statement.
 */
export async function statedNow(
  reader: Reader,
  named: readonly StatedAttendee[],
): Promise<StatedNow[]> {
  const { meetingId } = attendances;
  const columns = { meetingId, participantId: waits.participantId };
  const { from, of } = unnested("n", columns, named);
  const originalMeeting = alias(meetings, "original_meeting");
  const wait = jsonObject({
    participantId: waits.participantId,
    startedAt: waits.startedAt,
    endedAt: waits.endedAt,
    outcome: OUTCOME,
    inferred: waits.inferred,
  });
  const ownWaits = parts
    .select({ all: sql`json_agg(${wait} order by ${waits.startedAt}, ${waits.participantId})` })
    .from(waits)
    .where(and(eq(waits.meetingId, meetingId), eq(waits.personId, attendances.personId)));
  return reader
    .select({
      meetingId: of.meetingId,
      participantId: of.participantId,
      roomId: meetings.roomId,
      meeting: {
        id: meetings.id,
        provider: sources.provider,
        source: sources.name,
        isDemo: sources.isDemo,
        ...IN_ROOM,
        ...SPAN,
        endedBy: meetings.endedBy,
        graceMs: sources.graceMs,
      },
      person: {
        name: attendances.name,
        userId: attendances.userId,
        participantIds: attendances.participantIds,
        firstJoinedAt: attendances.firstJoinedAt,
        lastLeftAt: attendances.lastLeftAt,
        attendedMs: attendances.attendedMs,
        visits: attendances.visits,
        tenures: attendances.tenures,
        waits: sql<StatedAttendanceFacts["waits"]>`coalesce(${ownWaits}, '[]')`,
      },
    })
    .from(from)
    .innerJoin(originalMeeting, eq(originalMeeting.id, of.meetingId))
    .innerJoin(
      meetings,
      eq(meetings.id, sql`coalesce(${originalMeeting.mergedInto}, ${originalMeeting.id})`),
    )
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .innerJoin(
      attendances,
      and(
        eq(meetingId, meetings.id),
        sql`${of.participantId} = any(${attendances.participantIds})`,
      ),
    );
}
