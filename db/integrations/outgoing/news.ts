import { and, asc, eq, isNotNull, isNull, lte, or, type SQLWrapper, sql } from "drizzle-orm";
import { eventName, wasHost } from "#db/meetings/bots.ts";
import { RECORD_COLUMNS } from "#db/meetings/meeting.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { toldMeetings } from "#db/schema/outgoing.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import { isOneOf, unnested, upsert } from "#db/sql/batch.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import type { ToldAdmission, ToldHost } from "#domain/integrations/outgoing/of-meeting.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";

/*
 * What other systems were not told of yet. The events of a meeting are numbered without holes and appended under the lock
 * of its room, so whoever reads all after a number misses none, also of a transaction that commits later.
 */

/** A meeting as it is, beside what was told of it: `told` is `null` before anything was. */
export type ChangedMeeting = Awaited<ReturnType<typeof changedMeetings>>[number];

/** Of a meeting something is to be told, beside its cursor. */
function isToBeTold() {
  const { seq, startedAt, endedAt, mergedInto } = meetings;
  const differs = (is: SQLWrapper, was: SQLWrapper) => sql`${is} is distinct from ${was}`;
  return or(
    isNull(toldMeetings.meetingId),
    sql`${seq} <> ${toldMeetings.seq}`,
    differs(startedAt, toldMeetings.startedAt),
    differs(endedAt, toldMeetings.endedAt),
    differs(mergedInto, toldMeetings.mergedInto),
  );
}

/** All meetings of which something is to be told, earliest first. Looks at every meeting there is. */
export async function changedIds(reader: Reader): Promise<string[]> {
  const rows = await reader
    .select({ id: meetings.id })
    .from(meetings)
    .leftJoin(toldMeetings, eq(toldMeetings.meetingId, meetings.id))
    .where(isToBeTold())
    .orderBy(asc(meetings.firstAt), asc(meetings.id));
  return rows.map(({ id }) => id);
}

/** The meetings of these of which something is to be told. */
export function changedMeetings(reader: Reader, ids: readonly string[]) {
  const { seq, startedAt, endedAt, mergedInto } = meetings;
  return reader
    .select({
      ...{ id: meetings.id, sourceId: meetings.sourceId, roomId: meetings.roomId },
      ...{ seq, startedAt, endedAt, mergedInto },
      told: {
        meetingId: toldMeetings.meetingId,
        seq: toldMeetings.seq,
        startedAt: toldMeetings.startedAt,
        endedAt: toldMeetings.endedAt,
        mergedInto: toldMeetings.mergedInto,
        attendanceDueAt: toldMeetings.attendanceDueAt,
        attendanceTold: toldMeetings.attendanceTold,
      },
    })
    .from(meetings)
    .leftJoin(toldMeetings, eq(toldMeetings.meetingId, meetings.id))
    .where(and(isOneOf(meetings.id, ids), isToBeTold()))
    .orderBy(asc(meetings.firstAt), asc(meetings.id));
}

/** A recorded event with the body of its delivery, where its source is one of those whose bodies say more. */
export async function eventsToTell(
  reader: Reader,
  ranges: readonly { id: string; from: number }[],
  sayingMore: string,
) {
  const { from, of } = unnested("n", { id: events.meetingId, from: events.seq }, ranges);
  const rows = await reader
    .select({
      ...RECORD_COLUMNS,
      name: eventName(sql`${meetings.sourceId}`),
      wasHost: wasHost(),
      body: deliveries.body,
    })
    .from(from)
    .innerJoin(events, and(eq(events.meetingId, of.id), sql`${events.seq} >= ${of.from}`))
    .innerJoin(meetings, eq(meetings.id, events.meetingId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .leftJoin(
      deliveries,
      and(
        eq(deliveries.id, events.deliveryId),
        eq(sources.provider, sayingMore),
        isNotNull(events.participantId),
      ),
    )
    .orderBy(events.meetingId, events.seq);
  return rows.map(({ at, ...row }) => ({ ...row, at: toWireTime(at) }));
}

/** The waits of meetings that ended with an admission since then. */
export function admissionsIn(
  reader: Reader,
  meetingIds: readonly string[],
  since: Ms,
): Promise<(ToldAdmission & { meetingId: string })[]> {
  return reader
    .select({
      meetingId: waits.meetingId,
      participantId: waits.participantId,
      personId: waits.personId,
      name: waits.name,
      startedAt: waits.startedAt,
      endedAt: sql<Ms>`${waits.endedAt}`.mapWith(Number),
    })
    .from(waits)
    .where(
      and(
        isOneOf(waits.meetingId, meetingIds),
        eq(waits.outcome, "admitted"),
        sql`${waits.endedAt} > ${since}`,
      ),
    )
    .orderBy(waits.endedAt, waits.participantId);
}

/** Everybody who was host in some meetings. */
export function hostsIn(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<(ToldHost & { meetingId: string })[]> {
  const { meetingId, personId, name, tenures } = attendances;
  return reader
    .select({ meetingId, personId, name, tenures })
    .from(attendances)
    .where(and(isOneOf(meetingId, meetingIds), sql`${tenures} <> '[]'::jsonb`))
    .orderBy(meetingId, personId);
}

/** Notes up to where meetings were told. */
export async function noteTold(
  orm: Pick<Orm, "execute">,
  rows: readonly (typeof toldMeetings.$inferInsert)[],
): Promise<void> {
  await upsert(orm, toldMeetings, rows);
}

/** The meetings whose attendance is to be told by now, those that wait longest first. */
export function attendancesDue(reader: Reader, now: Ms, limit: number) {
  return reader
    .select()
    .from(toldMeetings)
    .where(lte(toldMeetings.attendanceDueAt, now))
    .orderBy(toldMeetings.attendanceDueAt)
    .limit(limit);
}
