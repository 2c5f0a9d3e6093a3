import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { catchUps, sources } from "#db/schema/accounts.ts";
import { calendarEvents } from "#db/schema/calendar.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Total } from "#domain/lists/total.ts";
import type {
  CalendarOffer,
  CalendarState,
  OfferState,
} from "#domain/scheduled/calendar/calendar-event.ts";
import { LONGEST_SCHEDULED_MS } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What a list of what calendars have is narrowed to. */
export interface OfferFilter {
  source: string | null;
  state: OfferState | null;
  /** It is not over by then. */
  now: Ms;
}

const { sourceId, meeting, startsAt, endsAt, id, place, isCancelled, leftOutAt } = calendarEvents;
const OF_EVENT = and(
  eq(scheduledMeetings.sourceId, sourceId),
  eq(scheduledMeetings.calendarKey, meeting),
);
const isTaken = and(isNotNull(scheduledMeetings.id), isNull(scheduledMeetings.withdrawnAt));
// What was withdrawn here was left out, too.
const isLeftOut = or(isNotNull(scheduledMeetings.withdrawnAt), isNotNull(leftOutAt));
const stateOf = sql<OfferState>`case when ${isTaken} then 'taken'
  when ${isLeftOut} then 'left_out' else 'offered' end`;

const OFFER = {
  ...{ id, name: calendarEvents.name, startsAt, endsAt, isCancelled },
  source: sourceJson(),
  place: sql<string>`${place}`,
  invited: calendarEvents.invited,
  state: stateOf,
  scheduledId: sql<string | null>`case when ${isTaken} then ${scheduledMeetings.id} end`,
  leftOutBy: sql<string | null>`case when not coalesce(${isTaken}, false) then
    coalesce(case when ${scheduledMeetings.withdrawnAt} is not null then ${scheduledMeetings.by} end,
      ${calendarEvents.leftOutBy}) end`,
};

function conditionsOf({ source, state, now }: OfferFilter): SQL | undefined {
  return and(
    calendarEvents.isChosen,
    gt(endsAt, now),
    gt(startsAt, now - LONGEST_SCHEDULED_MS),
    isNotNull(place),
    gt(endsAt, startsAt),
    lte(endsAt, sql`${startsAt} + ${LONGEST_SCHEDULED_MS}::bigint`),
    // What does not take place is offered to nobody.
    or(sql`not ${isCancelled}`, isTaken),
    source === null ? undefined : ofSource(sourceId, source),
    state === null ? undefined : eq(stateOf, state),
  );
}

/** What calendars have, by its start (with a `previous` cursor: the rows before it, nearest first). */
export async function listOffers(
  reader: Reader,
  filter: OfferFilter,
  cursor: ListCursor<Pick<CalendarOffer, "startsAt" | "id">> | null,
  limit: number,
): Promise<CalendarOffer[]> {
  const isBack = cursor?.direction === "previous";
  const direction = isBack ? desc : asc;
  const row = sql`(${startsAt}, ${id})`;
  const key = cursor && sql`(${cursor.key.startsAt}::bigint, ${cursor.key.id}::uuid)`;
  return reader
    .select(OFFER)
    .from(calendarEvents)
    .innerJoin(sources, eq(sources.id, sourceId))
    .leftJoin(scheduledMeetings, OF_EVENT)
    .where(
      and(
        conditionsOf(filter),
        key === null ? undefined : isBack ? sql`${row} < ${key}` : sql`${row} > ${key}`,
      ),
    )
    .orderBy(direction(startsAt), direction(id))
    .limit(limit);
}

/** How many a list of what calendars have has. One statement. */
export async function countOffers(reader: Reader, filter: OfferFilter): Promise<Total> {
  const found = parts
    .select({ id })
    .from(calendarEvents)
    .leftJoin(scheduledMeetings, OF_EVENT)
    .where(conditionsOf(filter))
    .limit(COUNTED_LIMIT);
  return countOf(reader, found.getSQL());
}

/** How the calendars of each source that has any were last read. */
export async function calendarStates(reader: Reader): Promise<CalendarState[]> {
  return reader
    .select({
      source: sourceJson(),
      takesAll: sources.takesCalendar,
      readAt: catchUps.calendarAt,
      problem: catchUps.calendarProblem,
    })
    .from(catchUps)
    .innerJoin(sources, eq(sources.id, catchUps.sourceId))
    .where(
      and(
        isNotNull(sources.sealedApiKey),
        sql`exists (select from ${calendarEvents} where ${eq(sourceId, sources.id)})`,
      ),
    )
    .orderBy(asc(sources.name), asc(sources.id));
}

/** The scheduled meetings that were made of these events, and stand. */
export async function takenOf(
  reader: Pick<Reader, "select">,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await reader
    .select({ id: scheduledMeetings.id })
    .from(calendarEvents)
    .innerJoin(scheduledMeetings, OF_EVENT)
    .where(and(isOneOf(id, ids), isNull(scheduledMeetings.withdrawnAt)));
  return rows.map((one) => one.id);
}
