import { type SQL, sql } from "drizzle-orm";
import { column } from "#db/array.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import { leftBeforeAdmitted, reallyLost } from "#db/wait-outcome.ts";
import type { Ms } from "#domain/event.ts";
import { SAME_TRY_MS } from "#domain/history/people-left.ts";
import type { Shown } from "#domain/history/waiting-page.ts";
import type { Stretch } from "#domain/history/week-hours.ts";
import type { Outcome } from "#domain/wait.ts";

/** Which waits are looked at, by when they began and where; `null` leaves a thing open. */
export interface WaitScope {
  source: string | null;
  room: string | null;
  /** `to` is not part of it. */
  from: Ms | null;
  to: Ms | null;
}

/** Which of them are listed. */
export interface WaitSelection extends WaitScope {
  shown: Shown;
  /** How they ended; `null` for any way. */
  outcome: Outcome | null;
  /** What is longer than that is `late`. */
  targetMs: Ms;
  /** An hour of the week, in a zone of these stretches. */
  weekHour: { hour: number; stretches: readonly Stretch[] } | null;
}

/** What rows of `waits w` have to meet to be in the scope. */
export function scopeConditions(scope: WaitScope): SQL[] {
  const conditions = timeConditions(scope);
  const rooms = roomsOf(scope);
  if (rooms !== null) {
    const { room } = scope;
    const ids = sql`select r.id from rooms r where ${rooms}`;
    // One room is looked up before, so that only its part of the index is read.
    conditions.push(
      room === null ? sql`w.room_id in (${ids})` : sql`w.room_id = any(array(${ids}))`,
    );
  }
  return conditions;
}

function timeConditions({ from, to }: WaitScope): SQL[] {
  const conditions: SQL[] = [];
  if (from !== null) conditions.push(sql`w.started_at >= ${from}`);
  if (to !== null) conditions.push(sql`w.started_at < ${to}`);
  return conditions;
}

/** What rooms `r` of the scope have to meet; `null` where all are in it. */
export function roomsOf({ source, room }: WaitScope): SQL | null {
  const conditions: SQL[] = [];
  if (source !== null) {
    conditions.push(isMeetingId(source) ? sql`r.source_id = ${source}::uuid` : sql`false`);
  }
  if (room !== null) conditions.push(sql`r.key = ${room}`);
  return conditions.length === 0 ? null : sql.join(conditions, sql` and `);
}

/** What rows of `waits w` have to meet to be selected, apart from the room where one is asked for. */
export function selectionConditions(selection: WaitSelection): SQL[] {
  const { room, shown, outcome, targetMs, weekHour } = selection;
  const scope = room === null ? scopeConditions(selection) : timeConditions(selection);
  const conditions = [...scope, ...shownConditions(shown, targetMs)];
  if (outcome !== null) conditions.push(endedAs(outcome));
  if (weekHour !== null) conditions.push(inWeekHour(weekHour.hour, weekHour.stretches));
  return conditions;
}

/**
 * Whether a wait `w` ended so, its person's return to a later meeting of the day considered. Written out, or a
 * statement that is planned once would not know that an index holds just these.
 */
function endedAs(outcome: Outcome): SQL {
  return sql.raw(
    outcome === "came_back"
      ? "(w.returned or w.outcome = 'came_back')"
      : `w.outcome = '${outcome}' and not w.returned`,
  );
}

export const LOST = reallyLost("w");

/** Whether a wait `w` ended when an operator said it did, as `isEndSaid` has it. Looked up of what is inferred. */
export const IS_SAID = sql.raw(`coalesce(case when w.inferred then (
    select true from attendances a cross join jsonb_to_recordset(a.waits) as told (
      "participantId" text, "startedAt" bigint, "overBy" bigint, ruling text)
    where a.meeting_id = w.meeting_id and a.person_id = w.person_id
      and told."participantId" = w.participant_id and told."startedAt" = w.started_at
      and told.ruling is not null and told."overBy" is null limit 1)
  end, false)`);

/** Who somebody is in a room over its meetings: a guest is known by the name alone. Of rows of `waits`. */
export function personOf(alias: string): SQL {
  return sql.raw(`case when ${alias}.person_id like 'c:%' and ${alias}.name is not null
    then 'n:' || lower(${alias}.name) else ${alias}.person_id end`);
}

/** A lost wait after which its person did not give up in the same room again within a day. */
const LAST_OF_LOST = sql`${LOST} and not exists (
  select from waits o where o.room_id = w.room_id and o.outcome = 'left' and not o.returned
    and o.started_at between w.started_at and w.started_at + ${SAME_TRY_MS}::bigint
    and (o.started_at, o.participant_id) > (w.started_at, w.participant_id)
    and ${personOf("o")} = ${personOf("w")})`;

function shownConditions(shown: Shown, targetMs: Ms): SQL[] {
  switch (shown) {
    case "all":
      return [];
    case "lost":
      return [LAST_OF_LOST];
    case "late":
      return [sql`w.outcome = 'admitted' and w.ended_at - w.started_at > ${targetMs}::bigint`];
    case "left":
      return [leftBeforeAdmitted("w")];
    case "came_back":
    case "admitted":
    case "short":
    case "unknown":
    case "waiting":
      return [endedAs(shown)];
    default:
      return shown satisfies never;
  }
}

/** The stretches as a table of `(from, to, offset_ms)`. */
export function stretchTable(stretches: readonly Stretch[]): SQL {
  return sql`unnest(
    ${column("bigint", stretches, ({ from }) => from)},
    ${column("bigint", stretches, ({ to }) => to)},
    ${column("bigint", stretches, ({ offsetMs }) => offsetMs)}
  ) as z ("from", "to", offset_ms)`;
}

/** Which hour of the local week a moment is in, as `weekHourOf` has it. */
export function weekHour(at: SQL): SQL {
  return sql`((${at} + z.offset_ms) / 3600000 + 72) % 168`;
}

/** Whether a wait `w` began in an hour of the local week. */
export function inWeekHour(hour: number, stretches: readonly Stretch[]): SQL {
  return sql`exists (
    select from ${stretchTable(stretches)}
    where w.started_at >= z."from" and w.started_at < z."to"
      and ${weekHour(sql`w.started_at`)} = ${hour}::bigint)`;
}
