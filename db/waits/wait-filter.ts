import { and, between, eq, exists, gte, inArray, lt, notExists, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { rooms, waits } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import { SAME_TRY_MS } from "#domain/people/people-left.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { FollowUpFilter } from "#domain/waits/handling.ts";
import type { WaitingTab } from "#domain/waits/waiting-page.ts";
import type { OffsetPeriod } from "#domain/waits/week-hours.ts";
import { isFollowedUp } from "./handling.ts";
import { hasOutcome, leftBeforeAdmitted, reallyLost } from "./wait-outcome.ts";

/** Which waits count, by when they began and where; `null` for no limit. */
export interface WaitScope {
  source: string | null;
  /** Ids of sources, of which it must be one. */
  sourceIds?: readonly string[] | null;
  room: string | null;
  /** `to` is exclusive. */
  from: Ms | null;
  to: Ms | null;
  /** Times in which rooms are closed: a wait that began then does not count. */
  closed?: readonly ClosedTime[];
}

/** `[from, to)` in which a room is closed. */
export interface ClosedTime {
  roomId: number;
  from: Ms;
  to: Ms;
}

/** Which of the waits in a scope are listed. */
export interface WaitSelection extends WaitScope {
  shown: WaitingTab;
  /** The outcome; `null` for any. */
  outcome: Outcome | null;
  /** What came of following up; `null` for any. */
  followUp: FollowUpFilter | null;
  /** A wait longer than this is `late`. */
  targetMs: Ms;
  /** An hour of the week, in a zone with these offset periods. */
  weekHour: { hour: number; stretches: readonly OffsetPeriod[] } | null;
}

/** The conditions on rows of `waits` in the scope. */
export function scopeConditions(scope: WaitScope): SQL[] {
  const conditions = timeConditions(scope);
  const roomCondition = roomsOf(scope);
  if (roomCondition !== undefined) {
    const ids = parts.select({ id: rooms.id }).from(rooms).where(roomCondition);
    // The rooms of one key are looked up first, so that only their part of the index is read.
    conditions.push(
      scope.room === null ? inArray(waits.roomId, ids) : sql`${waits.roomId} = any(array${ids})`,
    );
  }
  return conditions;
}

function timeConditions({ from, to, closed = [] }: WaitScope): SQL[] {
  const conditions: SQL[] = [];
  if (from !== null) conditions.push(gte(waits.startedAt, from));
  if (to !== null) conditions.push(lt(waits.startedAt, to));
  if (closed.length > 0) conditions.push(notExists(closedWhile(closed)));
  return conditions;
}

/** The times in which its room was closed as a wait began. */
function closedWhile(closed: readonly ClosedTime[]) {
  const { roomId, startedAt } = waits;
  const { from, of } = unnested("shut", { roomId, from: startedAt, to: startedAt }, closed);
  return parts
    .select({ one: sql`1` })
    .from(from)
    .where(
      sql`${of.roomId} = ${roomId} and ${startedAt} >= ${of.from} and ${startedAt} < ${of.to}`,
    );
}

/** The condition on `rooms` of the scope; `undefined` where all are in it. */
export function roomsOf({ source, sourceIds = null, room }: WaitScope): SQL | undefined {
  const conditions: SQL[] = [];
  if (sourceIds !== null) conditions.push(isOneOf(rooms.sourceId, sourceIds));
  if (source !== null) conditions.push(ofSource(rooms.sourceId, source));
  if (room !== null) conditions.push(eq(rooms.key, room));
  return and(...conditions);
}

/** The conditions on selected rows of `waits`, except the one on the room where a room is asked for. */
export function selectionConditions(selection: WaitSelection): SQL[] {
  const { room, shown, outcome, followUp, targetMs, weekHour } = selection;
  const scope = room === null ? scopeConditions(selection) : timeConditions(selection);
  const conditions = [...scope, ...shownConditions(shown, targetMs)];
  if (outcome !== null) conditions.push(endedAs(outcome));
  if (followUp !== null) conditions.push(isFollowedUp(followUp));
  if (weekHour !== null) conditions.push(inWeekHour(weekHour.hour, weekHour.stretches));
  return conditions;
}

function endedAs(wanted: Outcome): SQL {
  return hasOutcome(({ outcome }) => outcome === wanted);
}

export const LOST = reallyLost();

/** The identity of a person in a room over its meetings: a guest is identified by name alone. Of rows of `waits`. */
export function personOf({ personId, name }: Record<"personId" | "name", PgColumn>): SQL<string> {
  return sql`case when ${personId} like 'c:%' and ${name} is not null
    then 'n:' || lower(${name}) else ${personId} end`;
}

/** A lost wait whose person was not lost again in the same room within a day. */
function isLastLost(): SQL {
  const later = alias(waits, "later");
  const { startedAt } = waits;
  const again = parts
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.roomId, waits.roomId),
        reallyLost(later),
        between(later.startedAt, startedAt, sql`${startedAt} + ${SAME_TRY_MS}::bigint`),
        sql`(${later.startedAt}, ${later.participantId}) > (${startedAt}, ${waits.participantId})`,
        sql`${personOf(later)} = ${personOf(waits)}`,
      ),
    );
  return sql`${LOST} and ${notExists(again)}`;
}

const LAST_LOST = isLastLost();

function shownConditions(shown: WaitingTab, targetMs: Ms): SQL[] {
  switch (shown) {
    case "all":
      return [];
    case "lost":
      return [LAST_LOST];
    case "late":
      return [
        sql`${waits.outcome} = 'admitted' and ${waits.endedAt} - ${waits.startedAt} > ${targetMs}::bigint`,
      ];
    case "left":
      return [leftBeforeAdmitted()];
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

/** The periods as a table `z`. */
export function offsetPeriodsTable(periods: readonly OffsetPeriod[]) {
  const { startedAt } = waits;
  return unnested("z", { from: startedAt, to: startedAt, offsetMs: startedAt }, periods);
}

/** The hour of the local week in which a wait began, as `weekHourOf` computes it. */
export function weekHour({ of }: ReturnType<typeof offsetPeriodsTable>): SQL<number> {
  return sql`((${waits.startedAt} + ${of.offsetMs}) / 3600000 + 72) % 168`;
}

/** Whether a wait began in a period. */
export function isInOffsetPeriod({ of }: ReturnType<typeof offsetPeriodsTable>): SQL {
  return sql`${waits.startedAt} >= ${of.from} and ${waits.startedAt} < ${of.to}`;
}

/** Whether a wait began in an hour of the local week. */
export function inWeekHour(hour: number, periods: readonly OffsetPeriod[]): SQL {
  const table = offsetPeriodsTable(periods);
  return exists(
    parts
      .select({ one: sql`1` })
      .from(table.from)
      .where(and(isInOffsetPeriod(table), sql`${weekHour(table)} = ${hour}::bigint`)),
  );
}
