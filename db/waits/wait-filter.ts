import { and, between, eq, exists, gte, inArray, lt, notExists, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { attendances, rooms, waits } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import { SAME_TRY_MS } from "#domain/people/people-left.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitingTab } from "#domain/waits/waiting-page.ts";
import type { OffsetPeriod } from "#domain/waits/week-hours.ts";
import { endedSo, leftBeforeAdmitted, reallyLost } from "./wait-outcome.ts";

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
  shown: WaitingTab;
  /** How they ended; `null` for any way. */
  outcome: Outcome | null;
  /** What is longer than that is `late`. */
  targetMs: Ms;
  /** An hour of the week, in a zone of these stretches. */
  weekHour: { hour: number; stretches: readonly OffsetPeriod[] } | null;
}

/** What rows of `waits` have to meet to be in the scope. */
export function scopeConditions(scope: WaitScope): SQL[] {
  const conditions = timeConditions(scope);
  const isOurs = roomsOf(scope);
  if (isOurs !== null) {
    const ids = parts.select({ id: rooms.id }).from(rooms).where(isOurs);
    // One room is looked up before, so that only its part of the index is read.
    conditions.push(
      scope.room === null ? inArray(waits.roomId, ids) : sql`${waits.roomId} = any(array${ids})`,
    );
  }
  return conditions;
}

function timeConditions({ from, to }: WaitScope): SQL[] {
  const conditions: SQL[] = [];
  if (from !== null) conditions.push(gte(waits.startedAt, from));
  if (to !== null) conditions.push(lt(waits.startedAt, to));
  return conditions;
}

/** What `rooms` of the scope have to meet; `null` where all are in it. */
export function roomsOf({ source, room }: WaitScope): SQL | null {
  const conditions: SQL[] = [];
  if (source !== null) conditions.push(ofSource(rooms.sourceId, source));
  if (room !== null) conditions.push(eq(rooms.key, room));
  return and(...conditions) ?? null;
}

/** What rows of `waits` have to meet to be selected, apart from the room where one is asked for. */
export function selectionConditions(selection: WaitSelection): SQL[] {
  const { room, shown, outcome, targetMs, weekHour } = selection;
  const scope = room === null ? scopeConditions(selection) : timeConditions(selection);
  const conditions = [...scope, ...shownConditions(shown, targetMs)];
  if (outcome !== null) conditions.push(endedAs(outcome));
  if (weekHour !== null) conditions.push(inWeekHour(weekHour.hour, weekHour.stretches));
  return conditions;
}

function endedAs(wanted: Outcome): SQL {
  return endedSo(({ outcome }) => outcome === wanted);
}

export const LOST = reallyLost();

const projected = sql`told ("participantId" text, "startedAt" bigint, "overBy" bigint, ruling text)`;
const ruled = parts
  .select({ isSaid: sql`true` })
  .from(attendances)
  .crossJoin(sql`jsonb_to_recordset(${attendances.waits}) as ${projected}`)
  .where(
    and(
      eq(attendances.meetingId, waits.meetingId),
      eq(attendances.personId, waits.personId),
      sql`told."participantId" = ${waits.participantId} and told."startedAt" = ${waits.startedAt}`,
      sql`told.ruling is not null and told."overBy" is null`,
    ),
  )
  .limit(1);

/** Whether a wait ended when an operator said it did, as `isEndSaid` has it. Looked up of what is inferred. */
export const IS_SAID = sql<boolean>`coalesce(case when ${waits.inferred} then ${ruled} end, false)`;

/** Who somebody is in a room over its meetings: a guest is known by the name alone. Of rows of `waits`. */
export function personOf({ personId, name }: Record<"personId" | "name", PgColumn>): SQL<string> {
  return sql`case when ${personId} like 'c:%' and ${name} is not null
    then 'n:' || lower(${name}) else ${personId} end`;
}

/** A lost wait after which its person did not give up in the same room again within a day. */
function isLastOfLost(): SQL {
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

function shownConditions(shown: WaitingTab, targetMs: Ms): SQL[] {
  switch (shown) {
    case "all":
      return [];
    case "lost":
      return [isLastOfLost()];
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

/** The stretches as a table `z`. */
export function offsetPeriodsTable(periods: readonly OffsetPeriod[]) {
  const { startedAt } = waits;
  return unnested("z", { from: startedAt, to: startedAt, offsetMs: startedAt }, periods);
}

/** Which hour of the local week a wait began in, as `weekHourOf` has it. */
export function weekHour({ of }: ReturnType<typeof offsetPeriodsTable>): SQL<number> {
  return sql`((${waits.startedAt} + ${of.offsetMs}) / 3600000 + 72) % 168`;
}

/** Whether a wait began in a stretch. */
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
