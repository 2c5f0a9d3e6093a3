import { and, asc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { deliveries, unprojected } from "#db/schema/facts.ts";
import { scheduledMeetings, statements } from "#db/schema/operators.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { PSEUDONYM_OF_CONNECTION } from "#domain/privacy/erasure/pseudonyms.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Where the next meetings are read from; `null` at the first. */
export interface MeetingCursor {
  firstAt: Ms;
  id: string;
}

/** A meeting whose people are to be erased. */
export interface OldMeeting extends MeetingCursor {
  roomId: number;
  seq: number;
}

/** The connections of an attendance that have no pseudonym yet. */
const isNamed = sql`exists (select from unnest(${attendances.participantIds}) as connection
  where connection !~ ${sql.raw(`'${PSEUDONYM_OF_CONNECTION}'`)})`;

/** A host who removed the observing bot is called by name. */
const isRemovedBy = sql`coalesce(${meetings.observer} ->> 'by' !~ '^(Erased person|Guest [*])', false)`;

/** Meetings that ended before a moment, and name somebody. */
function isOld(sourceId: string, before: Ms): SQL | undefined {
  const named = parts
    .select({ id: attendances.meetingId })
    .from(attendances)
    .where(and(eq(attendances.meetingId, meetings.id), isNamed));
  return and(
    eq(meetings.sourceId, sourceId),
    eq(meetings.status, "ended"),
    isNull(meetings.mergedInto),
    isNull(meetings.erasedAt),
    lt(meetings.firstAt, before),
    sql`greatest(${meetings.endedAt}, ${meetings.tipAt}, ${meetings.lastOutAt}) < ${before}::bigint`,
    or(sql`exists ${named}`, isRemovedBy),
  );
}

/** The next meetings of a source that ended before a moment and name somebody, earliest first. */
export async function oldMeetings(
  orm: Pick<Orm, "select">,
  sourceId: string,
  before: Ms,
  after: MeetingCursor | null,
  limit: number,
): Promise<OldMeeting[]> {
  const { id, roomId, seq } = meetings;
  const firstAt = sql<Ms>`${meetings.firstAt}::float8`;
  return orm
    .select({ id, roomId, seq, firstAt })
    .from(meetings)
    .where(
      and(
        isOld(sourceId, before),
        after === null
          ? undefined
          : sql`(${meetings.firstAt}, ${id}) > (${after.firstAt}::bigint, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(meetings.firstAt), asc(id))
    .limit(limit);
}

/** How many meetings of a source ended before a moment and name somebody, and how many attendances these have. */
export async function countOldMeetings(
  reader: Reader,
  sourceId: string,
  before: Ms,
): Promise<{ meetings: number; people: number }> {
  const old = parts
    .select({ id: meetings.id, people: meetings.peopleCount })
    .from(meetings)
    .where(isOld(sourceId, before))
    .as("old");
  const [row] = await reader
    .select({
      meetings: sql<number>`count(*)::int`,
      people: sql<number>`coalesce(sum(${old.people}), 0)::int`,
    })
    .from(old);
  return row ?? { meetings: 0, people: 0 };
}

/**
 * Deliveries of a source that gave no event, came before a moment and still have a body: speech, chat, what was not
 * read. At most `limit`.
 */
export async function oldSilent(
  tx: Transaction,
  sourceId: string,
  before: Ms,
  limit: number,
): Promise<number[]> {
  const isWaiting = tx
    .select({ id: unprojected.deliveryId })
    .from(unprojected)
    .where(eq(unprojected.deliveryId, deliveries.id));
  const rows = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.sourceId, sourceId),
        sql`${deliveries.status} <> 'recorded'`,
        lt(deliveries.receivedAt, new Date(before)),
        sql`octet_length(${deliveries.body}) > 0`,
        sql`not exists ${isWaiting}`,
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Scheduled meetings of a source that ended before a moment and still name who was expected, earliest first. */
export async function oldScheduled(
  tx: Transaction,
  sourceId: string,
  before: Ms,
  limit: number,
): Promise<string[]> {
  const { id, endsAt, erasedAt } = scheduledMeetings;
  const rows = await tx
    .select({ id })
    .from(scheduledMeetings)
    .where(and(eq(scheduledMeetings.sourceId, sourceId), lt(endsAt, before), isNull(erasedAt)))
    .orderBy(asc(endsAt), asc(id))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Erases the facts of statements about a source whose last meeting ended before a moment; their hashes stay. */
export async function eraseOldStatements(
  tx: Transaction,
  sourceId: string,
  before: Ms,
  now: Ms,
): Promise<string[]> {
  const isOfSource = tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.sourceId, sourceId), sql`${rooms.id} = any(${statements.roomIds})`));
  const isYounger = sql`exists (select from jsonb_array_elements(${statements.facts} -> 'meetings') as m
    where coalesce(m ->> 'ended_at', m ->> 'last_left_at', m ->> 'first_joined_at', '9') >= ${new Date(before).toISOString()})`;
  const rows = await tx
    .update(statements)
    .set({ facts: null, erasedAt: now })
    .where(
      and(sql`${statements.facts} is not null`, sql`exists ${isOfSource}`, sql`not ${isYounger}`),
    )
    .returning({ hash: statements.hash });
  return rows.map(({ hash }) => hash);
}
