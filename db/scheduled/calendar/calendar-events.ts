import { and, eq, gt, lt, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Transaction } from "#db/connection/session.ts";
import { calendarEvents } from "#db/schema/calendar.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import { excluded, isOneOf, upsert } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { CalendarEvent } from "#domain/scheduled/calendar/calendar-event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A calendar's meeting is kept until so long after its end. */
const KEPT_MS: Ms = 24 * 3_600_000;

const { name, place, startsAt, endsAt, invited, isCancelled, meeting, changedAt } = calendarEvents;
const isNews = sql`${excluded(changedAt)} >= ${changedAt}`;
/** Of a meeting of which somebody was erased its name and its people stay as they are. */
const isReadable = sql`${isNews} and not ${calendarEvents.isErased}`;
const WHERE_NEWER = {
  id: calendarEvents.id,
  name: sql`case when ${isReadable} then ${excluded(name)} else ${name} end`,
  invited: sql`case when ${isReadable} then ${excluded(invited)} else ${invited} end`,
  place: sql`case when ${isNews} then ${excluded(place)} else ${place} end`,
  startsAt: sql`case when ${isNews} then ${excluded(startsAt)} else ${startsAt} end`,
  endsAt: sql`case when ${isNews} then ${excluded(endsAt)} else ${endsAt} end`,
  isCancelled: sql`case when ${isNews} then ${excluded(isCancelled)} else ${isCancelled} end`,
  meeting: sql`case when ${isNews} then ${excluded(meeting)} else ${meeting} end`,
  changedAt: sql`greatest(${excluded(changedAt)}, ${changedAt})`,
};

/** Keeps what was read of calendars; what is older than what is kept only counts as read. */
export async function keepEvents(
  tx: Transaction,
  sourceId: string,
  events: readonly CalendarEvent[],
  now: Ms,
): Promise<void> {
  const latest = new Map(
    events.toSorted((a, b) => a.changedAt - b.changedAt).map((event) => [event.key, event]),
  );
  const rows = [...latest.values()].map((event) => ({
    ...{ id: uuid(), sourceId, key: event.key, meeting: event.meeting, name: event.name },
    ...{ place: event.place, startsAt: event.startsAt, endsAt: event.endsAt },
    ...{ invited: event.invited, isCancelled: event.isCancelled, changedAt: event.changedAt },
    readAt: now,
  }));
  await upsert(tx, calendarEvents, rows, WHERE_NEWER);
  await choose(tx, sourceId, [...new Set(events.map((event) => event.meeting))]);
}

/**
 * Of a meeting that several calendars have, the one that was changed last stands for it; it is cancelled where all say
 * so. What was left out, and whose people were erased, is so in all of them.
 */
async function choose(tx: Transaction, sourceId: string, meetings: readonly string[]) {
  if (meetings.length === 0) return;
  const { key, leftOutBy, leftOutAt, isErased } = calendarEvents;
  const isTheirs = and(eq(calendarEvents.sourceId, sourceId), isOneOf(meeting, meetings));
  const all = tx
    .select({
      meeting: sql<string>`${meeting}`.as("of_meeting"),
      key: sql<string>`(array_agg(${key} order by ${isCancelled}, ${changedAt} desc, ${key}))[1]`.as(
        "chosen",
      ),
      leftOutBy: sql<string>`(array_agg(${leftOutBy} order by ${leftOutAt} desc nulls last))[1]`.as(
        "out_by",
      ),
      leftOutAt: sql<Ms>`max(${leftOutAt})`.as("out_at"),
      isErased: sql<boolean>`bool_or(${isErased})`.as("any_erased"),
    })
    .from(calendarEvents)
    .where(isTheirs)
    .groupBy(meeting)
    .as("copies");
  const isFresh = sql`${all.isErased} and not ${isErased}`;
  await tx
    .update(calendarEvents)
    .set({
      isChosen: sql`${calendarEvents.key} = ${all.key}`,
      ...{ leftOutBy: sql`${all.leftOutBy}`, leftOutAt: sql`${all.leftOutAt}` },
      isErased: sql`${all.isErased}`,
      name: sql`case when ${isFresh} then null else ${name} end`,
      invited: sql`case when ${isFresh} then '[]'::jsonb else ${invited} end`,
    })
    .from(all)
    .where(and(isTheirs, eq(meeting, all.meeting)));
}

/** Forgets what is over; and, after everything was read again, what calendars have no more. */
export async function forgetEvents(
  tx: Transaction,
  sourceId: string,
  { now, goneSince }: { now: Ms; goneSince: Ms | null },
): Promise<void> {
  const { readAt } = calendarEvents;
  const own = eq(calendarEvents.sourceId, sourceId);
  await tx.delete(calendarEvents).where(and(own, lt(endsAt, now - KEPT_MS)));
  if (goneSince === null) return;
  const gone = await tx
    .delete(calendarEvents)
    .where(and(own, lt(readAt, goneSince)))
    .returning({ meeting });
  await choose(tx, sourceId, [...new Set(gone.map((row) => row.meeting))]);
}

/** Forgets everything that was read of the calendars of a source: nobody asks for it any more. */
export async function forgetCalendars(orm: Pick<Orm, "delete">, sourceId: string): Promise<void> {
  await orm.delete(calendarEvents).where(eq(calendarEvents.sourceId, sourceId));
}

/** Whether the calendars of a source have anything. */
export async function hasEvents(orm: Pick<Orm, "select">, sourceId: string): Promise<boolean> {
  const found = await orm
    .select({ id: calendarEvents.id })
    .from(calendarEvents)
    .where(eq(calendarEvents.sourceId, sourceId))
    .limit(1);
  return found.length > 0;
}

/** Leaves meetings out, or offers them again. Answers how many that changed. */
export async function leaveOut(
  orm: Pick<Orm, "update" | "select">,
  ids: readonly string[],
  by: string | null,
  now: Ms,
): Promise<number> {
  const asked = orm
    .select({ sourceId: calendarEvents.sourceId, meeting })
    .from(calendarEvents)
    .where(isOneOf(calendarEvents.id, ids));
  const changed = await orm
    .update(calendarEvents)
    .set({ leftOutBy: by, leftOutAt: by === null ? null : now })
    .where(
      and(
        sql`(${calendarEvents.sourceId}, ${meeting}) in ${asked}`,
        sql`(${calendarEvents.leftOutAt} is null) = ${by !== null}`,
      ),
    )
    .returning({ isChosen: calendarEvents.isChosen });
  return changed.filter(({ isChosen }) => isChosen).length;
}

/** A meeting of a calendar as it is followed. */
export interface ChosenEvent
  extends Pick<
    CalendarEvent,
    "name" | "place" | "startsAt" | "endsAt" | "invited" | "isCancelled"
  > {
  sourceId: string;
  meeting: string;
}

const CHOSEN = {
  ...{ sourceId: calendarEvents.sourceId, meeting, name, place, startsAt, endsAt, invited },
  isCancelled,
};

/** What stands for the meetings of these events, whichever calendar each is of. */
export async function chosenOf(
  orm: Pick<Orm, "select">,
  ids: readonly string[],
): Promise<ChosenEvent[]> {
  const asked = orm
    .select({ sourceId: calendarEvents.sourceId, meeting })
    .from(calendarEvents)
    .where(isOneOf(calendarEvents.id, ids));
  return orm
    .select(CHOSEN)
    .from(calendarEvents)
    .where(and(calendarEvents.isChosen, sql`(${calendarEvents.sourceId}, ${meeting}) in ${asked}`))
    .orderBy(startsAt, calendarEvents.id);
}

/** What the calendars of a source have that is not over; of these meetings, or of all. */
export async function chosenIn(
  orm: Pick<Orm, "select">,
  sourceId: string,
  meetings: readonly string[] | null,
  now: Ms,
): Promise<(ChosenEvent & { isLeftOut: boolean; isTaken: boolean })[]> {
  const { sourceId: ofSource, calendarKey } = scheduledMeetings;
  const isTaken = and(eq(ofSource, calendarEvents.sourceId), eq(calendarKey, meeting));
  return orm
    .select({
      ...CHOSEN,
      isLeftOut: sql<boolean>`${calendarEvents.leftOutAt} is not null`,
      isTaken: sql<boolean>`exists (select from ${scheduledMeetings} where ${isTaken})`,
    })
    .from(calendarEvents)
    .where(
      and(
        calendarEvents.isChosen,
        eq(calendarEvents.sourceId, sourceId),
        gt(endsAt, now),
        meetings === null ? undefined : isOneOf(meeting, meetings),
      ),
    )
    .orderBy(startsAt, calendarEvents.id);
}
